"""The same slice of rules, the same people, the same run: Farthing and OpenFisca-Core, timed and compared to the penny."""

import os
from importlib.util import find_spec
from time import perf_counter
from types import SimpleNamespace
from typing import Any

import numpy as np
from cases import ON, SEED
from openfisca_slice import ANSWER, CAPITALS, INCOMES, YES_NO, farthing_policy, openfisca_system
from stopwatch import Row, row, say, times

SUBJECT = "Against OpenFisca-Core, the same slice of rules"
WAYS = (
    (True, False, "whole pence (int32)"),
    (False, False, "its default float32 pounds"),
    (False, True, "float32 pounds, rounded before part of a penny is dropped"),
)
PERIOD = ON.strftime("%Y-%m")


def measure(quick: bool) -> list[Row]:
    """Both at every size: people a second, wrong pennies, and how many times faster."""
    if quick:
        return measure_size(20_000, 2)
    return [*measure_size(1_000_000, 7), *measure_size(10_000_000, 3)]


def measure_size(people: int, runs: int) -> list[Row]:
    """Both at one size."""
    drawn = draw(people)
    charges, rows = ours(drawn, people, runs)
    if find_spec("openfisca_core") is None:
        say("OpenFisca-Core is not installed, so only Farthing's side is measured")
        return rows
    every_way = list(rows)
    for pence, guarded, name in WAYS:
        say(f"OpenFisca, {name}: {people:,} people")
        system = openfisca_system(ON.toordinal(), pence=pence, guarded=guarded)
        whole, seconds, answer = theirs(system, drawn, people, runs, pence)
        wrong = int(np.sum((answer if pence else np.rint(answer.astype(np.float64) * 100)).astype(np.int64) != charges))
        of = f"{people:,} people"
        rows.append(row(SUBJECT, f"charges not right to the penny, OpenFisca-Core, {name}: {of}", "", [wrong]))
        if guarded:
            continue
        rows.append(_rate(f"OpenFisca-Core, {name}, setting its inputs counted too: {of}", people, whole))
        theirs_row = _rate(f"OpenFisca-Core, {name}: {of}", people, seconds)
        rows.append(theirs_row)
        for each in every_way:
            best, median = each.best / theirs_row.best, each.median / theirs_row.median
            figure = f"{each.figure.partition(':')[0]}, against {name}: {of}"
            rows.append(Row(SUBJECT, figure, "times", best, median, 10.0, more_is_better=True))
    return rows


def _rate(figure: str, people: int, seconds: list[float]) -> Row:
    return row(SUBJECT, figure, "people a second", [people / each for each in seconds], more_is_better=True)


def draw(people: int) -> dict[str, Any]:
    """Invented inputs: whole pence, each person with two kinds of capital and three of income."""
    numbers = np.random.default_rng(SEED)
    drawn: dict[str, Any] = {name: numbers.random(people) < 0.5 for name in YES_NO}
    drawn["cost_of_care"] = numbers.integers(20_00, 1200_00, people)
    for number in range(CAPITALS):
        drawn[f"value_{number}"] = numbers.integers(0, (40_000_00, 6_000_00)[number], people)
        drawn[f"owners_{number}"] = numbers.choice([1, 1, 1, 2, 3], people)
    for number in range(INCOMES):
        drawn[f"amount_{number}"] = numbers.integers(0, (900_00, 700_00, 600_00)[number], people)
        drawn[f"times_a_year_{number}"] = numbers.choice([52, 13, 12], people)
        drawn[f"counts_{number}"] = np.full(people, number < 2)
    return drawn


def ours(drawn: dict[str, Any], people: int, runs: int) -> tuple[Any, list[Row]]:
    """The charges, and Farthing's rows: in blocks, compiled on one core, compiled on every core."""
    from farthing.caseload import compiled
    from farthing.engine import many

    say("Farthing")
    policy = farthing_policy(ON.toordinal())
    facts = {name: drawn[name] for name in (*YES_NO, "cost_of_care")}
    for name in ("value", "owners"):
        facts[f"capital.{name}"] = np.stack([drawn[f"{name}_{n}"] for n in range(CAPITALS)], 1).ravel()
    for name in ("amount", "times_a_year", "counts"):
        facts[f"income.{name}"] = np.stack([drawn[f"{name}_{n}"] for n in range(INCOMES)], 1).ravel()
    starts = {"capital": np.arange(people + 1) * CAPITALS, "income": np.arange(people + 1) * INCOMES}
    columns = SimpleNamespace(people=people, facts=facts, starts=starts, given={})
    charges = many.read(policy, facts, starts, people)[ANSWER]
    if not (compiled.read(policy, columns)[ANSWER] == charges).all():
        raise ValueError("compiled and blocks differ on the slice")

    def rate(figure: str, seconds: list[float]) -> Row:
        return _rate(f"{figure}: {people:,} people", people, seconds)

    rows = [rate("Farthing in blocks, one core", times(lambda: many.read(policy, facts, starts, people), runs=runs))]
    cores = os.sched_getaffinity(0)
    before = os.sched_getaffinity(0)
    for each in _threads():
        os.sched_setaffinity(each, {min(cores)})
    rows.append(rate("Farthing compiled, one core", times(lambda: compiled.read(policy, columns), runs=runs)))
    for each in _threads():
        os.sched_setaffinity(each, before)
    rows.append(
        rate(f"Farthing compiled, {len(cores)} cores", times(lambda: compiled.read(policy, columns), runs=runs))
    )
    return charges, rows


def _threads() -> list[int]:
    return [int(each) for each in os.listdir("/proc/self/task")]


def theirs(
    system: Any, drawn: dict[str, Any], people: int, runs: int, pence: bool
) -> tuple[list[float], list[float], Any]:
    """Seconds of each run from arrays to the charge, and from inputs set to the charge; and the charges.

    What is remembered is new for each run: a simulation is made first, which is not counted.
    """
    from openfisca_core.simulations import SimulationBuilder

    money = {"cost_of_care", *(f"value_{n}" for n in range(CAPITALS)), *(f"amount_{n}" for n in range(INCOMES))}
    kind = np.int32 if pence else np.float32
    inputs = {
        name: (values if pence else values / 100).astype(kind) if name in money else values
        for name, values in drawn.items()
    }
    whole, seconds = [], []
    for _ in range(runs + 1):
        simulation = SimulationBuilder().build_default_simulation(system, count=people)
        start = perf_counter()
        for name, values in inputs.items():
            simulation.set_input(name, PERIOD, values)
        set_at = perf_counter()
        answer = simulation.calculate(ANSWER, PERIOD)
        end = perf_counter()
        whole.append(end - start)
        seconds.append(end - set_at)
    return whole[1:], seconds[1:], answer

"""The same slice of rules, the same people, the same run: Farthing and OpenFisca-Core, timed and compared to the penny."""

import os
from time import perf_counter
from types import SimpleNamespace
from typing import Any

import numpy as np
from cases import ON, SEED
from openfisca_slice import ANSWER, CAPITALS, INCOMES, YES_NO, farthing_policy, openfisca_system
from stopwatch import Row, row, say, times

SUBJECT = "Against OpenFisca-Core, the same slice of rules"
PERIOD = ON.strftime("%Y-%m")


def measure(quick: bool) -> list[Row]:
    """Both, in people a second; wrong pennies; how many times faster."""
    people, runs = (20_000, 3) if quick else (1_000_000, 5)
    drawn = draw(people)
    charges, rows = ours(drawn, people, runs)
    try:
        import openfisca_core  # noqa: F401
    except ImportError:
        say("OpenFisca-Core is not installed, so only Farthing's side is measured")
        return rows
    blocks, one_core, every_core = rows
    for pence, name in ((True, "whole pence (int32)"), (False, "its default float32 pounds")):
        say(f"OpenFisca, {name}")
        system = openfisca_system(ON.toordinal(), pence=pence)
        seconds, answer = theirs(system, drawn, people, runs, pence)
        found = [people / each for each in seconds]
        theirs_row = row(SUBJECT, f"OpenFisca-Core, {name}", "people a second", found, more_is_better=True)
        wrong = int(np.sum((answer if pence else np.rint(answer.astype(np.float64) * 100)).astype(np.int64) != charges))
        rows.append(theirs_row)
        rows.append(
            row(SUBJECT, f"charges not right to the penny: OpenFisca-Core, {name}", "", [wrong], note=f"of {people:,}")
        )
        for of_ours in (blocks, one_core, every_core):
            figure = f"{of_ours.figure}, against {name}"
            ratio = Row(
                SUBJECT, figure, "times", of_ours.best / theirs_row.best, of_ours.median / theirs_row.median, 10.0, True
            )
            rows.append(ratio)
    return rows


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
        return row(SUBJECT, figure, "people a second", [people / each for each in seconds], more_is_better=True)

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


def theirs(system: Any, drawn: dict[str, Any], people: int, runs: int, pence: bool) -> tuple[list[float], Any]:
    """Seconds of each run from inputs set to the charge, and the charges. What is remembered is new for each run."""
    from openfisca_core.simulations import SimulationBuilder

    money = {"cost_of_care", *(f"value_{n}" for n in range(CAPITALS)), *(f"amount_{n}" for n in range(INCOMES))}
    seconds = []
    for _ in range(runs + 1):
        simulation = SimulationBuilder().build_default_simulation(system, count=people)
        for name, values in drawn.items():
            if name not in money:
                simulation.set_input(name, PERIOD, values)
            else:
                simulation.set_input(
                    name, PERIOD, values.astype(np.int32) if pence else (values / 100).astype(np.float32)
                )
        start = perf_counter()
        answer = simulation.calculate(ANSWER, PERIOD)
        seconds.append(perf_counter() - start)
    return seconds[1:], answer

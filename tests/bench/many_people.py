"""Many: the whole law with its lists in memory, at every size from a thousand to ten million, each in a fresh process."""

import math
import os
import tempfile
from time import perf_counter, process_time
from typing import Any

from cases import caseload, policy
from stopwatch import Row, available, forget_peak, give_back, memory, peak, row, say, times

SUBJECT = "Many, whole law with its lists, in memory"
SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
NEEDED = 1_400
"""Bytes of memory a person that the largest sizes are only tried with."""


def sizes(quick: bool) -> list[int]:
    """The sizes this machine has the memory for."""
    return [1_000, 10_000] if quick else [size for size in SIZES if size * NEEDED < available()]


def measure_size(people: int, quick: bool) -> list[Row]:
    """One size: people a second compiled and in blocks, and memory beyond the inputs while the answers are held."""
    from farthing.caseload import compiled
    from farthing.engine import many
    from farthing.engine.law import Policy
    from farthing.law import ANSWERS, BESIDE

    say(f"drawing {people:,} people")
    small, columns, in_force = caseload(1_000), caseload(people), policy()
    inputs = sum(each.nbytes for each in (*columns.facts.values(), *columns.starts.values()))
    start = perf_counter()
    compiled.compiled(in_force.plan, tuple(sorted(columns.given.items())))
    main_answers = policy(answers=(*ANSWERS, *BESIDE))
    say(f"compiled or fetched in {perf_counter() - start:.1f} s; inputs take {inputs / 1e6:,.0f} MB")
    compiled.read(in_force, small), compiled.read(main_answers, small)
    big = people >= 1_000_000
    memories = [
        _held(f"memory beyond the inputs, {name} held: {people:,} people", each, columns)
        for name, each in (("the ten main answers", main_answers), ("all 22 answers", in_force))
    ]
    runs = 3 if quick else 9
    calls = max(1, 20_000 // people)
    used = process_time()
    found = times(lambda: compiled.read(in_force, columns), runs=runs, calls=calls)
    used = (process_time() - used) / (runs * calls + 1) / people
    spent = f"{min(found) / people * 1e9:.0f} ns a person at best; {used * 1e9:.0f} ns of processor time"
    note = f"{inputs / people:.0f} bytes of input a person; {spent}"
    limit = 5e6 if big else None
    rows = [_rate(f"compiled, {os.cpu_count()} cores: {people:,} people", people, found, limit=limit, note=note)]

    with_given = Policy(in_force.plan, on=in_force.on, slots=in_force.slots, instead=columns.given)
    held = {key: column for key, column in columns.facts.items() if key in in_force.plan.keys}
    starts = {name: columns.starts[name] for name in in_force.plan.lists}
    blocks = times(lambda: many.read(with_given, held, starts, people), runs=1 if people > 1e6 else 3)
    rows.append(_rate(f"blocks, one core: {people:,} people", people, blocks))
    _agree(compiled.read(in_force, columns), many.read(with_given, held, starts, people) if people <= 1e6 else {})
    return [*rows, *memories]


def _rate(figure: str, people: int, found: list[float], **rest: Any) -> Row:
    return row(SUBJECT, figure, "people a second", [people / each for each in found], more_is_better=True, **rest)


def _held(figure: str, in_force: Any, columns: Any) -> Row:
    from farthing.caseload import compiled

    give_back()
    before = memory()
    forgot = forget_peak()
    answers = compiled.read(in_force, columns)
    beyond = (peak() if forgot else memory()) - before
    size: int = sum(each.nbytes for each in answers.values())
    limit = 1e9 if columns.people == SIZES[-1] else None
    note = f"the columns themselves are {size / 1e6:,.0f} MB"
    return row(SUBJECT, figure, "bytes", [beyond], limit=limit, note=note)


def _agree(compiled: dict[str, Any], blocks: dict[str, Any]) -> None:
    for name, column in blocks.items():
        if not (compiled[name] == column).all():
            raise ValueError(f"compiled and blocks differ in {name}")


def compiling(quick: bool) -> list[Row]:
    """Compiling the law the first time, and fetching what was compiled before, each in this fresh process."""
    from farthing.caseload import compiled

    in_force, columns = policy(), caseload(1_000)
    with tempfile.TemporaryDirectory() as folder:
        if not quick:
            os.environ["FARTHING_CACHE"] = folder
        start = perf_counter()
        compiled.read(in_force, columns)
        taken = perf_counter() - start
    return [
        row(
            SUBJECT,
            "compiling the law the first time" if not quick else "fetching the compiled law",
            "seconds",
            [taken],
        )
    ]


def growth(rows: list[Row]) -> list[Row]:
    """How time grows with people: the slope of the straight line through the sizes on two logarithmic scales; 1 is straight."""
    points = []
    for each in rows:
        if each.figure.startswith("compiled"):
            people = int(each.figure.rpartition(": ")[2].split()[0].replace(",", ""))
            points.append((people, people / each.best))
    large = [(math.log(people), math.log(seconds)) for people, seconds in points if people >= 100_000]
    if len(large) < 2:
        return []
    x, y = (sum(each) / len(large) for each in zip(*large, strict=True))
    slope = sum((a - x) * (b - y) for a, b in large) / sum((a - x) ** 2 for a, _ in large)
    note = "below 65,536 people one core works alone; time a person: " + ", ".join(
        f"{seconds / people * 1e9:,.0f} ns at {people:,}" for people, seconds in points
    )
    figure = "growth: time goes with people to this power, from 100,000 people up"
    return [row("Growth", figure, "", [slope], limit=1.05, note=note)]

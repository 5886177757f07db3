"""Two policies side by side: the statutory scheme against a council's, in memory and table to table."""

from typing import Any

from cases import ON, SEED, caseload, policy
from stopwatch import Row, row, say, times

SUBJECT = "Two policies side by side"
ANSWERS = ("weekly_charge", "pays_full_cost")


def measure(quick: bool) -> list[Row]:
    """Both charges of everybody and what the difference comes to."""
    people, runs = (5_000, 2) if quick else (1_000_000, 5)
    rows = [_in_memory(people, runs), *_tables(people, min(runs, 3))]
    return rows


def _in_memory(people: int, runs: int) -> Row:
    from farthing.caseload import compiled

    say(f"{people:,} people in memory")
    columns = caseload(people)
    before, after = policy("england", ANSWERS), policy("cambridgeshire", ANSWERS)
    found: dict[str, int] = {}

    def compare() -> None:
        first, second = (compiled.read(each, columns)["weekly_charge"] for each in (before, after))
        difference = second - first
        found.update(more=int((difference > 0).sum()), less=int((difference < 0).sum()), total=int(difference.sum()))

    seconds = times(compare, runs=runs)
    note = f"{found['more']:,} pay more, {found['less']:,} less (invented people: it says nothing of the councils)"
    return row(SUBJECT, f"both charges and the difference, in memory: {people:,} people", "seconds", seconds, note=note)


def _tables(people: int, runs: int) -> list[Row]:
    from farthing.caseload import comparison, scenario
    from farthing.caseload.population import table

    say(f"{people:,} people, table to table")
    whole = table(people, SEED, ON)
    against: Any = scenario.Scenario("Cambridgeshire", council="cambridgeshire")
    seconds = times(lambda: comparison.compare(whole, council="england", on=ON, against=against), runs=runs)
    return [
        row(SUBJECT, f"an Arrow table in, both charges and totals by group out: {people:,} people", "seconds", seconds)
    ]

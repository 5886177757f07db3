"""What a fixed invented population pays, a year and a council: a change of the law shows as a difference to review.

After a change that is meant, ``python -m tests.house.test_snapshot --write`` writes the files anew; read the difference
line by line before it is kept. Nobody in them is real, and none of them is a worked example: only the change counts.
"""

import sys
from pathlib import Path

import pytest

from farthing.base.money import pounds
from farthing.councils import council
from farthing.engine.one import read
from tests.readings.people import person_by_name, policy_of

FOLDER = Path(__file__).with_name("snapshot")
YEARS = (2023, 2024, 2025, 2026)
COUNCILS = ("cambridgeshire", "england")
PEOPLE = 300
MONEY = ("weekly_charge", "council_pays", "top_up")
HEADING = ",".join(("reference", *MONEY, "pays_full_cost"))


def lines(year: int, key: str) -> list[str]:
    """The whole snapshot of a charging year in a council, on 1 June: a line a person."""
    policy = policy_of(council(key), f"{year}-06-01")
    found = [HEADING]
    for number in range(1, PEOPLE + 1):
        reference = f"P{number:03}"
        values = read(policy, person_by_name(reference, policy))
        full = "yes" if values["pays_full_cost"] else "no"
        found.append(",".join((reference, *(pounds(values[name]) for name in MONEY), full)))
    return found


def file_of(year: int, key: str) -> Path:
    """Where the snapshot is kept."""
    return FOLDER / f"{year}-{key}.csv"


@pytest.mark.parametrize("key", COUNCILS)
@pytest.mark.parametrize("year", YEARS)
def test_what_the_invented_population_pays_has_not_changed(year: int, key: str) -> None:
    kept = file_of(year, key).read_text(encoding="utf-8").splitlines()
    changed = [f"{old}  ->  {new}" for old, new in zip(kept, lines(year, key), strict=True) if old != new]
    say = "Where that is meant: python -m tests.house.test_snapshot --write, and review the difference"
    assert changed == [], f"{len(changed)} people would pay otherwise. {say}"


@pytest.mark.parametrize("key", COUNCILS)
def test_the_invented_population_is_varied_enough_to_show_a_change(key: str) -> None:
    rows = [line.split(",") for line in lines(2026, key)[1:]]
    assert len({row[1] for row in rows}) > PEOPLE // 3
    for full in ("yes", "no"):
        assert sum(row[4] == full for row in rows) > PEOPLE // 4
    assert sum(row[3] != "0.00" for row in rows) > PEOPLE // 20


def test_nothing_else_is_kept_among_the_snapshots() -> None:
    assert sorted(FOLDER.iterdir()) == sorted(file_of(year, key) for year in YEARS for key in COUNCILS)


if __name__ == "__main__" and sys.argv[1:] == ["--write"]:
    FOLDER.mkdir(exist_ok=True)
    for year in YEARS:
        for key in COUNCILS:
            file_of(year, key).write_text("\n".join([*lines(year, key), ""]), encoding="utf-8")

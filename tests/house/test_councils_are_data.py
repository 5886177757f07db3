"""A council is a folder of data: any of them, copied under another name, assesses a case with no other change."""

import shutil
from pathlib import Path

import pytest

import farthing.councils
from farthing.base.days import day
from farthing.councils import councils
from farthing.engine.law import Policy
from farthing.engine.one import read
from farthing.law import ALSO, ANSWERS, plan
from tests.councils.marshland import FOLDER as MARSHLAND
from tests.house.sources import PACKAGE, python_files
from tests.readings.people import person_by_name

PLACE = Path(farthing.councils.__file__).parent
FOLDERS = [*sorted(file.parent for file in PLACE.glob("*/policy.yaml")), MARSHLAND]
ON = day("2026-06-01")
PEOPLE = [f"P{number:03}" for number in range(1, 21)]


def answers(folder: Path, key: str) -> list[dict[str, int]]:
    """What some invented people pay in a council of a folder of councils."""
    policy = Policy(plan((*ANSWERS, *ALSO)), on=ON, slots=councils(folder)[key].on(ON))
    found = [read(policy, person_by_name(reference, policy)) for reference in PEOPLE]
    return [{name: values[name] for name in policy.plan.answers} for values in found]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_council_copied_under_another_name_assesses_a_case_with_no_other_change(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copied" / "newtown")
    shutil.copytree(folder, tmp_path / "kept" / "oldtown")
    copy = answers(tmp_path / "copied", "newtown")
    assert copy == answers(tmp_path / "kept", "oldtown")
    assert {name for each in copy for name, value in each.items() if value} >= {"weekly_charge", "cost_of_care"}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_council_holds_no_program(folder: Path) -> None:
    kinds = {file.suffix for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts}
    assert kinds <= {".yaml"}


def test_no_program_names_a_council() -> None:
    """But for 'england', which stands for the law with no local choice made and may be named in help and messages."""
    keys = {folder.name for folder in FOLDERS} - {"england", MARSHLAND.name}
    naming = [
        f"{file.relative_to(PACKAGE)}:{number}"
        for file in python_files(PACKAGE)
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if any(f'"{key}"' in line or f"'{key}'" in line for key in keys)
    ]
    assert naming == []

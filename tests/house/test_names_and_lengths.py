"""A file is named for what it knows, and is short enough to read at a sitting."""

from pathlib import Path

import pytest

from tests.house.sources import ROOT, python_files

FOLDERS = (ROOT / "src", ROOT / "tests")
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc"}
MOST_LINES = 400

# A longer file, as "src/farthing/...": the reason it is not two.
LONGER_FOR_A_REASON: dict[str, str] = {}


def parts_that_say_nothing(file: Path) -> list[str]:
    """The parts of a path, files and folders, whose name says nothing about what is in them."""
    words = {part: set(Path(part).stem.strip("_").split("_")) for part in file.parts}
    return [part for part, found in words.items() if found & NAMES_THAT_SAY_NOTHING]


def is_too_long(text: str) -> bool:
    """Whether a file has more lines than a person reads at a sitting."""
    return len(text.splitlines()) > MOST_LINES


def test_every_module_is_named_for_what_it_knows():
    files = [file.relative_to(ROOT) for file in python_files(*FOLDERS)]
    assert [str(file) for file in files if parts_that_say_nothing(file)] == []


def test_no_file_is_longer_than_it_should_be():
    files = {
        str(file.relative_to(ROOT)): file.read_text(encoding="utf-8")
        for file in python_files(*FOLDERS)
        if file.parent.name != "migrations"  # written by Django
    }
    assert [name for name, text in files.items() if is_too_long(text) and name not in LONGER_FOR_A_REASON] == []


@pytest.mark.parametrize(
    "name", ["engine/utils.py", "law/helpers/rules.py", "base/_common.py", "misc.py", "date_utils.py"]
)
def test_the_check_finds_a_name_that_says_nothing(name):
    assert parts_that_say_nothing(Path(name)) != []


def test_the_check_lets_a_good_name_through():
    assert parts_that_say_nothing(Path("law/capital/rules.py")) == []


def test_the_check_finds_one_line_too_many():
    assert is_too_long("pass\n" * (MOST_LINES + 1))
    assert not is_too_long("pass\n" * MOST_LINES)

"""Whom a council's directory turns to: read strictly, and refused with its file and line."""

from pathlib import Path
from typing import Any

import pytest

from farthing.base.refusal import Refusal
from farthing.councils import council, councils
from farthing.councils.billing import billing
from farthing.councils.directory import directory, has_directory, read_directory
from farthing.service.checking import findings

WHOLE = """safeguarding: {email: a@council.example, invented: "No page."}
complaints: {email: b@council.example}
editor: {email: c@council.example}
urgent: {telephone: "01632 960 000", open: "9am to 5pm", page: "https://council.example"}
keeps: {enquiries: "12", concerns: "72", quiet: "3", because: "No page."}
reminds: {days_before: ["30", "7"], because: "No page."}
"""


def read(tmp_path: Path, text: str) -> object:
    """What is read from a file of that text."""
    file = tmp_path / "directory.yaml"
    file.write_text(text, encoding="utf-8")
    return read_directory(file, council("england"))


def test_every_council_that_keeps_a_directory_has_a_file_that_can_be_read():
    keep = [key for key in councils() if has_directory(key)]
    assert keep and all(set(directory(key).teams) == {"safeguarding", "complaints", "editor"} for key in keep)


def test_a_council_without_the_file_keeps_no_directory():
    assert not has_directory("england")
    with pytest.raises(Refusal, match="keeps no directory"):
        directory("england")


def test_what_is_invented_or_assumed_says_why(tmp_path: Path):
    found = read(tmp_path, WHOLE)
    assert (found.invented, found.assumed) == (
        {"safeguarding": "No page."},
        {"reminds": "No page.", "keeps": "No page."},
    )
    assert found.reminds == (30, 7)


@pytest.mark.parametrize(
    ("instead_of", "written", "says"),
    [
        ("b@council.example", "council.example", ":2 complaints has no e-mail address"),
        ('["30", "7"]', '["7", "30"]', ":6 days_before go up"),
        ('["30", "7"]', '["soon"]', ":6 days_before is not a whole number"),
        ('["30", "7"]', "30", ":6 days_before is not a list"),
        ("editor: {email: c@council.example}\n", "", "has no editor"),
        ("01632 960 000", "the desk", ":4 urgent has no telephone number"),
        (', page: "https://council.example"', "", ":4 urgent has no page"),
        ('quiet: "3"', 'quiet: "0"', ":5 quiet is not from 1 to 600 months"),
        ('"3", because: "No page."', '"3"', ":5 keeps has no page"),
        ("editor:", "editors:", "does not take 'editors'"),
    ],
)
def test_a_fault_is_refused_with_its_line(instead_of: str, written: str, says: str, tmp_path: Path):
    with pytest.raises(Refusal) as refused:
        read(tmp_path, WHOLE.replace(instead_of, written))
    assert says in str(refused.value)


@pytest.mark.parametrize("read", [directory, billing])
def test_in_production_what_is_invented_is_found_by_the_check_and_not_only_once_it_is_wanted(
    read: Any, db: None, settings: Any
):
    subject = read.__name__

    def found() -> list[str]:
        return [each.says for each in findings() if subject in each.says]

    assert found() == []
    settings.IN_PRODUCTION = True
    here = [f"{name} in the council's {subject} is invented" for name in read("cambridgeshire").invented]
    assert here and found() == here
    settings.FARTHING_COUNCIL = "england"
    assert found() == []

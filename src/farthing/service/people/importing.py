"""Bringing in people from a file of the council's: every row that cannot be read is refused by its number, the rest is kept."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from stdnum.gb import nhs

from farthing.base.days import day
from farthing.base.refusal import Problem, Refusal
from farthing.service.access.models import Account
from farthing.service.audit.services import record
from farthing.service.people.models import BroughtIn, Channel, LetterForm, Person
from farthing.service.people.services import DETAILS, add_person

COLUMNS = ("reference", *DETAILS)
"""``reference`` is the council's own. In ``address`` a semicolon stands between two lines."""

NEEDED = ("reference", "given_name", "family_name")
_LONGEST = {each.name: each.max_length for each in (*BroughtIn._meta.fields, *Person._meta.fields)} | {"reference": 60}
A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the beginning of a cell."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file. ``number`` is its line in a spreadsheet, where the headings are line 1."""

    number: int
    cells: Mapping[str, str]


@dataclass(slots=True)
class Report:
    """What became of the rows: how many were added, how many were there already, and why the others were refused."""

    added: int = 0
    there_already: int = 0
    refused: list[tuple[Row, Refusal]] = field(default_factory=list)


def read_rows(file: Path) -> Iterator[Row]:
    """The rows of a CSV file. Raises ``Refusal`` where it cannot be read, or its headings are not ours."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            found = csv.DictReader(opened, strict=True)
            _check_headings(found.fieldnames or [], file.name)
            for number, cells in enumerate(found, 2):
                yield Row(number, {name: _cell(cells.get(name)) for name in (*cells,) if name})
    except FileNotFoundError:
        raise Refusal(Problem(file.name, "is not there", "Check the name of the file and its folder")) from None
    except (OSError, UnicodeError, csv.Error) as error:
        raise Refusal(Problem(file.name, f"cannot be read: {error}", "Save it as CSV, in UTF-8")) from None


def bring_in(rows: Iterable[Row], *, by: Account, at: datetime) -> Report:
    """Bring in the people of a file. A row whose reference was brought in before is left as it is.

    Each row is kept by itself, so that a run that is stopped can be run again.
    """
    report = Report()
    for row in rows:
        try:
            details = _details(row)
            with transaction.atomic():
                if BroughtIn.objects.filter(reference=row.cells["reference"]).exists():
                    report.there_already += 1
                    continue
                person = add_person(details, by=by, at=at)
                BroughtIn.objects.create(person=person, reference=row.cells["reference"], at=at)
        except Refusal as refusal:
            report.refused.append((row, refusal))
        else:
            report.added += 1
    record(action="people imported", actor=by.actor, at=at, added=report.added, refused=len(report.refused))
    return report


def write_refused(report: Report, file: Path) -> None:
    """Write the refused rows beside the file, each with its number and why; no cell is one that a spreadsheet would run."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        written = csv.writer(opened)
        written.writerow(["row", "field", "problem", "what_to_do"])
        for row, refusal in report.refused:
            for each in refusal.problems:
                written.writerow([row.number, *map(_harmless, (each.field, each.problem, each.what_to_do))])


def _cell(text: str | None) -> str:
    return (text or "").strip()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(A_FORMULA) else text


def _check_headings(found: Iterable[str], name: str) -> None:
    headings = list(found)
    problems = [
        Problem(name, f"has a column {heading!r}", f"Its columns are among: {', '.join(COLUMNS)}")
        for heading in headings
        if heading not in COLUMNS
    ]
    problems += [Problem(name, f"has no column {each!r}", "Add it") for each in NEEDED if each not in headings]
    if problems:
        raise Refusal(*problems)


def _details(row: Row) -> dict[str, object]:
    problems: list[Problem] = []
    details = dict(_read(row.cells, problems))
    if problems:
        raise Refusal(*problems)
    return details


def _read(cells: Mapping[str, str], problems: list[Problem]) -> Iterator[tuple[str, object]]:
    for name, text in cells.items():
        if problem := _what_is_wrong(name, text):
            problems.append(Problem(name, *problem))
        elif name == "born" and text:
            yield name, date.fromordinal(day(text))
        elif name == "nhs_number":
            yield name, nhs.compact(text)
        elif name == "address":
            yield name, "\n".join(line.strip() for line in text.split(";"))
        elif name != "reference" and text:
            yield name, text


def _what_is_wrong(name: str, text: str) -> tuple[str, str] | None:
    if not text:
        return ("is empty", "Every row needs it") if name in NEEDED else None
    if text.startswith(A_FORMULA) and not (name == "telephone" and text[1:].replace(" ", "").isdigit()):
        return "begins with a sign that spreadsheets take for a formula", "Take the sign away"
    if not text.isprintable():
        return "holds a sign that cannot be printed", "Write it on one line, in plain letters and figures"
    limit = _LONGEST.get(name)
    if limit and len(text) > limit and name != "nhs_number":
        return f"is longer than {limit} letters", "Shorten it"
    return _cannot_be(name, text)


def _cannot_be(name: str, text: str) -> tuple[str, str] | None:
    if name == "born":
        try:
            day(text)
        except ValueError as error:
            return str(error), "Write year-month-day, such as 1941-03-02"
    if name == "nhs_number" and not nhs.is_valid(text):
        return "is not an NHS number", "Check its ten digits, or leave it empty"
    if name == "email":
        try:
            validate_email(text)
        except ValidationError:
            return "is not an e-mail address", "Check it, or leave it empty"
    choices = {"letters_as": LetterForm.values, "letters_by": Channel.values}.get(name)
    if choices and text not in choices:
        return f"is not one of {', '.join(choices)}", "Write one of them, or leave it empty"
    return None

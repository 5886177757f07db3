"""Bringing in postcodes from a file of open data: the ONS Postcode Directory, its National Statistics one, or Code-Point Open.

The file is read line by line, so one of the whole country needs no more memory than one of a town.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, islice
from pathlib import Path

from farthing.base.refusal import Problem, Refusal
from farthing.service.audit.services import THE_SERVICE, record
from farthing.service.directory.models import Postcode

AT_ONCE = 2_000
"""Rows that are written together. A run that is stopped keeps those before, and can be run again."""
MOST_REFUSED = 1_000
"""Rows whose reasons are told. Of more than these only the number is."""
FARTHEST_EAST, FARTHEST_NORTH = 700_000, 1_300_000

_NAMES = {
    "code": re.compile("pcds?|pcd[78]|postcode|pc"),
    "authority": re.compile("oslaua|laua|lad[0-9]{2}cd|admin_district_code|dc"),
    "easting": re.compile("oseast1m|east1m|eastings?|ea"),
    "northing": re.compile("osnrth1m|north1m|northings?|no"),
    "ended": re.compile("doterm"),
}
"""What the columns are called, by what they say: from 2016 on, and in each of the three."""
_CODE_POINT_OPEN = {"code": 0, "easting": 2, "northing": 3, "authority": 8}
"""Its columns, by their place: its files do not name them."""
_CODE = re.compile("[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
_AUTHORITY = re.compile("[EWSN][0-9]{8}")


@dataclass(slots=True)
class Report:
    """What became of the rows: how many were kept, how many have no place, and the first refused ones, by line number."""

    kept: int = 0
    without_a_place: int = 0
    rows_refused: int = 0
    refused: list[tuple[int, Problem]] = field(default_factory=list)


def import_postcodes(file: Path, *, at: datetime) -> Report:
    """Bring in the postcodes of a CSV file; those known before are written over, others stay as they are.

    Raises ``Refusal`` where the file cannot be read or is none of those that are known. Twice is as good as once.
    """
    report = Report()
    try:
        with file.open(encoding="utf-8-sig", errors="replace", newline="") as opened:
            lines = _lines(opened)
            rows = _rows(lines, file.name, report)
            while batch := list(islice(rows, AT_ONCE)):
                _keep({row.code: row for row in batch})
                report.kept += len(batch)
    except OSError as error:
        problem = Problem(file.name, f"cannot be read: {error.strerror}", "Check its name and its folder")
        raise Refusal(problem) from None
    record(action="postcodes imported", actor=THE_SERVICE, at=at, kept=report.kept, refused=report.rows_refused)
    return report


def _keep(rows: dict[str, Postcode]) -> None:
    changed = ["authority", "easting", "northing", "is_ended"]
    Postcode.objects.bulk_create(rows.values(), update_conflicts=True, unique_fields=["code"], update_fields=changed)


def _lines(opened: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
    """The cells of every line, by its number. A line is a row, so that a quotation mark left open spoils only its own."""
    for number, line in enumerate(opened, 1):
        if line.strip():
            yield number, next(csv.reader([line.replace("\0", "")]), [])


def _rows(lines: Iterator[tuple[int, list[str]]], name: str, report: Report) -> Iterator[Postcode]:
    first = next(lines, None)
    if first is None:
        raise Refusal(Problem(name, "is empty", "Give the CSV file of postcodes from ONS or Ordnance Survey"))
    columns, named = _columns(first[1], name)
    last = max(columns.values())
    for number, cells in lines if named else chain([first], lines):
        found = _row(cells, columns, last)
        if isinstance(found, Postcode):
            yield found
        elif found is None:
            report.without_a_place += 1
        else:
            report.rows_refused += 1
            if len(report.refused) < MOST_REFUSED:
                report.refused.append((number, found))


def _columns(cells: list[str], name: str) -> tuple[dict[str, int], bool]:
    """Where each column is, and whether the first line names them."""
    if cells and _CODE.fullmatch(_bare(cells[0])):
        return _CODE_POINT_OPEN, False
    headings = [cell.strip().lower() for cell in cells]
    found = {
        says: next(place for place, heading in enumerate(headings) if called.fullmatch(heading))
        for says, called in _NAMES.items()
        if any(map(called.fullmatch, headings))
    }
    missing = [each for each in ("code", "authority", "easting", "northing") if each not in found]
    if missing:
        what_to_do = "Give the file of the ONS Postcode Directory, the NSPL or Code-Point Open as it was published"
        words = {"code": "postcodes", "authority": "local authorities", "easting": "eastings", "northing": "northings"}
        raise Refusal(Problem(name, f"has no column of {', '.join(words[each] for each in missing)}", what_to_do))
    return found, True


def _row(cells: list[str], columns: dict[str, int], last: int) -> Postcode | Problem | None:
    """A row as it is kept, what is wrong with it, or None where the postcode is said to have no place."""
    if len(cells) <= last:
        return Problem("the row", "is cut short", "Fetch the file again; the rest of it was kept")
    said = {says: cells[place].strip() for says, place in columns.items()}
    code = _bare(said["code"])
    if not _CODE.fullmatch(code):
        return Problem("postcode", "is not a postcode", "Correct it, or leave the row out")
    easting, northing = said["easting"], said["northing"]
    if easting in ("", "0") or northing in ("", "0"):
        return None
    if not (_is_within(easting, FARTHEST_EAST) and _is_within(northing, FARTHEST_NORTH)):
        return Problem(
            "the row", "has an easting or northing outside Great Britain", "Correct it, or leave the row out"
        )
    authority = said["authority"]
    if authority and not _AUTHORITY.fullmatch(authority):
        return Problem("authority", "is no code of a local authority", "Correct it, or leave it empty")
    ended = bool(said.get("ended"))
    return Postcode(code=code, authority=authority, easting=int(easting), northing=int(northing), is_ended=ended)


def _is_within(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 8 and 0 < int(text) <= most


def _bare(text: str) -> str:
    return text.replace(" ", "").upper()

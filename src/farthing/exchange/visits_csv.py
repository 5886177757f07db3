"""Delivered visits, read line by line from a CSV file: each row is taken, or refused with its number and the reason.

A row is one line, so that a quotation mark left open spoils its own row and no other. What is asked of the file as a
whole is a first line that names the columns, in any order; columns that are not known here are passed over. What is
held of the rows already read is some sixteen bytes a visit, so a file of any size may be read.

The file may be UTF-8 or Windows-1252, and its cells may be parted by commas, semicolons or tabs (RFC 4180, and what
spreadsheets make of it; https://www.rfc-editor.org/rfc/rfc4180).
"""

import csv
import re
from array import array
from bisect import bisect_left, insort
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import BinaryIO, NoReturn

from farthing.base.days import day, in_words
from farthing.base.refusal import Problem, Refusal

MINUTES_IN_A_DAY = 24 * 60
LONGEST_VISIT = 16 * 60
"""Minutes. A visit may go on after midnight, but one longer than this is taken for a time wrongly written."""
LONGEST_REFERENCE = 60

SERVICE, PERSON, DAY, VISIT = "service reference", "person reference", "day", "visit reference"
START, END, MINUTES, UNITS = "start time", "end time", "minutes", "units"
COLUMNS = (SERVICE, PERSON, DAY, START, END, MINUTES, UNITS, VISIT)
"""The columns as they are named in the file and in what is refused; order, capitals and "_" or "-" for a blank are free."""
ALSO_CALLED = {"service": SERVICE, "person": PERSON, "date": DAY, "visit": VISIT, "start": START, "end": END}

_TIME = re.compile("([0-9]{1,2})[:.]([0-9]{2})(?:[:.]00)?")
_BRITISH_DAY = re.compile("([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_WHOLE = re.compile("[0-9]{1,4}")
_UNREAD = "\ufffd"


@dataclass(frozen=True, slots=True)
class Row:
    """A visit as its row gives it. ``day`` is a day number, the day it started on.

    ``number`` counts the lines of the file from 1, the names of the columns being line 1. ``starts_at`` is in minutes
    after midnight. ``minutes`` or ``units``, or both, say how much was given; whichever was not given is None.
    """

    number: int
    service: str
    person: str
    day: int
    starts_at: int | None
    minutes: int | None
    units: int | None
    visit: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not taken: its number, the column, what is wrong, and what to do."""

    number: int
    field: str
    problem: str
    what_to_do: str


Check = Callable[[Row], Problem | None]


def nothing_against(row: Row) -> Problem | None:
    """The check of a caller who knows nothing of people and services."""
    return None


def visits(file: BinaryIO, check: Check = nothing_against) -> Iterator[Row | Refused]:
    """Every row of the file in its order, taken or refused; rows with nothing in them are passed over.

    ``check`` is asked of each row that is right in itself and says what else is known against it: that the service is
    not known, the person has died. A row that was refused counts for nothing when later rows are looked at.
    Raises ``Refusal`` where the file cannot be read at all or a column is missing.
    """
    return _rows(file, _columns(file.readline()), check)


# ---- the file ----


@dataclass(frozen=True, slots=True)
class _Columns:
    """What parts the cells, how many there are in a row, and where each of the columns stands; -1 where it is not there."""

    delimiter: str
    count: int
    places: tuple[int, ...]


def _columns(line: bytes) -> _Columns:
    if line.startswith((b"\xff\xfe", b"\xfe\xff")):
        _refuse("file", "is written in UTF-16", 'Save it as "CSV UTF-8"')
    text = _decoded(line.removeprefix(b"\xef\xbb\xbf"))
    if not text.strip():
        _refuse("file", "is empty, or its first line is", "Put the names of the columns on the first line")
    delimiter = max(",;\t", key=text.count)
    try:
        found = [_column(cell) for cell in _cells(text, delimiter)]
    except csv.Error as error:
        _refuse("file", f"has a first line that cannot be read: {error}", "Save it as CSV again")
    if problems := tuple(_wrong_columns(found)):
        raise Refusal(*problems)
    return _Columns(delimiter, len(found), tuple(found.index(name) if name in found else -1 for name in COLUMNS))


def _column(cell: str) -> str:
    name = " ".join(re.split(r"[\s_-]+", cell.strip().casefold()))
    return ALSO_CALLED.get(name, name)


def _wrong_columns(found: list[str]) -> Iterator[Problem]:
    for name in COLUMNS:
        if found.count(name) > 1:
            yield Problem(name, f"is the name of {found.count(name)} columns", "Leave one of them in the file")
    for name in (SERVICE, PERSON, DAY, VISIT):
        if name not in found:
            yield Problem(name, "is not among the columns", f'Add a column named "{name}"')
    if END in found and START not in found:
        yield Problem(START, "is not among the columns, and the end time is", f'Add a column named "{START}"')
    if not {END, MINUTES, UNITS} & {*found}:
        yield Problem(MINUTES, "is not among the columns, nor is the end time or units", "Add one of the three")


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter, strict=True), [])


def _rows(file: BinaryIO, columns: _Columns, check: Check) -> Iterator[Row | Refused]:
    seen = _Seen()
    for number, line in enumerate(file, 2):
        try:
            cells = _cells(_decoded(line), columns.delimiter)
            if not any(map(str.strip, cells)):
                continue
            if not line.endswith(b"\n"):
                _refuse(
                    "row", "has no line end, and may be cut short", "End the file with a line end, or send it whole"
                )
            row = _row(number, _counted(cells, columns.count), columns.places)
            mark, stretch = seen.refuse_again(row)
            if problem := check(row):
                raise Refusal(problem)
        except csv.Error as error:
            say = "Close each quotation mark on the line it is opened on"
            yield Refused(number, "row", f"cannot be read: {error}", say)
        except Refusal as refusal:
            first = refusal.problems[0]
            yield Refused(number, first.field, first.problem, first.what_to_do)
        else:
            seen.take(row.service, mark, stretch)
            yield row


def _counted(cells: list[str], count: int) -> list[str]:
    """As many cells as there are columns; a row with fewer was cut short, and one with more was parted wrongly."""
    if len(cells) < count:
        _refuse("row", f"is cut short: it has {len(cells)} cells", f"Give all {count}, empty where there is nothing")
    if len(cells) > count and any(map(str.strip, cells[count:])):
        say = "Put quotation marks around a cell that has the mark which parts the cells in it"
        _refuse("row", f"has {len(cells)} cells, and {count} columns are named", say)
    return cells[:count]


def _refuse(field: str, problem: str, what_to_do: str) -> NoReturn:
    raise Refusal(Problem(field, problem, what_to_do))


# ---- a row ----


def _row(number: int, cells: list[str], places: tuple[int, ...]) -> Row:
    cells.append("")  # where the columns that are not there point
    given = {name: cells[place].strip() for name, place in zip(COLUMNS, places, strict=True)}
    starts_at = _time_of(START, given[START])
    if starts_at == MINUTES_IN_A_DAY:
        _refuse(START, "is the end of the day", "Write 00:00 and the day after")
    minutes, units = _minutes(given, starts_at), _whole(UNITS, given[UNITS])
    if minutes is None and units is None:
        say = "Give the end time, the minutes or the units"
        _refuse(MINUTES, "is empty, and so is what else says how much was given", say)
    return Row(
        number=number,
        service=_reference(SERVICE, given[SERVICE]),
        person=_reference(PERSON, given[PERSON]),
        day=_day(given[DAY]),
        starts_at=starts_at,
        minutes=minutes,
        units=units,
        visit=_reference(VISIT, given[VISIT]),
    )


def _reference(field: str, text: str) -> str:
    if not text:
        _refuse(field, "is empty", "Give it for every visit")
    if len(text) > LONGEST_REFERENCE:
        _refuse(field, f"is {len(text)} characters long", f"Give {LONGEST_REFERENCE} at most")
    if not text.isprintable() or _UNREAD in text:
        _refuse(field, "has a character that cannot be read", "Save the file as CSV UTF-8, and look at this cell")
    return text


def _minutes(given: Mapping[str, str], starts_at: int | None) -> int | None:
    """How long the visit was: as it is given, or from the start to the end, which must say the same."""
    minutes, ends_at = _whole(MINUTES, given[MINUTES]), _time_of(END, given[END])
    if ends_at is not None:
        if starts_at is None:
            _refuse(START, "is empty, and there is an end time", "Give both")
        between = (ends_at - starts_at) % MINUTES_IN_A_DAY
        if between == 0:
            _refuse(END, "is the same as the start time", "Leave out visits that were not made")
        if minutes not in (None, between):
            say = "Put right whichever is wrong"
            _refuse(MINUTES, f"is {minutes}, and from the start to the end it is {between}", say)
        minutes = between
    if minutes is not None and minutes > LONGEST_VISIT:
        field = MINUTES if ends_at is None else END
        say = f"Look at the times; a visit longer than {LONGEST_VISIT // 60} hours is given as two"
        _refuse(field, f"makes the visit {minutes // 60} hours and {minutes % 60} minutes long", say)
    return minutes


def _whole(field: str, text: str) -> int | None:
    if not text:
        return None
    if not _WHOLE.fullmatch(text):
        _refuse(field, f"is not a whole number: {text[:20]!r}", "Write it in figures, without a point or a sign")
    if int(text) == 0:
        _refuse(field, "is nought", "Leave out visits that were not made")
    return int(text)


@lru_cache(maxsize=2 * MINUTES_IN_A_DAY)
def _time_of(field: str, text: str) -> int | None:
    """Minutes after midnight; the end of the day is 24:00."""
    if not text:
        return None
    found = _TIME.fullmatch(text)
    if found is None:
        _refuse(field, f"is not a time in hours and whole minutes: {text[:20]!r}", 'Write it as "09:30"')
    hours, minutes = int(found[1]), int(found[2])
    if minutes > 59 or hours * 60 + minutes > MINUTES_IN_A_DAY:
        _refuse(field, f"is not a time of the day: {text!r}", 'Write it as "09:30", from 00:00 to 23:59')
    return hours * 60 + minutes


@lru_cache(maxsize=1000)
def _day(text: str) -> int:
    found = _BRITISH_DAY.fullmatch(text)
    written = f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else text
    try:
        return day(written)
    except ValueError as error:
        raise Refusal(Problem(DAY, str(error)[:80], 'Write it as "2026-05-04" or "04/05/2026"')) from error


# ---- the rows taken so far ----


class _Seen:
    """The rows taken so far, held small: a mark of each visit, and of each service the stretches of time it fills.

    A mark is eight bytes made of the references, so two visits in a file of a million could be taken for one another
    once in some thirty million files. The stretches of a service lie in order, so only its neighbours can overlap one.
    """

    _BUCKETS = 4096
    _PLACES = 2048  # a stretch is its first minute, since the calendar began, times this, and its length in minutes

    def __init__(self) -> None:
        self._marks = [array("Q") for _ in range(self._BUCKETS)]
        self._stretches: dict[str, array[int]] = {}

    def refuse_again(self, row: Row) -> tuple[int, int | None]:
        """The mark and the stretch of a row; ``Refusal`` where it is in the file already, or overlaps its service's."""
        mark, stretch = self._mark(row), self._stretch(row)
        bucket = self._marks[mark % self._BUCKETS]
        place = bisect_left(bucket, mark)
        if place < len(bucket) and bucket[place] == mark:
            say = "Leave each visit in the file once"
            _refuse(VISIT, f"is in the file already for this service: {row.visit!r}", say)
        if stretch is not None and (kept := self._stretches.get(row.service)):
            place = bisect_left(kept, stretch)
            for other in kept[max(place - 1, 0) : place + 1]:
                if self._overlap(stretch, other):
                    say = "Put the times right; where two carers came at once, give each a service of its own"
                    _refuse(START, f"overlaps another visit of this service, {self._in_words(other)}", say)
        return mark, stretch

    def take(self, service: str, mark: int, stretch: int | None) -> None:
        """Remember a row by its mark and its stretch."""
        insort(self._marks[mark % self._BUCKETS], mark)
        if stretch is not None:
            insort(self._stretches.setdefault(service, array("Q")), stretch)

    def _mark(self, row: Row) -> int:
        return int.from_bytes(blake2b(f"{row.service}\0{row.visit}".encode(), digest_size=8).digest())

    def _stretch(self, row: Row) -> int | None:
        if row.starts_at is None or row.minutes is None:
            return None
        return (row.day * MINUTES_IN_A_DAY + row.starts_at) * self._PLACES + row.minutes

    def _overlap(self, one: int, other: int) -> bool:
        earlier, later = sorted((one, other))
        return earlier // self._PLACES + earlier % self._PLACES > later // self._PLACES

    def _in_words(self, stretch: int) -> str:
        first, minutes = divmod(stretch, self._PLACES)
        on, at = divmod(first, MINUTES_IN_A_DAY)
        until = (at + minutes) % MINUTES_IN_A_DAY
        return f"{at // 60:02d}:{at % 60:02d} to {until // 60:02d}:{until % 60:02d} on {in_words(on)}"

"""A file of visits is read row by row: what is good is taken, what is not is refused with its number and its reason."""

import csv
import tracemalloc
from collections.abc import Iterator
from io import BytesIO, RawIOBase, StringIO
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farthing.base.days import day, iso
from farthing.base.refusal import Problem, Refusal
from farthing.exchange.visits_csv import COLUMNS, LONGEST_VISIT, Refused, Row, visits

HEADING = ",".join(COLUMNS)
GOOD = "S-1,P-1,2026-05-04,09:00,09:30,,,V-1"
MONDAY = day("2026-05-04")


def read(*lines: str, heading: str = HEADING, encoding: str = "utf-8", check=None) -> list[Row | Refused]:
    file = BytesIO("".join(f"{line}\r\n" for line in (heading, *lines)).encode(encoding))
    return list(visits(file, check) if check else visits(file))


def refused(*lines: str, **more) -> list[tuple[int, str, str]]:
    return [(each.number, each.field, each.problem) for each in read(*lines, **more) if isinstance(each, Refused)]


def taken(*lines: str, **more) -> list[Row]:
    return [each for each in read(*lines, **more) if isinstance(each, Row)]


def test_a_visit_is_read_with_its_day_its_time_and_how_much_was_given():
    assert read(GOOD) == [Row(2, "S-1", "P-1", MONDAY, 9 * 60, 30, None, "V-1")]


@pytest.mark.parametrize(
    ("given", "starts_at", "minutes", "units"),
    [
        ("09:00,10:15,,", 540, 75, None),
        ("09:00,,45,", 540, 45, None),
        (",,45,", None, 45, None),
        (",,,1", None, None, 1),
        ("09:00,10:00,60,1", 540, 60, 1),
        ("9.05,09:20:00,,", 545, 15, None),
        ("00:00,16:00,,", 0, 960, None),
        ("23:00,24:00,,", 1380, 60, None),
    ],
)
def test_how_much_was_given_is_told_by_the_times_the_minutes_or_the_units(given, starts_at, minutes, units):
    (row,) = taken(f"S-1,P-1,2026-05-04,{given},V-1")
    assert (row.starts_at, row.minutes, row.units) == (starts_at, minutes, units)


def test_a_visit_over_midnight_belongs_to_the_day_it_started_on():
    (row,) = taken("S-1,P-1,2026-05-04,22:30,07:00,,,V-1")
    assert (row.day, row.starts_at, row.minutes) == (MONDAY, 22 * 60 + 30, 8 * 60 + 30)


@pytest.mark.parametrize("written", ["2026-05-04", "04/05/2026", "4/5/2026"])
def test_a_day_is_read_as_the_year_first_or_as_it_is_written_in_england(written):
    assert taken(f"S-1,P-1,{written},09:00,09:30,,,V-1")[0].day == MONDAY


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_file_is_read_however_a_spreadsheet_wrote_it(encoding, delimiter):
    heading, row = HEADING.replace(",", delimiter), "Siân,P-1,2026-05-04,09:00,09:30,,,V-1".replace(",", delimiter)
    assert taken(row, heading=heading, encoding=encoding) == [Row(2, "Siân", "P-1", MONDAY, 540, 30, None, "V-1")]


def test_columns_stand_in_any_order_under_any_capitals_beside_others():
    heading = "Visit_Reference,Carer,Units,DATE,Person reference,Service-Reference"
    assert taken("V-1,Invented,2,04/05/2026,P-1,S-1", heading=heading) == [
        Row(2, "S-1", "P-1", MONDAY, None, None, 2, "V-1")
    ]


@pytest.mark.parametrize(
    ("given", "field", "problem"),
    [
        (",P-1,2026-05-04,09:00,09:30,,,V-1", "service reference", "is empty"),
        ("S-1,,2026-05-04,09:00,09:30,,,V-1", "person reference", "is empty"),
        ("S-1,P-1,2026-05-04,09:00,09:30,,,", "visit reference", "is empty"),
        (f"S-1,P-1,2026-05-04,09:00,09:30,,,{'V' * 61}", "visit reference", "is 61 characters long"),
        ("S-1,P-1,2026-05-04,09:00,09:30,,,V\x001", "visit reference", "has a character that cannot be read"),
        ("S-1,P-1,2026-05-04,09:00,09:30,,,V\ufffd1", "visit reference", "has a character that cannot be read"),
        ("S-1,P-1,,09:00,09:30,,,V-1", "day", "is not a date written as year-month-day: ''"),
        ("S-1,P-1,2026-02-29,09:00,09:30,,,V-1", "day", "is not a day of the calendar: '2026-02-29'"),
        ("S-1,P-1,31/04/2026,09:00,09:30,,,V-1", "day", "is not a day of the calendar: '2026-04-31'"),
        ("S-1,P-1,04/05/26,09:00,09:30,,,V-1", "day", "is not a date written as year-month-day: '04/05/26'"),
        ("S-1,P-1,2026-05-04,25:00,26:00,,,V-1", "start time", "is not a time of the day: '25:00'"),
        ("S-1,P-1,2026-05-04,09:00,09:60,,,V-1", "end time", "is not a time of the day: '09:60'"),
        ("S-1,P-1,2026-05-04,09:00,24:01,,,V-1", "end time", "is not a time of the day: '24:01'"),
        ("S-1,P-1,2026-05-04,24:00,01:00,,,V-1", "start time", "is the end of the day"),
        ("S-1,P-1,2026-05-04,9,10,,,V-1", "start time", "is not a time in hours and whole minutes: '9'"),
        (
            "S-1,P-1,2026-05-04,09:00:20,10:00,,,V-1",
            "start time",
            "is not a time in hours and whole minutes: '09:00:20'",
        ),
        ("S-1,P-1,2026-05-04,09:00,9am,,,V-1", "end time", "is not a time in hours and whole minutes: '9am'"),
        (
            "S-1,P-1,2026-05-04,\u0669:00,10:00,,,V-1",
            "start time",
            "is not a time in hours and whole minutes: '\u0669:00'",
        ),
        ("S-1,P-1,2026-05-04,09:00,09:00,,,V-1", "end time", "is the same as the start time"),
        ("S-1,P-1,2026-05-04,,09:30,,,V-1", "start time", "is empty, and there is an end time"),
        ("S-1,P-1,2026-05-04,09:30,09:00,,,V-1", "end time", "makes the visit 23 hours and 30 minutes long"),
        (f"S-1,P-1,2026-05-04,,,{LONGEST_VISIT + 1},,V-1", "minutes", "makes the visit 16 hours and 1 minutes long"),
        ("S-1,P-1,2026-05-04,09:00,09:30,45,,V-1", "minutes", "is 45, and from the start to the end it is 30"),
        ("S-1,P-1,2026-05-04,,,0,,V-1", "minutes", "is nought"),
        ("S-1,P-1,2026-05-04,,,30.5,,V-1", "minutes", "is not a whole number: '30.5'"),
        ("S-1,P-1,2026-05-04,,,-30,,V-1", "minutes", "is not a whole number: '-30'"),
        ("S-1,P-1,2026-05-04,,,,1e9,V-1", "units", "is not a whole number: '1e9'"),
        ("S-1,P-1,2026-05-04,09:00,,,,V-1", "minutes", "is empty, and so is what else says how much was given"),
        ("S-1,P-1,2026-05-04,09:00,09:30", "row", "is cut short: it has 5 cells"),
        ("S-1,P-1,2026-05-04,09:00,09:30,,,V-1,V-2", "row", "has 9 cells, and 8 columns are named"),
        ('"S-1,P-1,2026-05-04,09:00,09:30,,,V-1', "row", "cannot be read: unexpected end of data"),
    ],
)
def test_a_row_that_is_wrong_is_refused_by_its_number_and_the_others_are_kept(given, field, problem):
    before, after = "S-9,P-9,2026-05-01,,,30,,V-8", "S-9,P-9,2026-05-01,,,30,,V-9"
    found = read(before, given, after)
    assert [each.number for each in found] == [2, 3, 4]
    assert [(each.number, each.field, each.problem) for each in found if isinstance(each, Refused)] == [
        (3, field, problem)
    ]
    assert all(each.what_to_do for each in found if isinstance(each, Refused))


def test_a_visit_that_is_in_the_file_twice_is_refused_the_second_time():
    assert refused(GOOD, "S-2,P-1,2026-05-04,09:00,09:30,,,V-1", GOOD) == [
        (4, "visit reference", "is in the file already for this service: 'V-1'")
    ]


@pytest.mark.parametrize(
    ("later", "overlaps"),
    [
        ("2026-05-04,09:29,10:00", True),
        ("2026-05-04,08:00,09:01", True),
        ("2026-05-04,09:10,09:20", True),
        ("2026-05-04,08:00,10:00", True),
        ("2026-05-03,23:00,09:01", True),
        ("2026-05-04,09:30,10:00", False),
        ("2026-05-04,08:00,09:00", False),
        ("2026-05-03,23:00,09:00", False),
        ("2026-05-05,09:00,09:30", False),
    ],
)
def test_a_visit_that_overlaps_another_of_its_service_is_refused(later, overlaps):
    found = refused(GOOD, f"S-1,P-1,{later},,,V-2")
    words = "overlaps another visit of this service, 09:00 to 09:30 on 4 May 2026"
    assert found == ([(3, "start time", words)] if overlaps else [])


def test_visits_of_two_services_may_be_at_one_time():
    assert refused(GOOD, "S-2,P-1,2026-05-04,09:00,09:30,,,V-2") == []


def test_what_the_caller_knows_against_a_row_refuses_it_and_it_counts_for_nothing_after():
    def nobody_known(row: Row) -> Problem | None:
        return None if row.person == "P-1" else Problem("person reference", "is not known", "Look it up")

    found = read(GOOD.replace("P-1", "P-7"), GOOD, check=nobody_known)
    assert found == [
        Refused(2, "person reference", "is not known", "Look it up"),
        Row(3, "S-1", "P-1", MONDAY, 540, 30, None, "V-1"),
    ]


def test_rows_with_nothing_in_them_are_passed_over_and_still_counted():
    assert [row.number for row in taken("", ",,,,,,,", GOOD, " , ,,,,,,")] == [4]


def test_a_file_cut_off_in_the_middle_of_its_last_row_keeps_all_rows_but_that():
    whole = "".join(f"{line}\n" for line in (HEADING, GOOD, GOOD.replace("V-1", "V-222").replace("09", "10"))).encode()
    for end in range(len(HEADING) + len(GOOD) + 3, len(whole)):
        found = list(visits(BytesIO(whole[:end])))
        assert [type(each) for each in found] == [Row, Refused], whole[:end]
        assert found[1].number == 3
    assert [type(each) for each in visits(BytesIO(whole))] == [Row, Row]


@pytest.mark.parametrize(
    ("file", "fields"),
    [
        (b"", ["file"]),
        (b"\n\n", ["file"]),
        (HEADING.encode("utf-16"), ["file"]),
        (b'"day\n', ["file"]),
        (b"day,minutes\n", ["service reference", "person reference", "visit reference"]),
        (b"service,person,day,visit\n", ["minutes"]),
        (b"service,person,day,visit,end\n", ["start time"]),
        (b"service,person,day,visit,minutes,date\n", ["day"]),
    ],
)
def test_a_file_that_cannot_be_read_at_all_is_refused_as_a_whole(file, fields):
    with pytest.raises(Refusal) as found:
        visits(BytesIO(file))
    assert [each.field for each in found.value.problems] == fields
    assert all(each.what_to_do for each in found.value.problems)


TEXTS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)
VISITS = st.lists(
    st.tuples(TEXTS, st.integers(0, 40), st.integers(0, 1439), st.integers(1, LONGEST_VISIT), TEXTS), max_size=30
)


@given(VISITS)
def test_every_row_is_taken_or_refused_and_what_is_taken_never_overlaps_or_comes_twice(wanted):
    text = StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for service, later, start, minutes, visit in wanted:
        rows.writerow([service, "P", iso(MONDAY + later), f"{start // 60}:{start % 60:02}", "", minutes, "", visit])
    found = list(visits(BytesIO(text.getvalue().encode())))
    assert [each.number for each in found] == list(range(2, len(wanted) + 2))
    filled = set[tuple[str, int]]()
    known = set[tuple[str, str]]()
    for (service, later, start, minutes, visit), row in zip(wanted, found, strict=True):
        first = (MONDAY + later) * 1440 + start
        takes = {(service, minute) for minute in range(first, first + minutes)}
        is_good = (service, visit) not in known and not takes & filled
        assert isinstance(row, Row) is is_good
        if is_good:
            assert row == Row(row.number, service, "P", MONDAY + later, start, minutes, None, visit)
            filled |= takes
            known.add((service, visit))


@given(st.binary(max_size=300))
def test_whatever_follows_the_columns_no_line_is_lost_and_nothing_breaks(rest):
    lines = [line for line in rest.split(b"\n") if line]
    found = list(visits(BytesIO(HEADING.encode() + b"\n" + rest)))
    assert len(found) <= len(lines)
    assert all(isinstance(each, Refused | Row) for each in found)


class ManyVisits(RawIOBase):
    """A file of many visits that is never held as a whole."""

    def __init__(self, people: int, each: int):
        self.lines = self._written(people, each)

    def _written(self, people: int, each: int) -> Iterator[bytes]:
        yield f"{HEADING}\n".encode()
        shuffled = Random(4)
        for number in range(each):
            for person in range(people):
                start = shuffled.randrange(1380)
                on = iso(MONDAY + number)
                yield f"S-{person},P-{person},{on},{start // 60}:{start % 60:02},,30,,V-{person}-{number}\n".encode()

    def readline(self, size: int | None = -1, /) -> bytes:
        return next(self.lines, b"")

    def __next__(self) -> bytes:
        return next(self.lines)


def held(people: int, each: int) -> int:
    """The most bytes held while a file is read to its end; every row is counted as taken."""
    tracemalloc.start()
    try:
        assert sum(isinstance(row, Row) for row in visits(ManyVisits(people, each))) == people * each
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_ten_times_the_visits_take_a_few_bytes_more_each():
    few, many = held(200, 5), held(200, 50)
    assert many - few < 9_000 * 40

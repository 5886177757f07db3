"""Money, days and refusals: the ground everything stands on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farthing.base.days import day, in_words, iso, moved_back, moved_on
from farthing.base.money import pence, pounds, shown
from farthing.base.refusal import Problem, Refusal


@given(st.integers(0, 10**14 - 1))
def test_pence_written_as_pounds_read_back_the_same(amount):
    assert pence(pounds(amount)) == amount


@pytest.mark.parametrize(
    ("text", "amount"), [("0", 0), ("48", 4800), ("216.5", 21650), ("216.50", 21650), ("0.01", 1), ("007.07", 707)]
)
def test_pounds_and_pence_are_read_into_pence(text, amount):
    assert pence(text) == amount


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "is empty"),
        ("  ", "is empty"),
        ("£5.00", "has a pound sign"),
        ("-5.00", "is below nought"),
        ("1,000.00", "has a comma"),
        ("1.005", "has more than two figures after the point"),
        ("1" * 13, "is too large"),
        ("five", "is not an amount of money"),
        ("1e3", "is not an amount of money"),
        (" 5.00", "is not an amount of money"),
        ("\u0663.00", "is not an amount of money"),
        ("5.", "is not an amount of money"),
    ],
)
def test_what_is_no_amount_is_refused_with_the_reason(text, wrong):
    with pytest.raises(ValueError, match=wrong):
        pence(text)


def test_amounts_are_shown_as_people_read_them():
    assert shown(1234567) == "£12,345.67"
    assert shown(-5) == "-£0.05"
    assert pounds(-21650) == "-216.50"


@given(st.integers(day("0001-01-01"), day("9999-12-31")))
def test_days_written_as_text_read_back_the_same(number):
    assert day(iso(number)) == number


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2026-13-04", "gives the month as 13"),
        ("2026-02-30", "is not a day of the calendar"),
        ("04/05/2026", "is not a date written as year-month-day"),
        ("2026-5-4", "is not a date written as year-month-day"),
        ("\u0662\u0660\u0662\u0666-05-04", "is not a date written as year-month-day"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text, wrong):
    with pytest.raises(ValueError, match=wrong):
        day(text)


def test_days_are_told_in_words():
    assert in_words(day("2026-05-04")) == "4 May 2026"


@pytest.mark.parametrize(
    ("at", "years", "months", "earlier"),
    [
        ("2026-05-04", 25, 0, "2001-05-04"),
        ("2025-02-28", 1, 0, "2024-02-28"),
        ("2024-02-29", 1, 0, "2023-02-28"),
        ("2026-11-30", 66, 4, "1960-07-31"),
        ("2026-11-29", 66, 4, "1960-07-29"),
        ("2027-09-30", 66, 9, "1960-12-31"),
        ("2027-11-30", 66, 10, "1961-01-31"),
    ],
)
def test_moving_back_by_months_keeps_the_ends_of_months(at, years, months, earlier):
    """The last three are the days that the table of the Pensions Act 2014 s26 fixes for births at the end of a month."""
    assert iso(moved_back(day(at), years, months)) == earlier


def test_moving_on_is_moving_back_the_other_way():
    assert iso(moved_on(day("2024-01-31"), 1)) == "2024-02-29"
    assert iso(moved_on(day("2024-08-31"), 6)) == "2025-02-28"


def test_a_refusal_says_what_where_and_what_to_do():
    refusal = Refusal(Problem("capital[1].value", "is below nought", "Write nought or more", "SI 2014/2672 reg 20"))
    assert str(refusal) == "capital[1].value is below nought. Write nought or more (SI 2014/2672 reg 20)"

"""The days banks work, against the law's own rule for bank holidays, worked out here a second way."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farthing.base.days import day, iso
from farthing.base.refusal import Refusal
from farthing.exchange.working_days import WorkingDays, bank_holidays, known

ENGLAND = WorkingDays()
MONDAY = 0
FIRST, LAST = known()
DAYS = st.integers(FIRST + 60, LAST - 60)


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the rule Oudin gave in 1940."""
    century = year // 100
    moon = year % 19
    k = (century - 17) // 25
    i = (century - century // 4 - (century - k) // 3 + 19 * moon + 15) % 30
    i -= (i // 28) * (1 - (i // 28) * (29 // (i + 1)) * ((21 - moon) // 11))
    j = (year + year // 4 + i + 2 - century + century // 4) % 7
    month = 3 + (i - j + 40) // 44
    return date(year, month, i - j + 28 - 31 * (month // 4))


def first_monday(year: int, month: int) -> date:
    return next(at for n in range(1, 8) if (at := date(year, month, n)).weekday() == MONDAY)


def last_monday(year: int, month: int) -> date:
    return next(at for n in range(31, 24, -1) if (at := date(year, month, n)).weekday() == MONDAY)


def holidays_by_rule(year: int) -> set[date]:
    """The eight: those that fall on a Saturday or Sunday move to the next days that are not taken."""
    easter = easter_sunday(year)
    fixed = {
        easter - timedelta(2),
        easter + timedelta(1),
        first_monday(year, 5),
        last_monday(year, 5),
        last_monday(year, 8),
    }
    moving = [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)]
    kept = {at for at in moving if at.weekday() < 5}
    for at in moving:
        if at.weekday() >= 5:
            while at.weekday() >= 5 or at in kept:
                at += timedelta(1)
            kept.add(at)
    return fixed | kept


@pytest.mark.parametrize("year", range(2024, 2029))
def test_the_bank_holidays_shipped_are_those_the_rule_gives(year):
    shipped = {at for number in bank_holidays() if (at := date.fromordinal(number)).year == year}
    assert shipped == holidays_by_rule(year)


@pytest.mark.parametrize(
    "published",
    # www.gov.uk/bank-holidays, the days that are easy to get wrong: Easter, and those that moved off a weekend
    ["2024-03-29", "2025-04-21", "2026-04-03", "2026-12-28", "2027-12-27", "2027-12-28", "2028-01-03", "2028-04-14"],
)
def test_a_published_bank_holiday_is_no_working_day(published):
    assert not ENGLAND.is_working_day(day(published))


@pytest.mark.parametrize("ordinary", ["2026-05-05", "2026-12-24", "2026-12-29", "2027-12-29", "2028-01-04"])
def test_an_ordinary_weekday_is_a_working_day(ordinary):
    assert ENGLAND.is_working_day(day(ordinary))


def test_saturdays_and_sundays_are_no_working_days():
    assert [ENGLAND.is_working_day(day(f"2026-06-0{number}")) for number in range(1, 8)] == [True] * 5 + [False] * 2


def test_a_day_the_council_adds_is_no_working_day():
    added = day("2026-06-15")
    assert ENGLAND.is_working_day(added)
    assert not WorkingDays(frozenset({added})).is_working_day(added)


@pytest.mark.parametrize(
    ("start", "before"),
    [
        ("2026-05-01", "2026-05-01"),
        ("2026-05-02", "2026-05-01"),
        ("2026-12-25", "2026-12-24"),
        ("2027-12-25", "2027-12-24"),
    ],
)
def test_the_nearest_working_day_leaps_weekends_and_bank_holidays(start, before):
    assert iso(ENGLAND.working_day_on_or_before(day(start))) == before


@pytest.mark.parametrize(
    ("start", "by", "end"),
    [
        ("2026-05-01", 1, "2026-05-05"),
        ("2026-05-01", 2, "2026-05-06"),
        ("2026-05-05", -1, "2026-05-01"),
        ("2026-05-02", 1, "2026-05-05"),
        ("2026-05-02", -1, "2026-05-01"),
        ("2026-05-02", 0, "2026-05-02"),
        ("2026-12-23", 3, "2026-12-30"),
    ],
)
def test_moving_counts_working_days_only(start, by, end):
    assert iso(ENGLAND.moved(day(start), by)) == end


@given(start=DAYS, by=st.integers(1, 20))
def test_moving_there_and_back_from_a_working_day_comes_home(start, by):
    home = ENGLAND.working_day_on_or_before(start)
    assert ENGLAND.moved(ENGLAND.moved(home, by), -by) == home


@given(start=DAYS, by=st.integers(1, 20))
def test_so_many_working_days_lie_between(start, by):
    end = ENGLAND.moved(start, by)
    assert sum(ENGLAND.is_working_day(each) for each in range(start + 1, end + 1)) == by


@pytest.mark.parametrize("unknown", ["2023-12-31", "2029-01-01"])
def test_a_day_beyond_the_known_years_is_refused_with_what_is_known(unknown):
    with pytest.raises(Refusal, match="known from 1 January 2024 to 31 December 2028"):
        ENGLAND.is_working_day(day(unknown))
    with pytest.raises(Refusal, match=r"gov\.uk/bank-holidays"):
        ENGLAND.moved(day(unknown), 0)


def test_looking_past_the_last_known_day_is_refused():
    with pytest.raises(Refusal, match="1 January 2029"):
        ENGLAND.moved(LAST, 1)

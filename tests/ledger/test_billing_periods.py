"""Four-week periods follow one another without a gap, and nobody's first invoice comes days after care began."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farthing.base.days import day
from farthing.ledger.billing_periods import DAYS_IN_A_PERIOD, Calendar, Stretch

CALENDAR = Calendar(day("2026-04-06"))


@given(st.integers(1, 500))
def test_each_period_begins_the_day_after_the_one_before(number):
    period, following = CALENDAR.period(number), CALENDAR.period(number + 1)
    assert (period.days, following.first) == (DAYS_IN_A_PERIOD, period.last + 1)
    assert CALENDAR.number_of(period.first) == CALENDAR.number_of(period.last) == number


def test_a_day_before_the_calendar_lies_in_no_period():
    with pytest.raises(ValueError, match="begins on 6 April 2026"):
        CALENDAR.number_of(day("2026-04-05"))
    with pytest.raises(ValueError, match="no billing period 0"):
        CALENDAR.period(0)


def test_days_that_end_before_they_begin_are_refused():
    with pytest.raises(ValueError, match="ends on 5 April 2026, before it begins on 6 April 2026"):
        Stretch(day("2026-04-06"), day("2026-04-05"))


@given(st.integers(1, 60))
def test_the_weeks_of_a_stretch_are_all_its_days_once(length):
    stretch = Stretch(100, 99 + length)
    days = [at for week in stretch.weeks() for at in range(week.first, week.last + 1)]
    assert days == [*range(100, 100 + length)]
    assert all(week.days == 7 for week in [*stretch.weeks()][:-1])


def test_care_that_starts_late_in_a_period_is_first_invoiced_with_the_next():
    last = CALENDAR.period(1).last
    assert [CALENDAR.first_invoiced_in(at) for at in (last - 27, last - 7, last - 6, last)] == [1, 1, 2, 2]


@pytest.mark.parametrize("fewest", [0, 29])
def test_a_first_invoice_lies_within_a_period_of_the_start(fewest):
    with pytest.raises(ValueError, match="between 1 and 28"):
        Calendar(1, fewest_days_for_first_invoice=fewest)

"""When a review is due, how much of a balance is surplus, and on which day Bacs is to process a payment."""

from collections.abc import Iterable
from datetime import date

from farthing.base.days import moved_on
from farthing.exchange.working_days import WorkingDays

FIRST_REVIEW_WITHIN_MONTHS = 6
"""SI 2014/2871 reg 7(1)(a): at least once within the first six months of the direct payment being made."""

REVIEWS_APART_MONTHS = 12
"""SI 2014/2871 reg 7(1)(a): and at intervals not exceeding twelve months thereafter."""


def review_due(first_paid: date, held: Iterable[date]) -> date:
    """The last day for the next review of payments first made on a day, after those held since."""
    reviews = sorted(day for day in held if day >= first_paid)
    since, months = (reviews[-1], REVIEWS_APART_MONTHS) if reviews else (first_paid, FIRST_REVIEW_WITHIN_MONTHS)
    return date.fromordinal(moved_on(since.toordinal(), months))


def surplus(closing: int, *, gross: int, weeks: int) -> int:
    """The pence above so many weeks of the whole direct payment; nought where there is no more."""
    if gross < 0 or weeks < 0:
        raise ValueError("a week's direct payment and the weeks that may stay are not below nought")
    return max(closing - weeks * gross, 0)


def processed_on(period_starts: int, made_on: int, working_days: WorkingDays) -> int:
    """The day Bacs processes what is paid for a period, as a day number.

    The money is there on the working day after it, which is the period's first day or the last working day before it. A
    file made too late for that is processed as soon as can be: on the working day after it is made.
    """
    in_time = working_days.moved(working_days.working_day_on_or_before(period_starts), -1)
    return max(in_time, working_days.moved(made_on, 1))

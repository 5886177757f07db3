"""Days are counted as whole numbers (``datetime.date.toordinal``), so that a column of them is a column of integers."""

import re
from calendar import monthrange
from datetime import date

DAYS_IN_A_WEEK = 7

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def day(text: str) -> int:
    """Read a date written as "2026-05-04" into a day number.

    Raises ``ValueError`` whose message says what is wrong with the text, for a person to read.
    """
    found = _ISO.fullmatch(text)
    if found is None:
        raise ValueError(f"is not a date written as year-month-day: {text!r}")
    year, month, day_of_month = map(int, found.groups())
    if not 1 <= month <= 12:
        raise ValueError(f"gives the month as {month}: {text!r}")
    try:
        return date(year, month, day_of_month).toordinal()
    except ValueError:
        raise ValueError(f"is not a day of the calendar: {text!r}") from None


def iso(day_number: int) -> str:
    """Write a day number as "2026-05-04"."""
    return date.fromordinal(day_number).isoformat()


def in_words(day_number: int) -> str:
    """Write a day number as "4 May 2026"."""
    at = date.fromordinal(day_number)
    return f"{at.day} {at:%B} {at.year}"


def moved_back(day_number: int, years: int, months: int = 0) -> int:
    """The day so many calendar years and months earlier; the last day of the month where there is no such day.

    Moved by months, the last day of a month goes to the last day of a month: whoever was born on 31 July is 66 years
    and 4 months old on 30 November (Pensions Act 2014 s26, whose table fixes such days so).
    """
    at = date.fromordinal(day_number)
    year, month = divmod(at.year * 12 + at.month - 1 - years * 12 - months, 12)
    last_day = monthrange(year, month + 1)[1]
    ends_month = months > 0 and at.day == monthrange(at.year, at.month)[1]
    return date(year, month + 1, last_day if ends_month else min(at.day, last_day)).toordinal()


def moved_on(day_number: int, months: int) -> int:
    """The day so many calendar months later; the last day of the month where there is no such day."""
    return moved_back(day_number, 0, -months)

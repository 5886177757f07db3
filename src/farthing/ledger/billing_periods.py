"""The calendar of a council's four-week billing periods, and when a new person's first invoice falls."""

from collections.abc import Iterator
from dataclasses import dataclass

from farthing.base.days import DAYS_IN_A_WEEK, in_words

WEEKS_IN_A_PERIOD = 4
DAYS_IN_A_PERIOD = WEEKS_IN_A_PERIOD * DAYS_IN_A_WEEK


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Some days in a row, from ``first`` to ``last``, both counted."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"ends on {in_words(self.last)}, before it begins on {in_words(self.first)}")

    @property
    def days(self) -> int:
        """How many days it has."""
        return self.last - self.first + 1

    def within(self, first: int, last: int) -> "Stretch | None":
        """The part of it that lies between two days; None where there is none."""
        first, last = max(self.first, first), min(self.last, last)
        return Stretch(first, last) if first <= last else None

    def weeks(self) -> Iterator["Stretch"]:
        """Its weeks, counted from its first day; the last may be short."""
        for first in range(self.first, self.last + 1, DAYS_IN_A_WEEK):
            yield Stretch(first, min(first + DAYS_IN_A_WEEK - 1, self.last))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Four-week periods from ``first_day`` on, for ever. Period 1 begins on that day.

    ``fewest_days_for_first_invoice`` keeps a first invoice from coming days after care began: where fewer days of the
    period are left, they are billed with the next one.
    """

    first_day: int
    fewest_days_for_first_invoice: int = 8

    def __post_init__(self) -> None:
        if not 1 <= self.fewest_days_for_first_invoice <= DAYS_IN_A_PERIOD:
            raise ValueError(f"the fewest days for a first invoice lie between 1 and {DAYS_IN_A_PERIOD}")

    def period(self, number: int) -> Stretch:
        """The days of a period by its number. Raises ``ValueError`` below 1."""
        if number < 1:
            raise ValueError(f"there is no billing period {number}")
        first = self.first_day + (number - 1) * DAYS_IN_A_PERIOD
        return Stretch(first, first + DAYS_IN_A_PERIOD - 1)

    def number_of(self, day: int) -> int:
        """The number of the period a day lies in. Raises ``ValueError`` for a day before the calendar begins."""
        if day < self.first_day:
            raise ValueError(f"the billing calendar begins on {in_words(self.first_day)}, after {in_words(day)}")
        return (day - self.first_day) // DAYS_IN_A_PERIOD + 1

    def first_invoiced_in(self, care_starts: int) -> int:
        """The number of the period whose run sends the first invoice for care that starts on a day."""
        number = self.number_of(care_starts)
        left = self.period(number).last - care_starts + 1
        return number if left >= self.fewest_days_for_first_invoice else number + 1

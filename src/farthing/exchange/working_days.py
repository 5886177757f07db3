"""The days on which banks in England work: not a Saturday, a Sunday, a bank holiday, nor a day the council adds."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from farthing.base.days import DAYS_IN_A_WEEK, day, in_words
from farthing.base.refusal import Problem, Refusal

BANK_HOLIDAYS = Path(__file__).with_name("bank_holidays_in_england.txt")

_FRIDAY = 5
"""A day number divided by seven leaves 1 for a Monday, 6 for a Saturday and 0 for a Sunday."""


@cache
def bank_holidays() -> dict[int, str]:
    """Every bank holiday in England that is known: its day number and its name."""
    lines = BANK_HOLIDAYS.read_text(encoding="utf-8").splitlines()
    entries = (line.split(" ", 1) for line in lines if line and not line.startswith("#"))
    return {day(written): name for written, name in entries}


def known() -> tuple[int, int]:
    """The first and the last day for which the bank holidays are known."""
    years = [date.fromordinal(holiday).year for holiday in bank_holidays()]
    return date(min(years), 1, 1).toordinal(), date(max(years), 12, 31).toordinal()


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working days of banks in England, less ``also_closed``: one-off days a council adds, as day numbers.

    Every answer raises ``Refusal`` for a day outside the years whose bank holidays are known.
    """

    also_closed: Collection[int] = field(default=frozenset())

    def is_working_day(self, day_number: int) -> bool:
        """Whether banks work on the day."""
        _check_known(day_number)
        weekday = 1 <= day_number % DAYS_IN_A_WEEK <= _FRIDAY
        return weekday and day_number not in bank_holidays() and day_number not in self.also_closed

    def working_day_on_or_before(self, day_number: int) -> int:
        """The day itself where it is a working day, else the one before."""
        return next(self._from(day_number, -1))

    def moved(self, day_number: int, working_days: int) -> int:
        """The day so many working days later, or earlier where below nought; by nought, the day itself.

        Counted from a day that is no working day, the first step leads to the next working day in that direction.
        """
        if working_days == 0:
            _check_known(day_number)
            return day_number
        step = 1 if working_days > 0 else -1
        ahead = self._from(day_number + step, step)
        for _ in range(abs(working_days) - 1):
            next(ahead)
        return next(ahead)

    def _from(self, day_number: int, step: int) -> Iterator[int]:
        """The working days from a day on, it included, later or earlier as the step is 1 or -1."""
        while True:
            if self.is_working_day(day_number):
                yield day_number
            day_number += step


def _check_known(day_number: int) -> None:
    first, last = known()
    if not first <= day_number <= last:
        problem = f"is {in_words(day_number)}, and bank holidays are known from {in_words(first)} to {in_words(last)}"
        add = f"Choose a day in those years, or add its year to {BANK_HOLIDAYS.name} from www.gov.uk/bank-holidays"
        raise Refusal(Problem("day", problem, add))

"""Interest on a deferred payment: the dated rate, when it is added to the debt, and what settles the debt on a day.

Rates are hundredths of a percent a year (4.65% is 465), money is whole pence. Parts of a penny are kept exactly
until they are shown, and then dropped: part of a penny goes the person's way (SI 2014/2672 reg 11).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from farthing.base.days import in_words
from farthing.base.refusal import Problem, Refusal
from farthing.engine.figures import Figure

DAYS_IN_RATE_YEAR = 365
"""A day's interest is a 365th of the yearly rate, in every year."""

ADDED = {"daily": None, "monthly": 1, "quarterly": 3, "half_yearly": 6}
"""When interest joins the debt: each day, or on the first day of every so many months, counted from January."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A sum added to the debt (care deferred, a fee) or, below nought, paid off it, at the start of a day."""

    day: int
    amount: int
    says: str


@dataclass(frozen=True, slots=True)
class Line:
    """One stretch of a statement: from a day up to, not including, another, at one rate."""

    since: int
    until: int
    balance: int
    rate: int
    interest: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """What settles the debt on a day: entries, interest and the sum to pay, in pence, and how it came about."""

    on: int
    entries: int
    interest: int
    due: int
    lines: tuple[Line, ...]


def rate_on(maximum: Figure, below_maximum: int, day: int) -> int:
    """The council's rate on a day, in hundredths of a percent.

    Raises ``Refusal`` where no legal maximum is published for the half-year (SI 2014/2671 reg 9), or where the council
    would charge less than nothing.
    """
    rate = maximum.on(day).value - below_maximum
    if rate < 0:
        raise Refusal(
            Problem(
                "deferred_payment_interest_percent_below_maximum",
                f"takes the rate for {in_words(day)} below nought",
                "Give a smaller number of hundredths of a percent",
                "SI 2014/2671 reg 9",
            )
        )
    return rate


def settle(
    entries: Sequence[Entry], *, on: int, maximum: Figure, below_maximum: int, added: str, separately: bool = False
) -> Settlement:
    """What is owed at the start of the day ``on``, with interest on every day before it.

    ``added`` is a key of ``ADDED``. ``separately``: the person has asked to pay interest apart from the debt, so none
    is added to it (SI 2014/2671 reg 9(2)); it is owed all the same. Raises ``Refusal`` for a day whose rate is not
    published, and ``ValueError`` for an entry after ``on``.
    """
    if any(entry.day > on for entry in entries):
        raise ValueError("an entry lies after the day of settlement")
    principal, joined, waiting = Fraction(0), Fraction(0), Fraction(0)
    by_day: dict[int, int] = {}
    for entry in entries:
        by_day[entry.day] = by_day.get(entry.day, 0) + entry.amount
    lines: list[Line] = []
    first = min(by_day, default=on)
    for day in range(first, on):
        if joins_on(day, added) and not separately:
            joined, waiting = joined + waiting, Fraction(0)
        principal += by_day.get(day, 0)
        rate = rate_on(maximum, below_maximum, day)
        interest = (principal + joined) * rate / (10_000 * DAYS_IN_RATE_YEAR)
        waiting += interest
        _lengthen(lines, day, _pence(principal + joined), rate, interest)
    principal += by_day.get(on, 0)
    whole_interest = _pence(joined + waiting)
    whole_entries = _pence(principal)
    return Settlement(on, whole_entries, whole_interest, whole_entries + whole_interest, tuple(lines))


def joins_on(day: int, added: str) -> bool:
    """Whether the interest of the days before joins the debt at the start of this day."""
    months = ADDED[added]
    at = date.fromordinal(day)
    return months is None or (at.day == 1 and (at.month - 1) % months == 0)


def _lengthen(lines: list[Line], day: int, balance: int, rate: int, interest: Fraction) -> None:
    last = lines[-1] if lines else None
    same_month = last is not None and date.fromordinal(last.since).month == date.fromordinal(day).month
    if last is not None and same_month and last.rate == rate and last.balance <= balance and last.until == day:
        lines[-1] = Line(last.since, day + 1, balance, rate, last.interest + _pence(interest))
    else:
        lines.append(Line(day, day + 1, balance, rate, _pence(interest)))


def _pence(amount: Fraction) -> int:
    return int(amount // 1)

"""What a decision that reaches back would do: the difference it makes for the days already past."""

from dataclasses import dataclass
from datetime import date, timedelta

from farthing.base.days import DAYS_IN_A_WEEK


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from ``first`` to ``last`` over which a weekly charge held; pence a week."""

    first: date
    last: date
    weekly_charge: int


@dataclass(frozen=True, slots=True)
class Backdating:
    """How far back a decision reaches and what it changes. Pence; above nought is owed by the person.

    ``before`` is what earlier decisions charged for the days, ``after`` what this one would.
    """

    first: date
    days: int
    before: int
    after: int
    stretches: tuple[Stretch, ...]

    @property
    def difference(self) -> int:
        """What the person would owe more, or below nought be owed back."""
        return self.after - self.before

    def all_stretches(self) -> list[Stretch]:
        """Every day that is past, in order: where no decision held before, nothing was charged."""
        found: list[Stretch] = []
        begin, end = self.first, self.first + timedelta(days=self.days)
        for each in self.stretches:
            if begin < each.first:
                found.append(Stretch(begin, each.first - timedelta(days=1), 0))
            found.append(each)
            begin = each.last + timedelta(days=1)
        if begin < end:
            found.append(Stretch(begin, end - timedelta(days=1), 0))
        return found


def backdating(effective_from: date, today: date, weekly_charge: int, earlier: list[tuple[date, int]]) -> Backdating:
    """What a charge from a day on would do up to yesterday, where ``earlier`` decisions (from, pence a week) held before.

    A part of a week is charged by the day. Part of a penny goes in the person's favour (SI 2014/2672 reg 11): what they
    owe is rounded down, for each stretch.
    """
    days = max((today - effective_from).days, 0)
    stretches = tuple(_stretches(effective_from, today, sorted(earlier)))
    before = sum(charge_for(each.weekly_charge, (each.last - each.first).days + 1) for each in stretches)
    return Backdating(effective_from, days, before, charge_for(weekly_charge, days), stretches)


def charge_for(weekly_charge: int, days: int) -> int:
    """The charge for a number of days, in pence, part of a penny left off."""
    return weekly_charge * days // DAYS_IN_A_WEEK


def _stretches(first: date, today: date, earlier: list[tuple[date, int]]) -> list[Stretch]:
    found = []
    for number, (start, weekly_charge) in enumerate(earlier):
        end = min(earlier[number + 1][0] if number + 1 < len(earlier) else today, today)
        begin = max(start, first)
        if begin < end:
            found.append(Stretch(begin, end - timedelta(days=1), weekly_charge))
    return found

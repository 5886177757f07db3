"""The diminishing notional capital rule: what was given away counts for less each week that it makes the person pay more.

SI 2014/2672 reg 23 has not been read; by guidance and by its sisters (SI 2002/1792 reg 22) each week's reduction is the
charge with the notional capital less the charge without it. Part of a week is taken here for a whole one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from farthing.base.days import DAYS_IN_A_WEEK, in_words
from farthing.base.refusal import Problem, Refusal
from farthing.engine.asking import Unknown, complete
from farthing.engine.law import Policy
from farthing.engine.one import SomeItems, read

LAW = "SI 2014/2672 reg 23"

_CHARGE, _COUNTS, _AMOUNT = "weekly_charge", "is_notional_capital", "notional_amount"
_DIMINISHED_BY = "capital.diminished_by"


@dataclass(frozen=True, slots=True)
class Week:
    """One week from the day ``since``; ``number`` counts from 1. Sums are pence.

    The charges are those of the week with ``notional_before`` and with none; ``notional_after`` counts in the next week.
    """

    number: int
    since: int
    notional_before: int
    charge_with: int
    charge_without: int
    notional_after: int

    @property
    def reduction(self) -> int:
        """By how much the notional capital was reduced for the week, in pence."""
        return self.notional_before - self.notional_after


@dataclass(frozen=True, slots=True)
class Diminishing:
    """The weeks until nothing is left or those asked for are over, and the notional capital before and after, in pence."""

    lines: tuple[Week, ...]
    notional_before: int
    notional_after: int


@dataclass(frozen=True, slots=True)
class Gift:
    """One thing given away: its place in the list of capital, from 0, and what it counts as before and after, in pence."""

    place: int
    notional_before: int
    notional_after: int


@dataclass(frozen=True, slots=True)
class CaseDiminishing:
    """The weeks of a case, each gift, and ``diminished_by`` for every item of capital: what to tell from then on."""

    weeks: Diminishing
    gifts: tuple[Gift, ...]
    diminished_by: tuple[int | None, ...]


def diminish(
    charge_with_notional: Callable[[int, int], int],
    charge_without: Callable[[int], int],
    *,
    notional: int,
    weeks: int,
    since: int,
) -> Diminishing:
    """Reduce notional capital week by week, for so many weeks from a day or until nothing of it is left.

    ``charge_with_notional`` gives the charge in pence of a week, counted from 1, with so much notional capital, and
    ``charge_without`` that of the week with none. Raises ``Refusal`` for notional capital or weeks below nought.
    """
    if notional < 0 or weeks < 0:
        field = "notional" if notional < 0 else "weeks"
        raise Refusal(Problem(field, "is below nought", "Give nought or more", LAW))
    lines: list[Week] = []
    left = notional
    for number in range(1, weeks + 1):
        if left == 0:
            break
        charge, less = charge_with_notional(number, left), charge_without(number)
        after = max(left - max(charge - less, 0), 0)
        lines.append(Week(number, since + DAYS_IN_A_WEEK * (number - 1), left, charge, less, after))
        left = after
    return Diminishing(tuple(lines), notional, left)


def of_case(told: Mapping[str, Any], *, policy_on: Callable[[int], Policy], weeks: int, since: int) -> CaseDiminishing:
    """Reduce what a case lists as given away, by reading the law of each week with it and without it.

    ``told`` is as for ``engine.one.read``, with facts not told left out; all of it but the gifts is taken to stay as
    told, so where savings or income change, begin again from that week. ``policy_on`` gives the law of the first day
    of a week, planned for "weekly_charge"; hand it a new ``Policy`` for each day, or what the law leaves out for a time
    stays as it was. Only what counts under both tests of reg 22(1) is reduced, what has been ``diminished_by`` before
    taken off, and several gifts in the order listed. A case without any gives no weeks and no gifts.

    Raises ``Refusal`` where the charge of a week, or whether and at what a gift counts, is not certain.
    """
    gifts = _gifts(policy_on(since), told)
    start = sum(amount for _, amount in gifts)

    def charge(number: int, notional: int) -> int:
        day = since + DAYS_IN_A_WEEK * (number - 1)
        case = {**told, _DIMINISHED_BY: _spread(told, gifts, start - notional)}
        policy = policy_on(day)
        return _certain(read(policy, complete(policy, case))[_CHARGE], f"the charge of the week from {in_words(day)}")

    course = diminish(charge, lambda number: charge(number, 0), notional=start, weeks=weeks, since=since)
    found, reduction = list[Gift](), start - course.notional_after
    for place, before in gifts:
        taken = min(before, reduction)
        found.append(Gift(place, before, before - taken))
        reduction -= taken
    return CaseDiminishing(course, tuple(found), _spread(told, gifts, start - course.notional_after))


def _gifts(policy: Policy, told: Mapping[str, Any]) -> list[tuple[int, int]]:
    """The place and the amount in pence of each item that counts as notional capital, in the order listed."""
    values = read(policy, complete(policy, told))
    if isinstance(values[_COUNTS], SomeItems):
        raise Refusal(Problem("capital", "is not told", "List what the person owns, and what was given away", LAW))
    found = []
    for place, (counts, amount) in enumerate(zip(values[_COUNTS], values[_AMOUNT], strict=True)):
        if _certain(counts, f"whether capital[{place}] counts"):
            found.append((place, _certain(amount, f"what capital[{place}] counts at")))
    return found


def _spread(told: Mapping[str, Any], gifts: list[tuple[int, int]], reduction: int) -> tuple[int | None, ...]:
    """``diminished_by`` of every item, once the gifts are reduced by so much more in the order listed."""
    count = len(told["capital.kind"])
    spread = list(told.get(_DIMINISHED_BY) or [0] * count)
    for place, amount in gifts:
        taken = min(amount, reduction)
        spread[place] += taken
        reduction -= taken
    return tuple(spread)


def _certain(value: Any, what: str) -> Any:
    if not isinstance(value, Unknown):
        return value
    missing = ", ".join(sorted(value.facts))
    raise Refusal(Problem("", f"{what} is not certain", f"Tell what is missing first: {missing}", LAW))

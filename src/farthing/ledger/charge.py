"""What a person is charged for a billing period: in each week the contribution or the cost of the care, whichever is less.

The rules behind each figure are the law's and are named by it (``charge_of_week``, ``contribution_of_week``,
``charge_for_part_week``, ``charge_for_weeks``, ``paid_into_account``, ``contribution_invoiced``, ``direct_payment_net``);
tests hold what is worked out here against them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from farthing.base.days import DAYS_IN_A_WEEK, in_words
from farthing.ledger.billing_periods import Stretch
from farthing.ledger.care import FOR_EVER, Care, Cost, TakenAs, cost_of


class CapPeriod(StrEnum):
    """Over what the charge is held to the cost of the care: each week, or the whole period. The council's policy says."""

    WEEK = "week"
    FOUR_WEEKS = "four_weeks"


class Undecided(ValueError):
    """Care was given on days for which nobody has decided what is to be paid."""

    def __init__(self, days: Stretch):
        super().__init__(f"nobody has decided what is paid for care from {in_words(days.first)} on")
        self.days = days


@dataclass(frozen=True, slots=True)
class Contribution:
    """The most a person pays a week, in pence, from a day on. ``weekly`` is None where they pay the full cost.

    ``decision`` names the decision it comes from. ``waived`` is what the council does not charge of each week.
    """

    since: int
    weekly: int | None
    decision: str
    waived: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """Days of a week under one decision, and the contribution for them; all seven days are the whole contribution."""

    days: Stretch
    charged_days: int
    decision: str
    weekly: int | None
    contribution: int
    waived: int = 0


@dataclass(frozen=True, slots=True)
class ChargedWeek:
    """One week. ``charge`` is what the person pays in all, less what is waived: ``into_account`` into their direct payment
    account and ``invoiced`` is invoiced. ``costs`` are of the services that may be charged for.
    """

    days: Stretch
    costs: tuple[Cost, ...]
    parts: tuple[Part, ...]
    cost: int
    direct_payment: int
    contribution: int
    charge: int
    into_account: int
    invoiced: int
    waived: int = 0

    @property
    def direct_payment_net(self) -> int:
        """What the council pays into the direct payment account."""
        return self.direct_payment - self.into_account


@dataclass(frozen=True, slots=True)
class Charge:
    """The charge for a stretch of days. ``invoiced_over_weeks`` is what is added to the invoiced sums of the weeks where
    the cost is looked at over all of them; ``charge``, ``into_account`` and ``invoiced`` hold it already.
    """

    days: Stretch
    weeks: tuple[ChargedWeek, ...]
    charge: int
    into_account: int
    invoiced: int
    invoiced_over_weeks: int = 0

    @property
    def direct_payment_net(self) -> int:
        """What the council pays into the direct payment account."""
        return sum(week.direct_payment for week in self.weeks) - self.into_account


def charge_for(
    care: Care, contributions: Sequence[Contribution], days: Stretch, *, cap: CapPeriod = CapPeriod.WEEK
) -> Charge:
    """The charge for a billing period, or for a part of one.

    ``contributions`` are in force from their days on, in order. Raises ``Undecided`` where care that may be charged for
    was given on a day before the first of them: nobody has decided what is to be paid, and nothing is guessed.
    """
    weeks = tuple(_week(care, contributions, week) for week in days.weeks())
    into_account, invoiced = sum(week.into_account for week in weeks), sum(week.invoiced for week in weeks)
    if cap is CapPeriod.WEEK:
        return Charge(days, weeks, into_account + invoiced, into_account, invoiced)
    cost, direct = sum(week.cost for week in weeks), sum(week.direct_payment for week in weeks)
    waived = sum(week.waived for week in weeks)
    charge = max(min(sum(week.contribution for week in weeks), cost) - waived, 0)
    into_account = _into_account(charge, direct, cost - direct)
    return Charge(days, weeks, charge, into_account, charge - into_account, charge - into_account - invoiced)


def _week(care: Care, contributions: Sequence[Contribution], days: Stretch) -> ChargedWeek:
    costs = _costs(care, days)
    direct = sum(each.cost for each in costs if each.service.taken_as is TakenAs.DIRECT_PAYMENT)
    cost = sum(each.cost for each in costs)
    parts = tuple(_parts(care, contributions, days))
    contribution = sum(part.contribution for part in parts)
    waived = sum(part.waived for part in parts)
    charge = max(min(contribution, cost) - waived, 0)
    into_account = _into_account(charge, direct, cost - direct)
    return ChargedWeek(
        days, costs, parts, cost, direct, contribution, charge, into_account, charge - into_account, waived
    )


def _into_account(charge: int, direct: int, arranged: int) -> int:
    """The contribution goes into the direct payment account if the direct payment is the larger; else it is invoiced."""
    return min(charge, direct) if direct > arranged else max(charge - arranged, 0)


def _costs(care: Care, days: Stretch) -> tuple[Cost, ...]:
    running = (each for each in care.services if each.is_chargeable and days.within(each.starts, each.ends))
    return tuple(cost_of(care, service, days) for service in running)


def _parts(care: Care, contributions: Sequence[Contribution], days: Stretch) -> Iterator[Part]:
    decided_from = contributions[0].since if contributions else FOR_EVER
    undecided = days.within(days.first, decided_from - 1)
    if undecided and any(each.cost for each in _costs(care, undecided)):
        raise Undecided(undecided)
    untils = [*(later.since - 1 for later in contributions[1:]), FOR_EVER]
    for each, until in zip(contributions, untils, strict=False):
        within = days.within(each.since, until)
        charged = sum(map(care.is_charged_on, range(within.first, within.last + 1))) if within else 0
        if within and charged:
            waived = -(-each.waived * charged // DAYS_IN_A_WEEK)  # part of a penny is never against the person
            contribution = _contribution(care, each, within, charged)
            yield Part(within, charged, each.decision, each.weekly, contribution, waived)


def _contribution(care: Care, contribution: Contribution, days: Stretch, charged_days: int) -> int:
    if contribution.weekly is None:
        return sum(each.cost for each in _costs(care, days))
    return contribution.weekly * charged_days // DAYS_IN_A_WEEK

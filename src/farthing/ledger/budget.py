"""A personal budget: what a week of the care that is planned costs, the person's part, and the council's part of it.

The Care Act 2014 s26 asks for the three amounts; parts are taken as a direct payment (s31), arranged by the council, or
held in an individual service fund.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from farthing.base.days import DAYS_IN_A_WEEK
from farthing.ledger.billing_periods import Stretch
from farthing.ledger.care import Care, Cost, TakenAs, cost_of
from farthing.ledger.charge import Contribution, charge_for


@dataclass(frozen=True, slots=True)
class BudgetPart:
    """A part that is taken in one way: the whole of it and what the person pays into it, in pence a week."""

    amount: int
    person_pays: int

    @property
    def council_pays(self) -> int:
        """What the council pays into it."""
        return self.amount - self.person_pays


@dataclass(frozen=True, slots=True)
class Budget:
    """The budget of the week that begins on a day. ``costs`` are of every service, charged for or not."""

    since: int
    costs: tuple[Cost, ...]
    parts: Mapping[TakenAs, BudgetPart]

    @property
    def total(self) -> int:
        """What the care costs."""
        return sum(part.amount for part in self.parts.values())

    @property
    def person_pays(self) -> int:
        """The person's part."""
        return sum(part.person_pays for part in self.parts.values())

    @property
    def council_pays(self) -> int:
        """The council's part."""
        return self.total - self.person_pays


def budget_for(care: Care, contributions: Sequence[Contribution], since: int) -> Budget:
    """The budget of the week that begins on a day, for the care as it is planned, with nothing stopped in it.

    Raises ``Undecided`` where nobody has decided what is paid for care in that week.
    """
    week = Stretch(since, since + DAYS_IN_A_WEEK - 1)
    planned = Care(tuple(replace(each, is_by_delivery=False) for each in care.services))
    costs = tuple(
        cost_of(planned, each, week) for each in planned.services if week.within(each.starts, each.ends) is not None
    )
    charge = charge_for(planned, contributions, week)
    amounts = {way: sum(each.cost for each in costs if each.service.taken_as is way) for way in TakenAs}
    arranged = min(charge.invoiced, amounts[TakenAs.ARRANGED])
    pays = {
        TakenAs.DIRECT_PAYMENT: charge.into_account,
        TakenAs.ARRANGED: arranged,
        TakenAs.FUND: charge.invoiced - arranged,
    }
    parts = {way: BudgetPart(amounts[way], pays[way]) for way in TakenAs if amounts[way]}
    return Budget(since, costs, parts)

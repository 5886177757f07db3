"""Which invoices and credit notes follow from what is charged now and what was invoiced before.

An invoice is never edited. Where what it charged is no longer right, a credit note mirrors the whole of it, and the same
days are invoiced anew, so that the two can be laid side by side line by line.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from farthing.base.days import DAYS_IN_A_WEEK
from farthing.ledger.billing_periods import Calendar
from farthing.ledger.charge import Charge

WEEKS_BACK_WITHOUT_APPROVAL = 8
"""A bill that reaches further back waits until somebody has approved and explained it, and offers instalments."""


@dataclass(frozen=True, slots=True)
class Issued:
    """An invoice as it was issued: its number, and the charge of each period on it by the period's number."""

    number: str
    charges: Mapping[int, Charge]


@dataclass(frozen=True, slots=True)
class Documents:
    """What is to be issued to a person: credit notes that mirror invoices, and one invoice of the charges of periods."""

    mirrored: tuple[Issued, ...]
    invoiced: Mapping[int, Charge]

    @property
    def total(self) -> int:
        """What the person owes more than before, in pence; below nought where they owe less."""
        taken_back = sum(charge.invoiced for each in self.mirrored for charge in each.charges.values())
        return sum(charge.invoiced for charge in self.invoiced.values()) - taken_back


def documents(
    charges: Mapping[int, Charge], issued: Sequence[Issued], *, until: int, retracted: Collection[str] = ()
) -> Documents:
    """What is to be issued for the periods up to the one numbered ``until``, that one with them.

    ``charges`` are those of every period with care in it, as they are known now. ``issued`` are the invoices that no
    credit note has mirrored yet, and ``retracted`` the numbers of those that are to be mirrored whatever they say.
    """
    mirrored = tuple(each for each in issued if each.number in retracted or _is_wrong(each, charges))
    standing = {number for each in issued if each not in mirrored for number in each.charges}
    invoiced = {
        number: charge for number, charge in sorted(charges.items()) if number <= until and number not in standing
    }
    return Documents(mirrored, invoiced)


def reaches_too_far_back(found: Documents, *, today: int) -> bool:
    """Whether it covers days more than eight weeks back, invoiced for the first time or otherwise than before."""
    before = {number: charge for each in found.mirrored for number, charge in each.charges.items()}
    changed = {
        day
        for number in {*before, *found.invoiced}
        for day, _ in {*_amounts(before.get(number))} ^ {*_amounts(found.invoiced.get(number))}
    }
    return any(day < today - WEEKS_BACK_WITHOUT_APPROVAL * DAYS_IN_A_WEEK for day in changed)


def may_be_invoiced(calendar: Calendar, care_starts: int, period: int) -> bool:
    """Whether the run of a period already sends an invoice to somebody whose care started on a day."""
    return period >= calendar.first_invoiced_in(care_starts)


def _is_wrong(issued: Issued, charges: Mapping[int, Charge]) -> bool:
    return any(_amounts(charge) != _amounts(charges.get(number)) for number, charge in issued.charges.items())


def _amounts(charge: Charge | None) -> tuple[tuple[int, int], ...]:
    """What each week is invoiced, and what is added over the weeks: all that makes an invoice right or wrong."""
    if charge is None:
        return ()
    weeks = tuple((week.days.first, week.invoiced) for week in charge.weeks if week.invoiced)
    return (*weeks, (charge.days.last, charge.invoiced_over_weeks)) if charge.invoiced_over_weeks else weeks

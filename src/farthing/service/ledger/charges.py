"""What people are charged over billing periods: their care and the decisions on them, put before the ledger's arithmetic."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from farthing.councils.billing import Billing, billing
from farthing.ledger.billing_periods import Stretch
from farthing.ledger.care import Care
from farthing.ledger.charge import Charge, Contribution, charge_for
from farthing.service.assessments.models import Decision
from farthing.service.care.selectors import cares_of
from farthing.service.people.models import Person

NOTHING_DECIDED = 0


def policy() -> Billing:
    """How the council bills: its calendar of four weeks, and what stops a charge. Raises ``Refusal`` where it has none."""
    return billing(settings.FARTHING_COUNCIL)


@dataclass(frozen=True, slots=True)
class Known:
    """All that a person's charge over some days follows from. ``decision`` is the key of the newest decision, or nought."""

    care: Care
    contributions: tuple[Contribution, ...]
    decision: int

    def charges(self, policy: Billing, periods: Iterable[int]) -> dict[int, Charge]:
        """The charge of each period that has care to charge for, by its number. Raises ``Undecided`` as ``charge_for`` does."""
        days = policy.calendar.period
        found = {number: charge_for(self.care, self.contributions, days(number), cap=policy.cap) for number in periods}
        return {number: charge for number, charge in found.items() if any(week.costs for week in charge.weeks)}


def known_of(people: Sequence[Person], days: Stretch, policy: Billing) -> dict[int, Known]:
    """What is known of people's care and contributions over some days, by their keys, in a handful of queries."""
    cares = cares_of(people, days, stopping=policy.stopped_by)
    decided = contributions_of(people)
    return {person.pk: Known(cares[person.pk], *decided.get(person.pk, ((), NOTHING_DECIDED))) for person in people}


def contributions_of(people: Iterable[Person]) -> Mapping[int, tuple[tuple[Contribution, ...], int]]:
    """What the decisions on people make the most they pay from which day on, with the key of the newest, by person.

    A later decision stands from its own day on, whatever an earlier one said of those days.
    """
    columns = (
        "person", "id", "reference", "effective_from", "maximum_weekly_contribution", "weekly_charge", "pays_full_cost",
        "waived",
    )  # fmt: skip
    rows = Decision.objects.filter(person__in=list(people)).order_by("id").values_list(*columns)
    found: dict[int, list[Contribution]] = defaultdict(list)
    newest: dict[int, int] = {}
    for person, key, reference, effective_from, most, charge, is_full_cost, waived in rows:
        since = effective_from.toordinal()
        weekly = None if is_full_cost else charge + waived if most is None else most
        earlier = [each for each in found[person] if each.since < since]
        found[person] = [*earlier, Contribution(since, weekly, reference, waived)]
        newest[person] = key
    return {person: (tuple(each), newest[person]) for person, each in found.items()}

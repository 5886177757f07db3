"""What should be paid: the charges of care taken as a direct payment, on the days an agreement runs. Nothing is kept here."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Max, QuerySet

from farthing.base.days import DAYS_IN_A_WEEK
from farthing.base.money import shown
from farthing.base.refusal import Problem, Refusal
from farthing.councils.billing import Billing
from farthing.ledger.billing_periods import Stretch
from farthing.ledger.care import FOR_EVER, Break, Care, TakenAs, Why
from farthing.ledger.charge import Undecided, charge_for
from farthing.ledger.posting import Key, Reason, should_be
from farthing.service.direct_payments.models import Agreement, AgreementStep, StepKind
from farthing.service.ledger.charges import Known, known_of
from farthing.service.people.models import Person


@dataclass(frozen=True, slots=True)
class UsualWeek:
    """A usual week, in pence: the whole of the direct payment, what the person pays into the account, what the council does."""

    gross: int
    contribution: int
    net: int


def usual_week(person: Person, since: date, policy: Billing) -> UsualWeek:
    """A week of the care as planned from a day on, without stays in hospital and the like.

    Raises ``Refusal`` where no care that may be charged for is taken as a direct payment, where nobody has decided what is to
    be paid, and where the contribution is as much as the care costs.
    """
    week = Stretch(since.toordinal(), since.toordinal() + DAYS_IN_A_WEEK - 1)
    known = known_of([person], week, policy)[person.pk]
    services = tuple(replace(each, is_by_delivery=False) for each in known.care.services)
    try:
        charge = charge_for(Care(services), known.contributions, week)
    except Undecided as undecided:
        raise Refusal(Problem("starts_on", str(undecided), "Decide what is to be paid first")) from undecided
    gross = sum(each.direct_payment for each in charge.weeks)
    if not gross:
        say = "Plan a service as a direct payment, and tell the person what it costs"
        raise Refusal(Problem("starts_on", "is a day without care taken as a direct payment", say))
    net = charge.direct_payment_net
    if net <= 0:
        problem = f"would leave nothing to pay: the contribution is as much as the {shown(gross)} a week"
        raise Refusal(Problem("agreement", problem, "No direct payment is made (Care Act 2014 s31)"))
    return UsualWeek(gross, charge.into_account, net)


def newest_agreements() -> QuerySet[Agreement]:
    """Of each person the agreement that was signed last."""
    newest = Agreement.objects.filter(signing__isnull=False).values("person").annotate(signed=Max("signing__id"))
    return Agreement.objects.filter(signing__in=newest.order_by().values("signed"))


def running_days(people: Iterable[Person]) -> dict[int, tuple[Stretch, ...]]:
    """The days on which a signed agreement runs, by person. A later agreement stands from its own day on."""
    agreements = Agreement.objects.filter(person__in=list(people), signing__isnull=False).order_by("signing__id")
    steps = defaultdict(list)
    for step in AgreementStep.objects.filter(agreement__in=agreements).order_by("id"):
        steps[step.agreement_id].append(step)
    found: dict[int, tuple[Stretch, ...]] = {}
    for each in agreements:
        starts = each.starts_on.toordinal()
        earlier = (days.within(0, starts - 1) for days in found.get(each.person_id, ()))
        found[each.person_id] = (*filter(None, earlier), *_runs(starts, steps[each.pk]))
    return found


def should_be_paid(
    person: str, known: Known, running: Sequence[Stretch], policy: Billing, periods: Collection[int]
) -> dict[Key, int]:
    """What should stand posted as direct payments for a person, by its reference. Raises ``Undecided``.

    Care that is taken as a direct payment costs nothing on the days no agreement runs.
    """
    on_hold = replace(known, care=replace(known.care, breaks=(*known.care.breaks, *_outside(known.care, running))))
    should = should_be(person, on_hold.charges(policy, periods).values())
    return {key: amount for key, amount in should.items() if key.reason is Reason.DIRECT_PAYMENT}


def _outside(care: Care, running: Sequence[Stretch]) -> list[Break]:
    services = {each.reference for each in care.services if each.taken_as is TakenAs.DIRECT_PAYMENT}
    firsts = [1, *(days.last + 1 for days in running)]
    lasts = [*(days.first - 1 for days in running), FOR_EVER]
    between = [Stretch(first, last) for first, last in zip(firsts, lasts, strict=True) if first <= last]
    return [Break(Why.HOLD, days, service) for service in services for days in between]


def _runs(starts: int, steps: Iterable[AgreementStep]) -> list[Stretch]:
    """The days an agreement runs, by its steps, each of which is later than the one before."""
    found, first = [], starts
    is_running = True
    for step in steps:
        since = step.since.toordinal()
        if is_running and step.kind != StepKind.RESUMED:
            if since > first:
                found.append(Stretch(first, since - 1))
            is_running = False
        elif step.kind == StepKind.RESUMED:
            first, is_running = since, True
    return [*found, Stretch(first, FOR_EVER)] if is_running else found


def in_order(running: Mapping[int, tuple[Stretch, ...]], person: Person) -> tuple[Stretch, ...]:
    """A person's running days, the earliest first."""
    return tuple(sorted(running.get(person.pk, ())))

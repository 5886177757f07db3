"""Agreements offered, signed, paused, let go on and ended on any day. Rows are added; none is ever changed.

A change of agreement is another agreement: once it is signed it stands from its own day on. While one is paused, the care
taken as a direct payment is on hold, so that what is charged for it stops as well.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from farthing.base.days import in_words
from farthing.base.refusal import Problem, Refusal
from farthing.councils.billing import billing
from farthing.service.access.models import Account
from farthing.service.audit.services import record
from farthing.service.care import services as care
from farthing.service.care.models import Service, Stop, StopReason, TakenAs
from farthing.service.clock import day_of
from farthing.service.correspondence.services import send, write
from farthing.service.direct_payments.amounts import usual_week
from farthing.service.direct_payments.letter_fields import agreement_fields
from farthing.service.direct_payments.models import (
    Agreement,
    AgreementStep,
    DedicatedAccount,
    DirectPaymentRequest,
    ManagedBy,
    RequestState,
    Signing,
    StepKind,
)
from farthing.service.direct_payments.services import too_short
from farthing.service.people.models import LetterForm, Person


def offer(
    request: DirectPaymentRequest,
    *,
    starts_on: date,
    spent_on: Sequence[str],
    account: DedicatedAccount,
    surplus_weeks: int,
    by: Account,
    at: datetime,
) -> Agreement:
    """Offer an agreement from a day on, or a change of the one that runs, and send the letter that is to be signed.

    ``spent_on`` is what the plan lets it be spent on, a line each. ``surplus_weeks`` is the council's: how many weeks of the
    direct payment may stay in the account. Raises ``Refusal`` with everything that stands in the way.
    """
    person = Person.objects.get(pk=request.person_id)
    lines = [line.strip() for line in spent_on if line.strip()]
    problems = list(_in_the_way(request, person, account, lines, surplus_weeks))
    if problems:
        raise Refusal(*problems)
    week = usual_week(person, starts_on, billing(settings.FARTHING_COUNCIL))
    with transaction.atomic():
        agreement = Agreement.objects.create(
            person=person, request=request, account=account, parties=_parties(request, person, by), spent_on=lines,
            starts_on=starts_on, gross=week.gross, contribution=week.contribution, net=week.net,
            surplus_weeks=surplus_weeks, offered_by=by, offered_at=at,
        )  # fmt: skip
        form = LetterForm.STANDARD if person.letters_as == LetterForm.STANDARD else LetterForm.LARGE_PRINT
        letter = write(
            "direct_payment_agreement", person=person, cause=f"agreement {agreement.reference}",
            fields=agreement_fields(agreement, on=day_of(at)), form=form, at=at, by=by.actor,
        )  # fmt: skip
        send(letter, at=at, by=by.actor)
        _tell("direct payment agreement offered", agreement, by, at)
    return agreement


def sign(agreement: Agreement, *, signed_on: date, evidence: str, by: Account, at: datetime) -> Signing:
    """Record that all parties have signed, and where the paper is: it is paid from its first day on.

    Raises ``Refusal`` without the paper, for a day to come, after a death, and where it is signed or overtaken already.
    """
    problems = []
    if not evidence.strip():
        problems.append(Problem("evidence", "is empty", "Give the reference of the signed paper"))
    if not day_of(agreement.offered_at) <= signed_on <= day_of(at):
        problems.append(
            Problem("signed_on", "is before it was offered, or still to come", "Check the day on the paper")
        )
    if problems:
        raise Refusal(*problems)
    try:
        with transaction.atomic():
            person = _held(agreement)
            if person.died_on:
                raise Refusal(Problem("person", "has died", "Nothing is paid for days after a death"))
            newer = Agreement.objects.filter(person=person, pk__gt=agreement.pk, signing__isnull=False)
            if newer.exists():
                raise Refusal(Problem("agreement", "was overtaken by a later one", "Offer another"))
            signing = Signing.objects.create(
                agreement=agreement, signed_on=signed_on, evidence=evidence.strip(), recorded_by=by, recorded_at=at
            )
            care.changed_from({person.pk: agreement.starts_on})
            _tell("direct payment agreement signed", agreement, by, at)
    except IntegrityError as error:
        raise Refusal(Problem("agreement", "is signed already", "Look at it again")) from error
    return signing


def pause(agreement: Agreement, *, since: date, reason: str, by: Account, at: datetime) -> AgreementStep:
    """Pay nothing for the days from ``since`` on. Raises ``Refusal`` where the agreement does not run then, or no reason."""
    with transaction.atomic():
        person = _held(agreement)
        _refuse(agreement, StepKind.PAUSED, since, reason)
        stops = _put_on_hold(person, since, _overtaken_from(agreement), by, at)
        step = _step(agreement, StepKind.PAUSED, since, reason, by, at, stops)
        _tell("direct payment paused", agreement, by, at)
    return step


def resume(agreement: Agreement, *, since: date, reason: str, by: Account, at: datetime) -> AgreementStep:
    """Pay for the days from ``since`` on again. Raises ``Refusal`` where it is not paused, or since a later day."""
    with transaction.atomic():
        _held(agreement)
        last = _refuse(agreement, StepKind.RESUMED, since, reason)
        stops = Stop.objects.filter(pk__in=last.stops if last else (), first__lt=since)
        for stop in stops.filter(Q(last=None) | Q(last__gte=since)):
            care.care_goes_on(stop, last=since - timedelta(1), by=by, at=at)
        step = _step(agreement, StepKind.RESUMED, since, reason, by, at)
        _tell("direct payment resumed", agreement, by, at)
    return step


def end(agreement: Agreement, *, last: date, reason: str, by: Account, at: datetime) -> AgreementStep:
    """End an agreement: ``last`` is the last day it pays for. The care taken by it ends with it, to be planned anew.

    Raises ``Refusal`` where it does not run then, has ended already, or without a reason.
    """
    since = last + timedelta(1)
    with transaction.atomic():
        person = _held(agreement)
        _refuse(agreement, StepKind.ENDED, since, reason)
        if later := _overtaken_from(agreement):
            _put_on_hold(person, since, later, by, at)
        else:
            for service in _taken(person, since):
                if service.starts_on <= last:
                    care.end_service(service, last, by=by, at=at, version=service.version)
                else:
                    care.stop_care(person, StopReason.HOLD, first=service.starts_on, service=service, by=by, at=at)
        step = _step(agreement, StepKind.ENDED, since, reason, by, at)
        _tell("direct payment ended", agreement, by, at)
    return step


def _in_the_way(
    request: DirectPaymentRequest, person: Person, account: DedicatedAccount, lines: Sequence[str], surplus_weeks: int
) -> list[Problem]:
    problems = []
    if request.state != RequestState.GRANTED:
        problems.append(Problem("request", "is not granted", "Decide it by the conditions first"))
    if person.died_on:
        problems.append(Problem("person", "has died", "Nothing is paid for days after a death"))
    if account.person_id != person.pk:
        problems.append(Problem("account", "is somebody else's", "Choose the account kept for this person"))
    if not lines:
        problems.append(
            Problem("spent_on", "is empty", "Say what the plan lets it be spent on", "Care Act 2014 s33(3)")
        )
    if surplus_weeks < 1:
        problems.append(Problem("surplus_weeks", "is below one", "Give how many weeks may stay in the account"))
    current = Agreement.objects.filter(person=person, signing__isnull=False).order_by("signing__id").last()
    step = current and current.steps.order_by("id").last()
    if step and step.kind == StepKind.PAUSED:
        problems.append(Problem("agreement", "is paused", "Let it go on, or end it, before you offer another"))
    return problems


def _parties(request: DirectPaymentRequest, person: Person, by: Account) -> list[dict[str, str]]:
    """Who signs: the person, unless somebody authorised signs in their place; the receiver; the council."""
    own = [{"role": "Who needs the care", "name": person.full_name}]
    other = [{"role": "Who receives the payment", "name": request.receiver}]
    council = [{"role": "For the council", "name": by.name or by.email}]
    match request.managed_by:
        case ManagedBy.PERSON:
            return own + council
        case ManagedBy.NOMINEE:
            return own + other + council
    return other + council


def _refuse(agreement: Agreement, kind: StepKind, since: date, reason: str) -> AgreementStep | None:
    """The last step, where another of a kind may follow it from a day on. Raises ``Refusal`` where it may not."""
    problems = too_short(reason)
    last = agreement.steps.order_by("id").last()
    if not Signing.objects.filter(agreement=agreement).exists():
        raise Refusal(*problems, Problem("agreement", "is not signed", "Record first that it is"))
    if (last.kind if last else StepKind.RESUMED) not in _AFTER[kind]:
        says = last.get_kind_display().lower() if last else "running"
        problems.append(Problem("agreement", f"cannot be so, for it is {says}", "Look at it again"))
    first, later = last.since + timedelta(1) if last else agreement.starts_on, _overtaken_from(agreement)
    if since < first:
        problems.append(Problem("since", f"is before {in_words(first.toordinal())}", "Give that day or a later one"))
    if later and since >= later:
        problem = f"is not before {in_words(later.toordinal())}, when a later agreement begins"
        problems.append(Problem("since", problem, "Give an earlier day, or look at the later agreement"))
    if problems:
        raise Refusal(*problems)
    return last


_AFTER = {
    StepKind.PAUSED: (StepKind.RESUMED,),
    StepKind.RESUMED: (StepKind.PAUSED,),
    StepKind.ENDED: (StepKind.RESUMED, StepKind.PAUSED),
}
"""After which steps another may come. An agreement that is signed runs until a step says otherwise."""


def _overtaken_from(agreement: Agreement) -> date | None:
    """The day from which a later agreement stands; None where there is none."""
    later = Agreement.objects.filter(person=agreement.person_id, signing__id__gt=agreement.signing.pk)
    return min((each.starts_on for each in later), default=None)


def _put_on_hold(person: Person, since: date, until: date | None, by: Account, at: datetime) -> list[int]:
    """Hold the care taken as a direct payment from a day on, until a later agreement stands. Gives the keys of the stops."""
    last = until - timedelta(1) if until else None
    found = []
    for service in _taken(person, since):
        first = max(since, service.starts_on)
        if last is None or first <= last:
            stop = care.stop_care(person, StopReason.HOLD, first=first, last=last, service=service, by=by, at=at)
            found.append(stop.pk)
    return found


def _taken(person: Person, since: date) -> list[Service]:
    """The services of a person taken as a direct payment that go on, or begin, on a day or later."""
    services = Service.objects.filter(person=person, taken_as=TakenAs.DIRECT_PAYMENT)
    return list(services.filter(Q(ends_on=None) | Q(ends_on__gte=since)).order_by("pk"))


def _step(
    agreement: Agreement, kind: StepKind, since: date, reason: str, by: Account, at: datetime, stops: Sequence[int] = ()
) -> AgreementStep:
    step = AgreementStep.objects.create(
        agreement=agreement, kind=kind, since=since, reason=reason.strip(), stops=list(stops), by=by, at=at
    )
    care.changed_from({agreement.person_id: since})
    return step


def _held(agreement: Agreement) -> Person:
    """The person, whose agreements nobody else changes until the transaction ends."""
    return Person.objects.select_for_update().get(pk=agreement.person_id)


def _tell(action: str, agreement: Agreement, by: Account, at: datetime) -> None:
    about = agreement.person.reference
    record(action=action, actor=by.actor, about=about, at=at, agreement=agreement.reference)

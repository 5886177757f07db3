"""Asking for direct payments, and deciding by the conditions of the law."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from farthing.base.refusal import Problem, Refusal
from farthing.service.access.models import Account
from farthing.service.audit.services import record
from farthing.service.direct_payments.conditions import ManagedBy, not_met
from farthing.service.direct_payments.models import DirectPaymentRequest, RequestState
from farthing.service.people.models import Person


def ask(
    person: Person,
    *,
    managed_by: ManagedBy = ManagedBy.PERSON,
    receiver: str = "",
    receiver_address: str = "",
    receiver_agreed_on: date | None = None,
    says: str = "",
    by: Account,
    at: datetime,
) -> DirectPaymentRequest:
    """Ask for direct payments for a person. ``receiver`` is the nominee or the authorised person, and when they agreed.

    Raises ``Refusal`` with everything that is missing, and while another request waits.
    """
    problems = []
    if person.died_on:
        problems.append(Problem("person", "has died", "Nothing is paid for days after a death"))
    if managed_by is not ManagedBy.PERSON:
        if not receiver.strip():
            problems.append(Problem("receiver", "is empty", "Say who would receive the payments"))
        if not receiver_address.strip():
            problems.append(Problem("receiver_address", "is empty", "Say where to write to them"))
        if receiver_agreed_on is None:
            problems.append(Problem("receiver_agreed_on", "is empty", "Say on which day they agreed in writing"))
    if problems:
        raise Refusal(*problems)
    is_own = managed_by is ManagedBy.PERSON
    try:
        with transaction.atomic():
            request = DirectPaymentRequest.objects.create(
                person=person, managed_by=managed_by, receiver="" if is_own else receiver.strip(),
                receiver_address="" if is_own else receiver_address.strip(),
                receiver_agreed_on=None if is_own else receiver_agreed_on, says=says.strip(), asked_by=by, asked_at=at,
            )  # fmt: skip
            record(action="direct payment asked for", actor=by.actor, about=person.reference, at=at,
                   request=request.reference)  # fmt: skip
    except IntegrityError as error:
        raise Refusal(Problem("request", "waits already", "Decide it, or withdraw it, before another")) from error
    return request


def decide(
    request: DirectPaymentRequest, answers: Mapping[str, bool], *, says: str = "", by: Account, at: datetime
) -> bool:
    """Decide a request by the conditions: granted if all are met, else not, with a reason for each. Gives which.

    ``says`` is what the officer adds. Raises ``Refusal`` for an answer that is missing, and where it was decided already.
    """
    missing = not_met(ManagedBy(request.managed_by), answers)
    if not missing and not request.person.needs_outcomes.filter(is_eligible=True).exists():
        say = "Record the needs assessment first, or answer that there is no personal budget"
        raise Refusal(Problem("needs", "are not recorded as eligible", say, "Care Act 2014 s31(1)"))
    reasons = [f"{each.otherwise} ({each.law})" for each in missing] + ([says.strip()] if says.strip() else [])
    state = RequestState.DECLINED if missing else RequestState.GRANTED
    with transaction.atomic():
        _move(request, state, answers=dict(answers), reasons=reasons, decided_by=by, decided_at=at)
        record(action=f"direct payment {state}", actor=by.actor, about=request.person.reference, at=at,
               request=request.reference)  # fmt: skip
    return not missing


def withdraw(request: DirectPaymentRequest, *, by: Account, at: datetime) -> None:
    """Take a request back before it is decided. Raises ``Refusal`` where it was decided."""
    with transaction.atomic():
        _move(request, RequestState.WITHDRAWN)
        record(action="direct payment request withdrawn", actor=by.actor, about=request.person.reference, at=at,
               request=request.reference)  # fmt: skip


def _move(request: DirectPaymentRequest, state: RequestState, **changed: object) -> None:
    if not DirectPaymentRequest.objects.filter(pk=request.pk, state=RequestState.ASKED).update(state=state, **changed):
        request.refresh_from_db()
        problem = f"does not wait to be decided: {request.get_state_display().lower()}"
        raise Refusal(Problem("request", problem, "Ask anew"))
    request.refresh_from_db()

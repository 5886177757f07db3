"""Payments made once: to start with, or for one purpose. One member of staff asks, another approves."""

from datetime import datetime

from django.db import transaction

from farthing.base.refusal import Problem, Refusal
from farthing.ledger.posting import Key, Reason, entry
from farthing.service.access.models import Account
from farthing.service.audit.services import record
from farthing.service.clock import day_of
from farthing.service.direct_payments.models import Agreement, Signing, SinglePayment, SinglePaymentKind
from farthing.service.direct_payments.services import too_short
from farthing.service.ledger.services import post
from farthing.service.people.models import Person


def ask_once(
    agreement: Agreement, *, kind: SinglePaymentKind, amount: int, reason: str, by: Account, at: datetime
) -> SinglePayment:
    """Ask for a payment of ``amount`` pence made once. Raises ``Refusal`` without a reason or for nothing."""
    problems = too_short(reason)
    if amount <= 0:
        problems.append(Problem("amount", "is not above nought", "Give what is to be paid"))
    if problems:
        raise Refusal(*problems)
    with transaction.atomic():
        payment = SinglePayment.objects.create(
            agreement=agreement, kind=kind, amount=amount, reason=reason.strip(), asked_by=by, asked_at=at
        )
        record(action="single payment asked for", actor=by.actor, about=agreement.person.reference, at=at,
               payment=payment.reference)  # fmt: skip
    return payment


def approve_once(payment: SinglePayment, *, by: Account, at: datetime) -> None:
    """Approve a payment made once: it is due from now on, and paid with the next run.

    Raises ``Refusal`` for whoever asked for it, before the agreement is signed, after a death, and a second time.
    """
    person = Person.objects.get(pk=payment.agreement.person_id)
    problems = []
    if by.pk == payment.asked_by_id:
        problems.append(Problem("payment", "was asked for by you", "Let somebody else approve it"))
    if not Signing.objects.filter(agreement=payment.agreement_id).exists():
        problems.append(Problem("agreement", "is not signed", "Record first that it is"))
    if person.died_on:
        problems.append(Problem("person", "has died", "Settle it with the estate"))
    if problems:
        raise Refusal(*problems)
    with transaction.atomic():
        if not SinglePayment.objects.filter(pk=payment.pk, approved_at=None).update(approved_by=by, approved_at=at):
            raise Refusal(Problem("payment", "was approved already", "Look at it again"))
        day = day_of(at).toordinal()
        key = Key(person.reference, Reason.ONE_OFF_PAYMENT, day, day, payment.reference)
        post([(entry(key, payment.amount), payment.reference)], {person.reference: person.pk}, at=at, by=by.actor)
        record(action="single payment approved", actor=by.actor, about=person.reference, at=at,
               payment=payment.reference)  # fmt: skip
    payment.refresh_from_db()

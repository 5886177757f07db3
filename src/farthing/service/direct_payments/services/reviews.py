"""Returns of the account, spending the plan does not allow, surpluses reclaimed by agreement, and reviews."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from farthing.base.days import in_words
from farthing.base.money import shown
from farthing.base.refusal import Problem, Refusal
from farthing.ledger.posting import Key, Reason, entry
from farthing.service.access.models import Account
from farthing.service.audit.services import record
from farthing.service.direct_payments.models import AccountReturn, Reclaim, Review, SpendingNotAllowed
from farthing.service.direct_payments.reckoning import surplus
from farthing.service.direct_payments.services import too_short
from farthing.service.ledger.services import post
from farthing.service.people.models import Person


def record_return(
    person: Person,
    *,
    first: date,
    last: date,
    opening: int,
    paid_in: int,
    paid_out: int,
    closing: int,
    evidence: str,
    received_on: date,
    by: Account,
    at: datetime,
) -> AccountReturn:
    """Record what the dedicated account did from ``first`` to ``last``, in pence, with the reference of the evidence.

    Raises ``Refusal`` with everything that is wrong, also where the balances and what was paid do not agree.
    """
    problems = []
    if last < first:
        problems.append(Problem("last", "is before the first day", "Give a later day"))
    if min(paid_in, paid_out) < 0:
        problems.append(
            Problem("paid_in", "or what was paid out is below nought", "Give both as they are on the statement")
        )
    if (should := opening + paid_in - paid_out) != closing:
        problem = f"is {shown(closing)}, and what was paid in and out makes it {shown(should)}"
        problems.append(Problem("closing", problem, "Check all four against the statements"))
    if not evidence.strip():
        problems.append(Problem("evidence", "is empty", "Give the reference of the statements"))
    if problems:
        raise Refusal(*problems)
    with transaction.atomic():
        found = AccountReturn.objects.create(
            person=person, first=first, last=last, opening=opening, paid_in=paid_in, paid_out=paid_out, closing=closing,
            evidence=evidence.strip(), received_on=received_on, recorded_by=by, recorded_at=at,
        )  # fmt: skip
        record(action="account return recorded", actor=by.actor, about=person.reference, at=at,
               account_return=found.pk)  # fmt: skip
    return found


def record_not_allowed(
    account_return: AccountReturn, *, amount: int, reason: str, by: Account, at: datetime
) -> SpendingNotAllowed:
    """Record spending in a return that the plan does not allow. Raises ``Refusal`` without a reason, or above what was paid."""
    problems = too_short(reason)
    if not 0 < amount <= account_return.paid_out:
        problem = f"does not lie between a penny and the {shown(account_return.paid_out)} paid out"
        problems.append(Problem("amount", problem, "Check it against the statements"))
    if problems:
        raise Refusal(*problems)
    with transaction.atomic():
        found = SpendingNotAllowed.objects.create(
            account_return=account_return, amount=amount, reason=reason.strip(), recorded_by=by, recorded_at=at
        )
        record(action="spending not allowed recorded", actor=by.actor, about=account_return.person.reference, at=at,
               account_return=account_return.pk)  # fmt: skip
    return found


def agree_reclaim(
    account_return: AccountReturn,
    *,
    amount: int,
    gross: int,
    weeks: int,
    agreed_with: str,
    agreed_on: date,
    by: Account,
    at: datetime,
) -> Reclaim:
    """Reclaim a surplus, as agreed: the person owes it from now on.

    ``gross`` is the whole direct payment of a week in pence, ``weeks`` how many of them may stay in the account. Raises
    ``Refusal`` above the surplus, without whoever agreed, before the return came, and for a return reclaimed from already.
    """
    most = surplus(account_return.closing, gross=gross, weeks=weeks)
    problems = []
    if not 0 < amount <= most:
        problem = f"does not lie between a penny and the surplus of {shown(most)}"
        problems.append(Problem("amount", problem, f"Leave {weeks} weeks of {shown(gross)} in the account"))
    if not agreed_with.strip():
        problems.append(Problem("agreed_with", "is empty", "Say who agreed to pay it back"))
    if agreed_on < account_return.received_on:
        problem = f"is before the return came on {in_words(account_return.received_on.toordinal())}"
        problems.append(Problem("agreed_on", problem, "Agree it once the account is known"))
    if problems:
        raise Refusal(*problems)
    person = account_return.person
    try:
        with transaction.atomic():
            found = Reclaim.objects.create(
                account_return=account_return, amount=amount, agreed_with=agreed_with.strip(), agreed_on=agreed_on,
                recorded_by=by, recorded_at=at,
            )  # fmt: skip
            first, last = account_return.first.toordinal(), account_return.last.toordinal()
            key = Key(person.reference, Reason.SURPLUS_RECLAIMED, first, last, found.reference)
            post([(entry(key, amount), found.reference)], {person.reference: person.pk}, at=at, by=by.actor)
            record(action="surplus reclaimed", actor=by.actor, about=person.reference, at=at, reclaim=found.reference)
    except IntegrityError as error:
        raise Refusal(Problem("account_return", "was reclaimed from already", "Wait for the next return")) from error
    return found


def record_review(
    person: Person, *, held_on: date, is_appropriate: bool, says: str, by: Account, at: datetime
) -> Review:
    """Record a review of whether direct payments are right for somebody (SI 2014/2871 reg 7).

    Ending them is a step of its own. Raises ``Refusal`` without what was found.
    """
    if problems := too_short(says, "says"):
        raise Refusal(*problems)
    with transaction.atomic():
        found = Review.objects.create(
            person=person, held_on=held_on, is_appropriate=is_appropriate, says=says.strip(), by=by, at=at
        )
        record(action="direct payment reviewed", actor=by.actor, about=person.reference, at=at,
               appropriate=is_appropriate)  # fmt: skip
    return found

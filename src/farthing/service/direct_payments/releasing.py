"""Releasing a payment run: postings, payments and accounts, a chunk of people in one transaction; then the file.

Stopped at any instant and run again it goes on with the next chunk, and then with the file: it is made in the transaction
that closes the run, and put into its folder from what is kept.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from farthing.ledger.posting import Account, Key, Reason, entry
from farthing.service.audit.services import Entry, record_many
from farthing.service.direct_payments import files
from farthing.service.direct_payments.drafting import checked_accounts, postings_of
from farthing.service.direct_payments.models import LineState, Payment, PaymentAccount, PaymentRun, RunLine, RunState
from farthing.service.jobs.services import Advance
from farthing.service.ledger.seen import newest_of
from farthing.service.ledger.selectors import balances_of
from farthing.service.ledger.services import post

CHUNK = 50
"""People released in one transaction: other people's work waits no longer than it takes."""

SEEN = ("paid_until", "seen_change", "seen_decision", "died_on")
"""What an account knows of the payments before the next."""


def release(run: PaymentRun, *, now: Callable[[], datetime], advance: Advance) -> None:
    """Release what is not released yet of a run, and make its file. Done again, it goes on, and pays nothing twice."""
    total = run.lines.filter(state__in=(LineState.READY, LineState.RELEASED)).count()
    while True:
        with transaction.atomic():
            standing = PaymentRun.objects.select_for_update().get(pk=run.pk)  # whoever else releases it waits here
            if standing.state != RunState.RELEASING:
                break
            waiting = run.lines.filter(state=LineState.READY).select_related("person", "account").order_by("person")
            lines = list(waiting[:CHUNK])
            if lines:
                _Chunk(standing, now()).release(lines)
            else:
                _close(standing, now())
        advance(run.lines.filter(state=LineState.RELEASED).count(), total)
    files.put_in_place(standing)
    run.refresh_from_db()


def payment_of(run: PaymentRun, line: RunLine, position: int) -> Payment:
    """The payment of a line, the one of that position in its run. Its reference says nothing of whom it is for."""
    return Payment(
        run=run, person=line.person, account=line.account, reference=f"{run.name}-{position:06}", amount=line.pays
    )


def _close(run: PaymentRun, at: datetime) -> None:
    made = files.make(run)
    run.state, run.is_open, run.released_at = RunState.RELEASED, False, at
    run.save(update_fields=["state", "is_open", "released_at"])
    if made:
        by = run.released_by.actor if run.released_by else ""
        record_many([Entry("payment file made", by, at, run.reference, {"file": run.name, "digest": made.digest})])


class _Chunk:
    """The people released in one transaction."""

    def __init__(self, run: PaymentRun, at: datetime):
        self._run, self._at = run, at
        self._by = run.released_by.actor if run.released_by else ""

    def release(self, lines: Sequence[RunLine]) -> None:
        """Post and pay what lines say, but for people of whom more is known by now."""
        going = self._still_right(lines)
        payments = self._payments(going)
        self._post(going, payments)
        self._accounts(going)
        record_many(
            Entry("direct payment made", self._by, self._at, each.person.reference, {"payment": each.reference})
            for each in payments
        )
        for line in going:
            line.state = LineState.RELEASED
        for state in {line.state for line in lines}:
            RunLine.objects.filter(pk__in=[line.pk for line in lines if line.state == state]).update(state=state)

    def _still_right(self, lines: Sequence[RunLine]) -> list[RunLine]:
        people = [line.person for line in lines]
        newest = newest_of(people)
        accounts, balances = checked_accounts(people), balances_of(people, Account.DIRECT_PAYMENT_DUE)
        for line in lines:
            key = line.person_id
            account = accounts.get(key)
            known = (*newest[key], line.person.died_on, balances[key], account.pk if account else None)
            if known != (line.seen_change, line.seen_decision, line.died_on, line.balance, line.account_id):
                line.state = LineState.CHANGED
        return [line for line in lines if line.state == LineState.READY]

    def _payments(self, lines: Sequence[RunLine]) -> list[Payment]:
        made = self._run.payments.count()
        paid = [line for line in lines if line.pays]
        payments = [payment_of(self._run, line, position) for position, line in enumerate(paid, made + 1)]
        return Payment.objects.bulk_create(payments)

    def _post(self, lines: Sequence[RunLine], payments: Sequence[Payment]) -> None:
        people = {line.person.reference: line.person_id for line in lines}
        day = self._run.pays_on.toordinal() if self._run.pays_on else 0
        entries = [each for line in lines for each in postings_of(line)]
        entries += [
            entry(Key(each.person.reference, Reason.PAID_OUT, day, day, each.reference), each.amount)
            for each in payments
        ]
        post(((each, self._run.name) for each in entries), people, at=self._at, by=self._by)

    def _accounts(self, lines: Sequence[RunLine]) -> None:
        kept = PaymentAccount.objects.filter(person__in=[line.person_id for line in lines])
        accounts = {account.person_id: account for account in kept}
        for line in lines:
            account = accounts.setdefault(line.person_id, PaymentAccount(person_id=line.person_id))
            account.paid_until = max(account.paid_until, self._run.period)
            account.seen_change, account.seen_decision = line.seen_change, line.seen_decision
            account.died_on = line.died_on
        PaymentAccount.objects.bulk_create(
            [PaymentAccount(**{name: getattr(account, name) for name in ("person_id", *SEEN)}) for account in accounts.values()],
            update_conflicts=True, unique_fields=["person"], update_fields=SEEN,
        )  # fmt: skip

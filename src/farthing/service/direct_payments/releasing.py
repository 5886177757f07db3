"""Releasing a payment run: postings, payments and accounts, a chunk of people in one transaction; then the file.

Stopped at any instant and run again it goes on with the next chunk, and then with the file: it is made in the transaction
that closes the run, and put into its folder from what is kept.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from farthing.ledger.posting import Account, Key, Reason, entry
from farthing.service.audit.services import Entry, record_many
from farthing.service.direct_payments import files
from farthing.service.direct_payments.drafting import checked_accounts, postings_of
from farthing.service.direct_payments.models import LineState, Payment, PaymentAccount, PaymentRun, RunLine
from farthing.service.jobs.services import Advance
from farthing.service.ledger import runs
from farthing.service.ledger.seen import keep_seen, newest_of
from farthing.service.ledger.selectors import balances_of
from farthing.service.ledger.services import post


def release(run: PaymentRun, *, now: Callable[[], datetime], advance: Advance) -> None:
    """Release what is not released yet of a run, and make its file. Done again, it goes on, and pays nothing twice."""
    runs.release(
        run,
        run.lines.filter(state=LineState.READY).select_related("person", "account"),
        lambda standing, lines, at: _Chunk(standing, at).release(lines),
        close=_make_file,
        now=now,
        advance=advance,
    )
    files.put_in_place(run)


def payment_of(run: PaymentRun, line: RunLine, position: int) -> Payment:
    """The payment of a line, the one of that position in its run. Its reference says nothing of whom it is for."""
    return Payment(
        run=run, person=line.person, account=line.account, reference=f"{run.name}-{position:06}", amount=line.pays
    )


def _make_file(run: PaymentRun, at: datetime) -> None:
    if made := files.make(run):
        details = {"file": run.name, "digest": made.digest}
        record_many([Entry("payment file made", run.releaser, at, run.reference, details)])


class _Chunk:
    """The people released in one transaction."""

    def __init__(self, run: PaymentRun, at: datetime):
        self._run, self._at = run, at
        self._by = run.releaser

    def release(self, lines: Sequence[RunLine]) -> Sequence[RunLine]:
        """Post and pay what lines say, but for people of whom more is known by now."""
        going = self._still_right(lines)
        payments = self._payments(going)
        self._post(going, payments)
        keep_seen(PaymentAccount, going, until="paid_until", period=self._run.period)
        record_many(
            Entry("direct payment made", self._by, self._at, each.person.reference, {"payment": each.reference})
            for each in payments
        )
        return going

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

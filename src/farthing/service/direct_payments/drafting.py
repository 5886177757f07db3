"""Drafting a payment run: for each person what is to be posted and paid, a chunk at a time, so that it can be stopped."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Exists, F, Max, OuterRef, Q, QuerySet, Sum, When

from farthing.base.days import in_words
from farthing.base.money import shown
from farthing.councils.billing import Billing
from farthing.ledger.billing_periods import Stretch
from farthing.ledger.charge import Undecided
from farthing.ledger.posting import Account, Key, Reason, differences, entry
from farthing.ledger.posting import Entry as Posting
from farthing.service.direct_payments.amounts import in_order, newest_agreements, running_days, should_be_paid
from farthing.service.direct_payments.models import (
    AgreementStep,
    DedicatedAccount,
    LineState,
    PaymentAccount,
    PaymentRun,
    RunLine,
    StepKind,
)
from farthing.service.jobs.services import Advance
from farthing.service.ledger import runs
from farthing.service.ledger.charges import Known, known_of, policy
from farthing.service.ledger.models import LedgerEntry
from farthing.service.ledger.seen import Seen, is_otherwise, seen_of
from farthing.service.ledger.selectors import balances_of, posted
from farthing.service.people.models import Person


def draft(run: PaymentRun, *, now: Callable[[], datetime], advance: Advance) -> None:
    """Draft what is not drafted yet of a run. Done again, it goes on where it was stopped, and alters no line."""
    rules = policy()
    runs.draft(run, concerned(run, rules), lambda people: _lines(run, people, rules), now=now, advance=advance)


def concerned(run: PaymentRun, rules: Billing) -> QuerySet[Person]:
    """The people a run looks at and has no line for: not paid for its period yet, otherwise than known, or owed something."""
    account = PaymentAccount.objects.filter(person=OuterRef("pk"))
    newest = newest_agreements().filter(person=OuterRef("pk"))
    goes_on = newest.exclude(steps__kind=StepKind.ENDED)
    people = Person.objects.filter(
        Exists(newest) & ~Exists(account)
        | Q(died_on=None) & Exists(goes_on) & ~Exists(account.filter(paid_until__gte=run.period))
        | Q(pk__in=_ended_later_than_paid(rules))
        | Q(pk__in=owed_people())
        | is_otherwise(PaymentAccount)
    )
    return people.exclude(pk__in=run.lines.values("person"))


def _ended_later_than_paid(rules: Billing) -> list[int]:
    """The keys of the people whose agreement has ended, or will, on a day after the last they were paid for.

    Of the dead nothing is missed: a run pays at least until the end of the period it is begun in, and a death lies before that.
    """
    ended = AgreementStep.objects.filter(kind=StepKind.ENDED, agreement__in=newest_agreements())
    ended = ended.filter(agreement__person__died_on=None)
    rows = ended.values_list("agreement__person", "since", "agreement__person__payment_account__paid_until")
    return [
        person
        for person, since, paid_until in rows
        if paid_until and since.toordinal() > rules.calendar.period(paid_until).last + 1
    ]


def owed_people() -> QuerySet[Any, Any]:
    """The keys of the people whom direct payments are due to, by what is posted."""
    due = Account.DIRECT_PAYMENT_DUE
    rows = LedgerEntry.objects.filter(Q(debited=due) | Q(credited=due)).order_by().values("person")
    moved = Sum(Case(When(debited=due, then=F("amount")), default=-F("amount")))
    return rows.annotate(balance=moved).filter(balance__lt=0).values("person")


def checked_accounts(people: Sequence[Person]) -> dict[int, DedicatedAccount]:
    """The account each person is paid into, where the newest that was keyed for them was checked, by person."""
    newest = DedicatedAccount.objects.filter(person__in=people).values("person").annotate(key=Max("pk")).values("key")
    rows = DedicatedAccount.objects.filter(pk__in=newest, check_made__isnull=False)
    return {account.person_id: account for account in rows}


def postings_of(line: RunLine) -> list[Posting]:
    """The entries that bring what is posted to what should be, as a line was drafted."""
    person = line.person.reference
    return [
        entry(Key(person, Reason.DIRECT_PAYMENT, first, last, of), amount) for first, last, of, amount in line.drafted
    ]


def _lines(run: PaymentRun, people: Sequence[Person], rules: Billing) -> Iterator[RunLine]:
    seen, running = seen_of(people, PaymentAccount, until="paid_until"), running_days(people)
    accounts, balances = checked_accounts(people), balances_of(people, Account.DIRECT_PAYMENT_DUE)
    by_start = defaultdict(list)
    for person in people:
        by_start[_look_from(rules, seen[person.pk], in_order(running, person), run.period)].append(person)
    for look_from, alike in by_start.items():
        until = max(run.period, *(seen[person.pk].until for person in alike))
        first, last = rules.calendar.period(look_from).first, rules.calendar.period(until).last
        known = known_of(alike, Stretch(first, last), rules)
        stands = posted(alike, [Reason.DIRECT_PAYMENT], since=date.fromordinal(first))
        for person in alike:
            line = RunLine(
                run=run, person=person, account=accounts.get(person.pk), balance=balances[person.pk], died_on=person.died_on,
                seen_change=seen[person.pk].change, seen_decision=known[person.pk].decision,
            )  # fmt: skip
            periods = range(look_from, max(run.period, seen[person.pk].until) + 1)
            _fill(line, known[person.pk], in_order(running, person), periods, stands.get(person.reference, {}), rules)
            yield line


def _fill(
    line: RunLine, known: Known, running: Sequence[Stretch], periods: range, stands: dict[Key, int], rules: Billing
) -> None:
    """Put into a line what is to be posted and paid, and why it is what it is."""
    try:
        should = should_be_paid(line.person.reference, known, running, rules, periods)
    except Undecided as undecided:
        line.state = LineState.UNDECIDED
        line.says = [f"{str(undecided)[0].upper()}{str(undecided)[1:]}."]
        return
    found = list(differences(should, stands))
    line.drafted = [[each.key.first, each.key.last, each.key.of, each.amount] for each in found]
    line.posts = sum(each.amount for each in found)
    owed = max(line.posts - line.balance, 0)
    line.state = LineState.READY
    if owed and line.died_on:
        line.left_out = LineState.DIED
    elif owed and line.account is None:
        line.left_out = LineState.NO_ACCOUNT
    line.pays = 0 if line.left_out else owed
    line.says = list(_says(line, found, owed, rules))


def _says(line: RunLine, found: Sequence[Posting], owed: int, rules: Billing) -> Iterator[str]:
    """What a line is made of: its own period, what earlier periods come to now, and what stood before."""
    starts = rules.calendar.period(line.run.period).first
    own = sum(each.amount for each in found if each.key.first >= starts)
    yield f"{shown(own)} for the four weeks from {in_words(starts)}."
    if before := line.posts - own:
        earliest = in_words(min(each.key.first for each in found))
        less_or_more = "more" if before > 0 else "less"
        yield f"{shown(abs(before))} {less_or_more} for earlier weeks, from {earliest} on."
    if line.balance:
        yield f"{shown(abs(line.balance))} was {'still to be paid' if line.balance < 0 else 'paid too much'} before."
    if line.left_out:
        yield f"{shown(owed)} is not in the file. {LineState(line.left_out).label}."


def _look_from(rules: Billing, seen: Seen, running: Sequence[Stretch], period: int) -> int:
    """The number of the first period to work out: of what was not paid yet, or of what is otherwise than when it was."""
    calendar = rules.calendar
    days = [seen.since.toordinal()] if seen.since else []
    if not seen.until and running:
        days.append(running[0].first)
    numbers = [calendar.number_of(max(day, calendar.first_day)) for day in days]
    return min([period, *numbers, *([seen.until + 1] if seen.until else [])])

"""Double-entry postings: what should be posted follows from what is charged, and a run posts the difference.

An amount above nought is a debit, one below it a credit; the amounts of an entry come to nought.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from farthing.base.money import shown
from farthing.ledger.charge import Charge


class Account(StrEnum):
    """The accounts. Those of a person's own have a balance for each person."""

    OWED_BY_PERSON = "owed_by_person"
    CONTRIBUTIONS = "contributions"
    DIRECT_PAYMENT_COST = "direct_payment_cost"
    DIRECT_PAYMENT_DUE = "direct_payment_due"
    BANK = "bank"


OF_A_PERSON = frozenset({Account.OWED_BY_PERSON, Account.DIRECT_PAYMENT_DUE})


class Reason(StrEnum):
    """What an entry is for. Each moves an amount from the second of ``MOVES`` to the first."""

    CONTRIBUTION = "contribution"
    DIRECT_PAYMENT = "direct_payment"
    ONE_OFF_PAYMENT = "one_off_payment"
    SURPLUS_RECLAIMED = "surplus_reclaimed"
    PAID_OUT = "paid_out"


MOVES: Mapping[Reason, tuple[Account, Account]] = {
    Reason.CONTRIBUTION: (Account.OWED_BY_PERSON, Account.CONTRIBUTIONS),
    Reason.DIRECT_PAYMENT: (Account.DIRECT_PAYMENT_COST, Account.DIRECT_PAYMENT_DUE),
    Reason.ONE_OFF_PAYMENT: (Account.DIRECT_PAYMENT_COST, Account.DIRECT_PAYMENT_DUE),
    Reason.SURPLUS_RECLAIMED: (Account.OWED_BY_PERSON, Account.DIRECT_PAYMENT_COST),
    Reason.PAID_OUT: (Account.DIRECT_PAYMENT_DUE, Account.BANK),
}
"""For each reason the account that is debited and the one that is credited."""


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What an amount is for: whose, why, and for which days. ``of`` names what it comes from beside them, or is ""."""

    person: str
    reason: Reason
    first: int
    last: int
    of: str = ""


@dataclass(frozen=True, slots=True)
class Posting:
    """An amount on an account, in pence. ``person`` is "" on an account that is nobody's own."""

    account: Account
    person: str
    amount: int


@dataclass(frozen=True, slots=True)
class Entry:
    """Postings that come to nought, with what they are for."""

    key: Key
    postings: tuple[Posting, ...]

    def __post_init__(self) -> None:
        if (over := sum(each.amount for each in self.postings)) != 0:
            raise ValueError(f"an entry does not balance: {shown(over)} is left over")

    @property
    def amount(self) -> int:
        """What it moves from the account credited to the one debited."""
        return self.postings[0].amount


def should_be(person: str, charges: Iterable[Charge]) -> dict[Key, int]:
    """What should stand posted for a person once these charges are, by key: of each week, and of a cap over weeks."""
    found: dict[Key, int] = {}
    for charge in charges:
        for week in charge.weeks:
            _put(found, Key(person, Reason.CONTRIBUTION, week.days.first, week.days.last), week.invoiced)
            _put(found, Key(person, Reason.DIRECT_PAYMENT, week.days.first, week.days.last), week.direct_payment_net)
        for reason, over in _over_weeks(charge):
            _put(found, Key(person, reason, charge.days.first, charge.days.last, "over the weeks"), over)
    return found


def differences(should: Mapping[Key, int], posted: Mapping[Key, int]) -> Iterator[Entry]:
    """The entries that bring what is posted to what should be, in order; none where it is so already."""
    for key in sorted({*should, *posted}):
        if change := should.get(key, 0) - posted.get(key, 0):
            yield entry(key, change)


def entry(key: Key, amount: int) -> Entry:
    """The entry that moves an amount for a key; an amount below nought moves it back."""
    debited, credited = MOVES[key.reason]
    return Entry(key, (_posting(debited, key.person, amount), _posting(credited, key.person, -amount)))


def balances(entries: Iterable[Entry]) -> dict[tuple[Account, str], int]:
    """The balance of each account, and of each person on accounts of their own. All of them come to nought."""
    found: dict[tuple[Account, str], int] = {}
    for each in entries:
        for posting in each.postings:
            key = posting.account, posting.person
            found[key] = found.get(key, 0) + posting.amount
    return found


def _over_weeks(charge: Charge) -> Iterator[tuple[Reason, int]]:
    yield Reason.CONTRIBUTION, charge.invoiced_over_weeks
    yield Reason.DIRECT_PAYMENT, charge.direct_payment_net - sum(week.direct_payment_net for week in charge.weeks)


def _posting(account: Account, person: str, amount: int) -> Posting:
    return Posting(account, person if account in OF_A_PERSON else "", amount)


def _put(found: dict[Key, int], key: Key, amount: int) -> None:
    if amount:
        found[key] = found.get(key, 0) + amount

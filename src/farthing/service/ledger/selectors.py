"""What was posted, and what the accounts come to. Balances are added up from the entries each time they are asked for."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import QuerySet, Sum

from farthing.ledger.posting import Account, Key, Reason
from farthing.service.ledger.models import LedgerEntry
from farthing.service.people.models import Person


def entries_of(person: Person) -> QuerySet[LedgerEntry]:
    """Everything posted for a person, the oldest first."""
    return LedgerEntry.objects.filter(person=person).order_by("id")


def posted(people: Iterable[Person], reasons: Collection[Reason], *, since: date) -> dict[str, dict[Key, int]]:
    """What stands posted for people by key, of days from ``since`` on, by the person's reference."""
    rows = LedgerEntry.objects.filter(person__in=list(people), reason__in=reasons, first__gte=since)
    found: dict[str, dict[Key, int]] = defaultdict(dict)
    named = rows.values_list("person__reference", "reason", "first", "last", "of").annotate(amount=Sum("amount"))
    for reference, reason, first, last, of, amount in named.order_by():
        found[reference][Key(reference, Reason(reason), first.toordinal(), last.toordinal(), of)] = amount
    return found


def balances_of(people: Iterable[Person], account: Account = Account.OWED_BY_PERSON) -> dict[int, int]:
    """What people's own accounts come to, in pence, by their keys: above nought a debit. Nought where nothing is posted."""
    keys = [person.pk for person in people]
    found = dict.fromkeys(keys, 0)
    for side, sign in (("debited", 1), ("credited", -1)):
        rows = LedgerEntry.objects.filter(person__in=keys, **{side: account})
        for person, amount in rows.values_list("person").annotate(amount=Sum("amount")).order_by():
            found[person] += sign * amount
    return found


def trial_balance() -> dict[Account, int]:
    """Every account with its balance in pence, debits above nought. All of them come to nought."""
    found = dict.fromkeys(Account, 0)
    for side, sign in (("debited", 1), ("credited", -1)):
        for account, amount in LedgerEntry.objects.values_list(side).annotate(amount=Sum("amount")).order_by():
            found[Account(account)] += sign * amount
    return found

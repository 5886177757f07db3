"""What a run knew of the people in it, and what is otherwise by now: their care, the decisions on them, their death.

What a run leaves behind is an account for each person, which has ``seen_change``, ``seen_decision`` and ``died_on``, and
so has each line of a run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, Max, Min, OuterRef, Q

from farthing.service.assessments.models import Decision
from farthing.service.care.models import CareChange
from farthing.service.ledger.runs import Line
from farthing.service.people.models import Person

Account = Any
"""The class of the accounts that a kind of run leaves behind."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person was run until, the newest change's number, and the first day of all that the last run did not know."""

    until: int
    change: int
    since: date | None


def newest_of(people: Sequence[Person]) -> dict[int, tuple[int, int]]:
    """The number of the newest change of people's care and the key of the newest decision, by person; nought for none."""
    changes = (
        CareChange.objects.filter(person__in=people).values_list("person").annotate(newest=Max("number")).order_by()
    )
    decided = Decision.objects.filter(person__in=people).values_list("person").annotate(newest=Max("id")).order_by()
    change, decision = dict(changes), dict(decided)
    return {person.pk: (change.get(person.pk, 0), decision.get(person.pk, 0)) for person in people}


def is_otherwise(account: Account) -> Q:
    """Whether something of a person is otherwise than the account they have knows it."""
    theirs = account.objects.filter(person=OuterRef("pk"))
    changed = CareChange.objects.filter(person=OuterRef("pk"), number__gt=F(f"{_of(account)}__seen_change"))
    decided = Decision.objects.filter(person=OuterRef("pk"), id__gt=F(f"{_of(account)}__seen_decision"))
    died = theirs.exclude(died_on=F("person__died_on")).exclude(died_on=None, person__died_on=None)
    return Q(Exists(died)) | Q(Exists(changed)) | Q(Exists(decided))


def seen_of(people: Sequence[Person], account: Account, *, until: str) -> dict[int, Seen]:
    """For each person what the last run knew, and the first day of all that it did not.

    ``until`` names the field of the account that holds the number of the last period run.
    """
    accounts = {each.person_id: each for each in account.objects.filter(person__in=people)}
    without = Q(**{_of(account): None})
    changes = CareChange.objects.filter(without | Q(number__gt=F(f"{_of(account)}__seen_change")), person__in=people)
    decided = Decision.objects.filter(without | Q(id__gt=F(f"{_of(account)}__seen_decision")), person__in=people)
    since = dict(changes.values_list("person").annotate(day=Min("since")).order_by())
    for person, day in decided.values_list("person").annotate(day=Min("effective_from")).order_by():
        since[person] = min(since.get(person, day), day)
    newest, found = newest_of(people), {}
    for each in people:
        known = accounts.get(each.pk)
        if known and known.died_on != each.died_on:
            day = min(death for death in (known.died_on, each.died_on) if death)
            since[each.pk] = min(since.get(each.pk, day), day)
        found[each.pk] = Seen(getattr(known, until) if known else 0, newest[each.pk][0], since.get(each.pk))
    return found


def keep_seen(account: Account, lines: Sequence[Line], *, until: str, period: int) -> None:
    """Keep of each person in the lines of a run of a period what the lines knew. ``until`` is as in ``seen_of``."""
    accounts = {each.person_id: each for each in account.objects.filter(person__in=[line.person_id for line in lines])}
    for line in lines:
        kept = accounts.setdefault(line.person_id, account(person_id=line.person_id))
        setattr(kept, until, max(getattr(kept, until), period))
        kept.seen_change, kept.seen_decision, kept.died_on = line.seen_change, line.seen_decision, line.died_on
    fields = (until, "seen_change", "seen_decision", "died_on")
    account.objects.bulk_create(
        [account(**{name: getattr(each, name) for name in ("person_id", *fields)}) for each in accounts.values()],
        update_conflicts=True, unique_fields=["person"], update_fields=fields,
    )  # fmt: skip


def _of(account: Account) -> str:
    """The way from what belongs to a person to their account."""
    return f"person__{account._meta.get_field('person').related_query_name()}"

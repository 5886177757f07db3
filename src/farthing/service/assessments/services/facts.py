"""Telling and verifying facts. Each is a new row; nothing said before is touched."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from farthing.base.refusal import Problem, Refusal
from farthing.law import law
from farthing.service.access.models import Account
from farthing.service.assessments.facts import Known, declared
from farthing.service.assessments.models import Evidence, Side, ToldFact
from farthing.service.assessments.selectors.facts import known_of
from farthing.service.audit.services import record
from farthing.service.people.models import Person
from farthing.service.people.services import Overtaken
from farthing.service.questions.answers import Answers


@dataclass(frozen=True, slots=True)
class Saying:
    """Who says something, in what role, when, and what proves it.

    ``seen`` is the number of the newest row about the person on the page it was said from, so that nobody writes over
    what they have not seen; None where it was said from no page that shows what stands.
    """

    by: Account
    as_whom: str
    at: datetime
    side: Side
    evidence: Evidence | None = None
    note: str = ""
    seen: int | None = None


def tell_answers(person: Person, answers: Answers, saying: Saying) -> list[ToldFact]:
    """Write down what somebody answered, where it differs from what stands: what they left as it was is not told anew."""
    rows: list[ToldFact] = []
    before = known_of(person)
    for name, value in answers.said.items():
        if name not in before.own or _differs(before.own[name], value):
            rows.append(_row(person, saying, law().facts[name].section, "", name, value))
    for name, listed in answers.lists.items():
        if not listed.is_done:
            continue
        known = {item.key: item.facts for item in before.lists.get(name, ())}
        told: list[ToldFact] = []
        for key, answered in listed.items.items():
            said, old = {"kind": answered.kind, **answered.said}, known.get(key, {})
            told += [
                _row(person, saying, name, key, fact, value)
                for fact, value in said.items()
                if fact not in old or _differs(old[fact], value)
            ]
        told += [_row(person, saying, name, key, "", None, gone=True) for key in known if key not in listed.items]
        if told or name not in before.lists:
            rows += [_row(person, saying, name, "", "", None), *told]
    return _keep(person, rows, saying, "facts stated")


def verify(person: Person, values: Mapping[tuple[str, str, str], str | None], saying: Saying) -> list[ToldFact]:
    """Write down what the council has verified, by (section, item, fact).

    Raises ``Refusal`` for a value that cannot be, and ``Overtaken`` where something was said that the page did not show.
    """
    problems = [problem for key, value in values.items() if (problem := _what_is_wrong(key, value))]
    if problems:
        raise Refusal(*problems)
    lists = {section for section, _, _ in values if section in law().lists}
    rows = [_row(person, saying, name, "", "", None) for name in sorted(lists)]
    rows += [_row(person, saying, section, item, fact, value) for (section, item, fact), value in values.items()]
    return _keep(person, rows, saying, "facts verified")


def accept_as_told(person: Person, facts: Iterable[Known], saying: Saying) -> list[ToldFact]:
    """Verify facts just as they were told."""
    told = {(each.section, each.item, each.fact): each.told.value for each in facts if each.told is not None}
    return verify(person, told, saying)


def take_away(person: Person, list_name: str, item: str, saying: Saying) -> None:
    """Take one item of a list away: what was said of it stays on file and no longer counts."""
    _keep(person, [_row(person, saying, list_name, item, "", None, gone=True)], saying, "fact corrected")


def list_is_empty(person: Person, list_name: str, saying: Saying) -> None:
    """Write down that a list was gone through: what is in it is all there is."""
    _keep(person, [_row(person, saying, list_name, "", "", None)], saying, "facts verified")


def new_item(person: Person, list_name: str) -> str:
    """A key for one more item of a list, which no item of it ever had."""
    keys = person.facts.filter(section=list_name).exclude(item="").values_list("item", flat=True).distinct()
    taken = [int(key[1:]) for key in keys if key[1:].isdigit()]
    return f"i{max(taken, default=0) + 1}"


def _differs(known: Known, value: str | None) -> bool:
    return known.standing is None or known.standing.value != value


def _row(
    person: Person, saying: Saying, section: str, item: str, fact: str, value: str | None, *, gone: bool = False
) -> ToldFact:
    return ToldFact(
        person=person,
        section=section,
        item=item,
        fact=fact,
        value=value,
        gone=gone,
        side=saying.side,
        said_by=saying.by,
        as_whom=saying.as_whom,
        said_at=saying.at,
        evidence=saying.evidence,
        note=saying.note,
    )


def _keep(person: Person, rows: list[ToldFact], saying: Saying, action: str) -> list[ToldFact]:
    if not rows:
        return []
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        if saying.seen is not None and (said_since := person.facts.filter(pk__gt=saying.seen).order_by("id")):
            if {_what_it_says(row) for row in rows} <= {_what_it_says(row) for row in said_since}:
                return list(said_since)
            raise Overtaken
        kept = ToldFact.objects.bulk_create(rows)
        record(action=action, actor=saying.by.actor, about=person.reference, at=saying.at, facts=len(rows))
    return kept


def _what_it_says(row: ToldFact) -> tuple[object, ...]:
    """What a row says and who says it: a form sent twice says the same twice, and is kept once."""
    return (row.section, row.item, row.fact, row.value, row.gone, row.side, row.said_by_id, row.evidence_id)


def _what_is_wrong(key: tuple[str, str, str], value: str | None) -> Problem | None:
    section, item, name = key
    fact = declared(section, name)
    place = f"{section}[{item}].{name}" if item else f"{section}.{name}"
    if fact is None:
        return Problem(place, "is not a fact the law knows", "Choose one of the facts on the page")
    if value is None:
        return (
            None
            if fact.empty is not None or fact.left_out is not None
            else Problem(place, "is empty", "Give a value, or leave the fact as it was told")
        )
    try:
        fact.read(value)
    except ValueError as error:
        return Problem(place, str(error), "Check it against the evidence")
    return None

"""The invented people of the desk: a few cases made by the services, as the pages make them, and thousands copied from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

from farthing.service.access.models import Account, Role
from farthing.service.assessments.models import AssessmentRequest, Decision, DecisionDraft, Kind, ToldFact
from farthing.service.assessments.services import requests
from farthing.service.audit.models import Event
from farthing.service.audit.services import Entry, record_many
from farthing.service.correspondence.models import Delivery, Letter
from farthing.service.people.models import Person
from farthing.service.people.names import search_key
from farthing.service.questions.answers import Answers, Item
from tests.service import cases

A_BATCH = 500
ONE_IN = 10
"""Of so many people, one has told of a change that waits for an officer."""

GIVEN = ("Ada", "Basil", "Cora", "Denzil", "Elsie", "Fergus", "Greta", "Horace", "Ivy", "Jasper", "Keziah", "Lionel")
FAMILY = ("Example", "Fable", "Imagin", "Invent", "Madeup", "Nowhere", "Pretend", "Sample", "Somebody", "Whatnot")
PLACES = ("bridge", "bury", "by", "field", "ford", "ham", "ley", "mere", "stead", "ton", "wick", "worth")

Row = TypeVar("Row", bound=Model)


def every_answer(**said: str | None) -> Answers:
    """A whole set of answers of somebody cared for at home, with fifteen things in their lists."""
    done: tuple[tuple[str, str, Item], ...] = (
        ("capital", "i2", Item("premium_bonds", {"value": "3000.00"}, is_done=True)),
        ("capital", "i3", Item("cash", {"value": "180.00"}, is_done=True)),
        ("capital", "i4", Item("home", {"value": "240000.00", "occupied_by": "self"}, is_done=True)),
        ("income", "i4", Item("personal_pension", {"amount": "600.00", "every": "year"}, is_done=True)),
        ("income", "i5", Item("war_widows_pension", {"amount": "30.00", "every": "week"}, is_done=True)),
        ("income", "i6", Item("winter_fuel_payment", {"amount": "200.00", "every": "year"}, is_done=True)),
        ("disability_related_expenditure", "i2", Item("laundry", {"amount": "4.20", "every": "week"}, is_done=True)),
        ("disability_related_expenditure", "i3", Item("heating", {"amount": "26.00", "every": "month"}, is_done=True)),
    )
    answers = cases.at_home(**said)
    for list_name, key, item in done:
        answers = answers.with_item(list_name, key, item)
    return answers


@dataclass(frozen=True)
class Case:
    """One person's case, row by row. ``change`` is the change they told of that nobody has decided yet, if they did."""

    person: Person
    decided: AssessmentRequest
    draft: DecisionDraft
    decision: Decision
    letter: Letter
    delivery: Delivery
    events: Sequence[Event]
    change: AssessmentRequest | None


def staff(officers: int) -> list[Account]:
    """So many officers."""
    return [cases.staff(Role.OFFICER, name=f"Officer {number}") for number in range(officers)]


def models(officer: Account, checker: Account, *, at: datetime) -> list[Case]:
    """The cases that thousands are copied from: two decided, and the same two with a change told since."""
    made = []
    for with_change in (False, True):
        for answers in (every_answer(), cases.in_a_care_home()):
            request = cases.verified(cases.application(answers=answers, by=officer, at=at), by=officer, at=at)
            decision = cases.decided(request, by=officer, at=at, checker=checker)
            change = None
            if with_change:
                told = answers.with_item("capital", "i9", Item("shares", {"value": "2500.00"}, is_done=True))
                change = cases.application(request.person, told, by=officer, at=at, kind=Kind.CHANGE)
                requests.assign(change, officer, by=officer, at=at, version=change.version)
            made.append(_case(decision, change))
    return made


def _case(decision: Decision, change: AssessmentRequest | None) -> Case:
    person = decision.person
    letter = Letter.objects.get(person=person)
    return Case(
        person=person,
        decided=decision.request,
        draft=DecisionDraft.objects.get(request=decision.request),
        decision=decision,
        letter=letter,
        delivery=letter.deliveries.get(),
        events=list(Event.objects.filter(about=person.reference).order_by("id")),
        change=change,
    )


def fill(people: int, officers: Sequence[Account], checker: Account, *, at: datetime) -> None:
    """Fill the database with so many people: each with facts told and verified, a decision and its letter."""
    first, of_change, of_none = 0, people // ONE_IN // 2, (people - people // ONE_IN) // 2
    for case in models(officers[0], checker, at=at):
        last = first + (of_change if case.change else of_none)
        for start in range(first, last, A_BATCH):
            _copy(case, range(start, min(start + A_BATCH, last)), officers)
        first = last


def _copy(case: Case, numbers: range, officers: Sequence[Account]) -> None:
    """Copy a case so many times, every row of it, under names and references of their own."""
    persons = _kept(Person, [_named(case.person, number) for number in numbers])
    decided = _kept(AssessmentRequest, [_copied(case.decided, person_id=each.pk) for each in persons])
    _kept(DecisionDraft, [_copied(case.draft, request_id=each.pk) for each in decided])
    decisions = _kept(
        Decision, [_copied(case.decision, person_id=each.person_id, request_id=each.pk) for each in decided]
    )
    letters = _kept(Letter, [_to(each, case.letter, made) for each, made in zip(persons, decisions, strict=True)])
    _kept(Delivery, [_copied(case.delivery, letter_id=each.pk) for each in letters])
    if case.change:
        given = [(each.pk, officers[place % len(officers)].pk) for place, each in zip(numbers, persons, strict=True)]
        _kept(AssessmentRequest, [_copied(case.change, person_id=to, assigned_to_id=officer) for to, officer in given])
    _copy_facts(case, persons[0].pk, persons[-1].pk)
    record_many(
        Entry(each.action, each.actor, each.at, person.reference, each.details)
        for person in persons
        for each in case.events
    )


def _copy_facts(case: Case, first: int, last: int) -> None:
    """Copy the facts of a case to a row of people, inside the database: there are too many of them to be fetched."""
    columns = [each.column for each in ToldFact._meta.concrete_fields if each.column not in ("id", "person_id")]
    table, people = ToldFact._meta.db_table, Person._meta.db_table
    told = ", ".join(f"said.{connection.ops.quote_name(each)}" for each in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (person_id, {told.replace('said.', '')}) SELECT people.id, {told} "
            f"FROM {people} people, {table} said WHERE said.person_id = %s AND people.id BETWEEN %s AND %s "
            "ORDER BY people.id, said.id",
            [case.person.pk, first, last],
        )


def _kept(model: type[Row], rows: list[Row]) -> list[Row]:
    return model._default_manager.bulk_create(rows, batch_size=A_BATCH)


def _copied(row: Row, **changed: Any) -> Row:
    """A new row like another one, with a reference of its own."""
    values = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields if not each.primary_key}
    if "reference" in values:
        values["reference"] = row._meta.get_field("reference").get_default()
    return type(row)(**{**values, **changed})


def _named(person: Person, number: int) -> Person:
    given, family = name(number)
    return _copied(person, given_name=given, family_name=family, name_key=search_key(f"{given} {family}"))


def name(number: int) -> tuple[str, str]:
    """The given and family name of one of many, as unlike the others as clearly invented names allow."""
    number, given = divmod(number, len(GIVEN))
    number, family = divmod(number, len(FAMILY))
    number, place = divmod(number, len(PLACES))
    return GIVEN[given], f"{FAMILY[family]}{PLACES[place]}-{number + 1}"


def _to(person: Person, letter: Letter, decision: Decision) -> Letter:
    to = {**letter.fields["to"], "name": person.full_name}
    fields = {**letter.fields, "to": to, "salutation": f"Dear {person.full_name}", "reference": decision.reference}
    return _copied(letter, person_id=person.pk, cause=f"decision {decision.reference}", fields=fields)

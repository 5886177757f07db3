"""Adding people, changing their details, recording that somebody has died. Each change carries the version it saw."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from unicodedata import category

from django.db import IntegrityError, transaction
from django.db.models import F

from farthing.base.days import in_words
from farthing.base.refusal import Problem, Refusal
from farthing.service.access.models import Account
from farthing.service.audit.services import record
from farthing.service.people.models import Authority, Person, Representation
from farthing.service.people.names import search_key

DETAILS = (
    "given_name", "family_name", "born", "nhs_number", "address", "postcode", "email", "telephone", "letters_as",
    "letters_by",
)  # fmt: skip
"""What can be changed about a person."""


class Overtaken(Exception):
    """Raised where somebody else changed the row first. Nothing was written; what was typed is kept by the page."""


def add_person(details: Mapping[str, Any], *, by: Account, at: datetime) -> Person:
    """Add a person. ``details`` are among ``DETAILS``. Raises ``Refusal`` where the NHS number is somebody else's."""
    try:
        with transaction.atomic():
            person = Person.objects.create(**_known(details))
            record(action="person added", actor=by.actor, about=person.reference, at=at)
    except IntegrityError as error:
        raise _somebody_elses_number() from error
    return person


def change_details(person: Person, details: Mapping[str, Any], *, by: Account, at: datetime, version: int) -> None:
    """Change a person's details. Raises ``Overtaken``, and ``Refusal`` where the NHS number is somebody else's."""
    changed = {name: value for name, value in _known(details).items() if value != getattr(person, name)}
    if not changed:
        return
    given, family = (changed.get(name, getattr(person, name)) for name in ("given_name", "family_name"))
    try:
        with transaction.atomic():
            _change(person, version, **changed, name_key=search_key(f"{given} {family}"))
            record(action="person changed", actor=by.actor, about=person.reference, at=at, fields=sorted(changed))
    except IntegrityError as error:
        raise _somebody_elses_number() from error


def record_death(person: Person, died_on: date, *, by: Account, at: datetime, today: date, version: int) -> None:
    """Record that a person has died: from then on only the estate is written to. Raises ``Overtaken`` and ``Refusal``."""
    if died_on > today or (person.born is not None and died_on < person.born):
        raise Refusal(
            Problem("died_on", f"cannot be {in_words(died_on.toordinal())}", "Check it against the notification")
        )
    with transaction.atomic():
        _change(person, version, died_on=died_on)
        record(action="death recorded", actor=by.actor, about=person.reference, at=at)


def forget_person(person: Person, *, by: Account, at: datetime) -> None:
    """Delete a person of whom nothing is on file but who said that they act for them: an application never sent.

    Raises ``ProtectedError`` where anything else is known.
    """
    with transaction.atomic():
        record(action="person forgotten", actor=by.actor, about=person.reference, at=at)
        person.delete()


def state_authority(
    person: Person, account: Account, authority: Authority, *, relationship: str = "", at: datetime
) -> Representation:
    """Write down by what right an account says that it acts for a person. Saying it twice changes it, and wants proof anew."""
    with transaction.atomic():
        stated, is_new = Representation.objects.get_or_create(
            person=person,
            account=account,
            ended_at=None,
            defaults={"authority": authority, "relationship": relationship, "stated_at": at},
        )
        same = stated.authority == authority and stated.relationship == relationship
        if not is_new and not same:
            proved = {} if stated.authority == authority else {"proof_seen_at": None, "proof_seen_by": None}
            Representation.objects.filter(pk=stated.pk).update(
                authority=authority, relationship=relationship, stated_at=at, **proved
            )
            stated.refresh_from_db()
        if is_new or not same:
            record(action="representation stated", actor=account.actor, about=person.reference, at=at,
                   authority=str(authority))  # fmt: skip
    return stated


def mark_proof_seen(representation: Representation, *, by: Account, at: datetime) -> None:
    """Record that the council has seen proof of an authority. Doing it twice records it once."""
    with transaction.atomic():
        waiting = Representation.objects.filter(pk=representation.pk, proof_seen_at=None, ended_at=None)
        if waiting.update(proof_seen_at=at, proof_seen_by=by):
            record(action="representation proved", actor=by.actor, about=representation.person.reference, at=at,
                   authority=representation.authority)  # fmt: skip
        representation.refresh_from_db()


def _known(details: Mapping[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(details) - set(DETAILS))
    if unknown:
        raise Refusal(Problem(unknown[0], "is not a detail of a person", f"Give one of {', '.join(DETAILS)}"))
    return {name: _without_unseen(value) if isinstance(value, str) else value for name, value in details.items()}


def _without_unseen(text: str) -> str:
    """Text without what cannot be seen and so cannot be printed; ends of lines stay."""
    lines = ("".join(each for each in line if not category(each).startswith("C")) for line in text.splitlines())
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _change(person: Person, version: int, **changed: Any) -> None:
    if not Person.objects.filter(pk=person.pk, version=version).update(**changed, version=F("version") + 1):
        raise Overtaken
    person.refresh_from_db()


def _somebody_elses_number() -> Refusal:
    return Refusal(Problem("nhs_number", "belongs to another person on file", "Search by that number first"))

"""Invented people and their letters, for the tests of this room."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from farthing.letters import letters
from farthing.service.correspondence.models import Letter
from farthing.service.correspondence.services import write
from farthing.service.people.models import Person

AT = datetime(2026, 11, 25, 10, 0, 0, 123456, tzinfo=UTC)
LATER = AT + timedelta(days=40)
"""So late that every wait is over."""


def somebody(**details: Any) -> Person:
    """An invented person."""
    usual = {
        "given_name": "Olive",
        "family_name": "Invented",
        "address": "1 Nowhere Road\nExampleton",
        "postcode": "ZZ99 1AA",
    }
    return Person.objects.create(**{**usual, **details})


def fields_of(name: str = "decision", *, estate: bool = False, **changes: Any) -> dict[str, Any]:
    """The example of a letter, addressed to the estate or not."""
    example = letters()[name].example
    return {**example, "to": {**example["to"], "estate": estate}, **changes}


def written(person: Person | None = None, *, name: str = "decision", at: datetime = AT, **changes: Any) -> Letter:
    """A letter to somebody."""
    to = person or somebody()
    fields = fields_of(name, estate=to.died_on is not None, **changes)
    return write(name, person=to, cause=f"decision {uuid4()}", fields=fields, at=at, by="sam@example.gov.uk")

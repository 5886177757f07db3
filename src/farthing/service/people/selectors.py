"""Finding people, and who acts for whom."""

from datetime import date

from django.db.models import F, Q

from farthing.service.access.models import Account
from farthing.service.people.models import Person, Representation
from farthing.service.people.names import search_key

MOST_FOUND = 50
"""People found by one search; somebody who finds as many types more of the name."""


def anybody() -> bool:
    """Whether there is any person on file."""
    return Person.objects.exists()


def person_for(reference: str) -> Person | None:
    """The person of a reference."""
    return Person.objects.filter(reference=reference).first()


def people_with_nhs_number(digits: str) -> list[Person]:
    """Those with an NHS number, given as ten digits."""
    return list(Person.objects.filter(nhs_number=digits))


def people_born(day: date) -> list[Person]:
    """Those born on a day, by name."""
    return list(Person.objects.filter(born=day).order_by("name_key", "id")[:MOST_FOUND])


def people_named(text: str) -> list[Person]:
    """Those whose name has a word that begins with each word typed, in any order, by name."""
    words = search_key(text).split()
    found = Person.objects.all()
    for word in words:
        found = found.filter(Q(name_key__startswith=word) | Q(name_key__contains=f" {word}"))
    return list(found.order_by("name_key", "id")[:MOST_FOUND]) if words else []


def representations_of(account: Account) -> list[Representation]:
    """Those an account acts for now, with the person of each, the first stated first."""
    return list(account.representations.filter(ended_at=None).select_related("person").order_by("id"))


def representation_of(account: Account, person: Person) -> Representation | None:
    """By what right an account acts for a person now; None where it does not."""
    return account.representations.filter(person=person, ended_at=None).select_related("person").first()


def those_acting_for(person: Person) -> list[Representation]:
    """Who acts for a person now, and after them who once did."""
    found = person.representations.select_related("account", "proof_seen_by")
    return list(found.order_by(F("ended_at").asc(nulls_first=True), "-stated_at"))


def representation_for(person: Person, number: int) -> Representation | None:
    """One of the authorities to act for a person, by its number."""
    return person.representations.select_related("account", "person").filter(pk=number).first()

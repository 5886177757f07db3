"""What is known of a person, read from every row said about them."""

from farthing.service.assessments.facts import Standing, standing
from farthing.service.assessments.models import ToldFact
from farthing.service.people.models import Person


def known_of(person: Person) -> Standing:
    """What stands now: told and verified side by side."""
    return standing(rows_of(person))


def rows_of(person: Person) -> list[ToldFact]:
    """Every row said about a person, oldest first, with who said it and what proves it."""
    return list(person.facts.select_related("said_by", "evidence").order_by("id"))

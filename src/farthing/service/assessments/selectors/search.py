"""What an officer types into the search box: a reference, an NHS number, a date of birth or a name."""

import re
from datetime import date
from enum import Enum

from stdnum.gb import nhs

from farthing.service.assessments.models import AssessmentRequest, Decision, Evidence
from farthing.service.correspondence.selectors import letter_for
from farthing.service.people.models import Person
from farthing.service.people.selectors import people_born, people_named, people_with_nhs_number, person_for
from farthing.service.references import read_reference

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class SearchedBy(Enum):
    """What the text was taken for, in words."""

    REFERENCE = "reference"
    NHS_NUMBER = "NHS number"
    DATE_OF_BIRTH = "date of birth"
    NAME = "name"


def find_people(text: str) -> tuple[SearchedBy, list[Person]]:
    """Those found, and what the text was taken for."""
    typed = " ".join(text.split())
    if reference := read_reference(typed):
        return SearchedBy.REFERENCE, _by_reference(reference)
    digits = re.sub(r"[\s-]", "", typed)
    if nhs.is_valid(digits):
        return SearchedBy.NHS_NUMBER, people_with_nhs_number(digits)
    if (day := day_typed(typed)) is not None:
        return SearchedBy.DATE_OF_BIRTH, people_born(day)
    return SearchedBy.NAME, people_named(typed)


def day_typed(text: str) -> date | None:
    """A day as people type it in one box: "2 3 1941", "02/03/1941", "2 March 1941", "1941-03-02"."""
    parts = [part for part in re.split(r"[\s/.,-]+", text.casefold()) if part]
    if len(parts) != 3:
        return None
    if len(parts[0]) == 4:
        parts.reverse()
    day, month, year = parts
    number = _month(month)
    if not (day.isdecimal() and len(day) <= 2 and year.isdecimal() and len(year) == 4) or number is None:
        return None
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


def _month(text: str) -> int | None:
    if text.isdecimal() and len(text) <= 2:
        return int(text)
    return _MONTHS.index(text[:3]) + 1 if text[:3] in _MONTHS else None


def _by_reference(reference: str) -> list[Person]:
    found: Person | None = None
    match reference.partition("-")[0]:
        case "P":
            found = person_for(reference)
        case "L":
            letter = letter_for(reference)
            found = letter.person if letter else None
        case "FA":
            found = _of(AssessmentRequest.objects.filter(reference=reference).select_related("person").first())
        case "D":
            found = _of(Decision.objects.filter(reference=reference).select_related("person").first())
        case "E":
            found = _of(Evidence.objects.filter(reference=reference).select_related("person").first())
    return [found] if found else []


def _of(row: AssessmentRequest | Decision | Evidence | None) -> Person | None:
    return row.person if row else None

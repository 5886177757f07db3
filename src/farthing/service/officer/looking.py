"""Opening a person's page: found by its reference, entered in the audit record, with what stands at the top of each."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest

from farthing.service import clock
from farthing.service.access.gates import CASEWORK
from farthing.service.access.models import Account, Role
from farthing.service.assessments.models import AssessmentRequest
from farthing.service.assessments.selectors.casework import open_request, request_for, requests_of
from farthing.service.audit.services import record
from farthing.service.people.models import Person
from farthing.service.people.selectors import person_for

CHANGES = CASEWORK - {Role.AUDITOR}
"""Those who may change a case."""

CASE_AND_FINANCE = CASEWORK | {Role.FINANCE}
"""Those who see decisions and who the person is."""


def account_of(request: HttpRequest) -> Account:
    """Whoever is signed in; the gate has let nobody else through."""
    assert isinstance(request.user, Account)
    return request.user


def find_person(reference: str) -> Person:
    """The person of a reference. Raises ``Http404``."""
    person = person_for(reference)
    if person is None:
        raise Http404("There is no person of that reference")
    return person


def find_request(person: Person, reference: str) -> AssessmentRequest:
    """A request of that person and no other. Raises ``Http404``."""
    found = request_for(person, reference)
    if found is None:
        raise Http404("This person has no request of that reference")
    found.person = person
    return found


def look(asked: HttpRequest, person: Person, action: str = "case seen", **details: Any) -> datetime:
    """Enter a look at a person's page in the audit record, unless it is a form being sent. Gives the moment."""
    at = clock.now()
    if asked.method in ("GET", "HEAD"):
        page = asked.resolver_match.url_name if asked.resolver_match else ""
        record(action=action, actor=account_of(asked).actor, about=person.reference, at=at, page=page, **details)
    return at


def case_page(request: HttpRequest, person: Person, tab: str, **context: Any) -> dict[str, Any]:
    """What every page of a case is handed: the person, their requests, the open one, and who may do what."""
    account = account_of(request)
    asked = requests_of(person)
    return {
        "person": person,
        "tab": tab,
        "here": "case",
        "requests": asked,
        "open_request": open_request(asked),
        "today": clock.today(),
        "may_change": bool(account.roles & CHANGES),
        "sees_case": bool(account.roles & CASEWORK),
        "me": account,
        **context,
    }

"""What the pages about care have in common: who may do what, finding what a page is about, and answering its form."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from farthing.service.access.models import Role
from farthing.service.care import selectors
from farthing.service.care.models import Service
from farthing.service.design.forms import DesignForm
from farthing.service.officer.carrying_out import answer
from farthing.service.officer.looking import CASE_AND_FINANCE, account_of, case_page
from farthing.service.people.models import Person

READS = CASE_AND_FINANCE
"""Those who see the care."""

PLANS = frozenset({Role.OFFICER, Role.MANAGER})
"""Those who change the care."""

BRINGS_IN = PLANS | {Role.FINANCE}
"""Those who bring in visits from a file."""


def may_plan(request: HttpRequest) -> bool:
    """Whether whoever is signed in changes the care."""
    return bool(account_of(request).roles & PLANS)


def find_service(person: Person, reference: str) -> Service:
    """A person's service. Raises ``Http404``."""
    found = selectors.service_for(person, reference)
    if found is None:
        raise Http404("This person has no service of that reference")
    return found


def answer_care(
    request: HttpRequest,
    person: Person,
    page: str,
    form: DesignForm,
    *,
    act: Callable[[], object],
    said: str,
    then: str = "care",
    **context: Any,
) -> HttpResponse:
    """Show a form about a person's care; when it is sent and right, act and go back to the care, or
    to another page about it. See ``answer``."""
    return answer(
        request,
        f"officer/care/{page}.html",
        case_page(request, person, "care", **context),
        person=person,
        form=form,
        act=act,
        then=reverse(f"officer:{then}", args=[person.reference]),
        said=said,
    )

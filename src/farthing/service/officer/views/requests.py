"""A request as the council handles it: made for somebody, waiting for evidence, withdrawn."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from farthing.service import clock
from farthing.service.access.gates import seen_by
from farthing.service.assessments.models import How, Kind
from farthing.service.assessments.selectors.facts import known_of
from farthing.service.assessments.services import evidence_wanted as evidence
from farthing.service.assessments.services import requests as services
from farthing.service.officer.carrying_out import answer, press, version_seen
from farthing.service.officer.forms.casework import EvidenceWantedForm
from farthing.service.officer.forms.people import NewRequestForm
from farthing.service.officer.looking import CHANGES, account_of, case_page, find_person, find_request, look


@seen_by(CHANGES)
def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Enter a request that came by telephone, at a visit or by post. What was told is entered as facts afterwards."""
    person = find_person(reference)
    look(request, person)
    form = NewRequestForm(request.POST or None)

    def act() -> None:
        asked = form.cleaned_data
        services.enter(
            person,
            Kind(asked["kind"]),
            how=How(asked["how"]),
            says=asked["says"],
            by=account_of(request),
            at=clock.now(),
        )

    return answer(
        request,
        "officer/request_new.html",
        case_page(request, person, "summary"),
        person=person,
        form=form,
        act=act,
        then=reverse("officer:facts", args=[reference]),
        said="The request is entered. Now enter what was told.",
    )


@seen_by(CHANGES)
@require_POST
def withdraw(request: HttpRequest, reference: str, request_reference: str) -> HttpResponse:
    """Record that a request was withdrawn."""
    found = find_request(find_person(reference), request_reference)
    return press(
        request,
        act=lambda: services.withdraw(found, by=account_of(request), at=clock.now(), version=version_seen(request)),
        then=reverse("officer:person", args=[reference]),
        said="The request is withdrawn.",
    )


@seen_by(CHANGES)
def ask_for_evidence(request: HttpRequest, reference: str, request_reference: str) -> HttpResponse:
    """Ask for evidence: a letter goes out and the case waits."""
    person = find_person(reference)
    look(request, person)
    found = find_request(person, request_reference)
    offered = evidence.evidence_to_ask_for(known_of(person))
    usual = {"by_day": evidence.usual_day(clock.today())}
    form = EvidenceWantedForm(offered, request.POST or None, initial=usual, today=clock.today())
    context = case_page(request, person, "evidence", asked=found, version=found.version)
    return answer(
        request,
        "officer/evidence_ask.html",
        context,
        person=person,
        form=form,
        act=lambda: evidence.ask_for_evidence(
            found,
            form.asked_for(),
            by_day=form.cleaned_data["by_day"],
            message=form.cleaned_data["message"],
            by=account_of(request),
            at=clock.now(),
            version=version_seen(request),
        ),
        then=reverse("officer:letters", args=[reference]),
        said="The letter is on its way, and the case waits for evidence.",
    )


@seen_by(CHANGES)
@require_POST
def evidence_has_come(request: HttpRequest, reference: str, request_reference: str) -> HttpResponse:
    """Let a case that waited go on."""
    found = find_request(find_person(reference), request_reference)
    return press(
        request,
        act=lambda: evidence.evidence_has_come(
            found, by=account_of(request), at=clock.now(), version=version_seen(request)
        ),
        then=reverse("officer:person", args=[reference]),
        said="The case goes on.",
    )

"""Evidence: what was sent, opened only by those who work on cases, and named as proof of facts."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from farthing.base.refusal import Refusal
from farthing.service import clock
from farthing.service.access.gates import CASEWORK, seen_by
from farthing.service.assessments.models import Evidence
from farthing.service.assessments.selectors.casework import newest_fact
from farthing.service.assessments.selectors.evidence import evidence_for, evidence_of, open_evidence
from farthing.service.assessments.selectors.facts import known_of
from farthing.service.assessments.services import facts as services
from farthing.service.assessments.services.evidence import look_at
from farthing.service.design.refused import in_a_sentence
from farthing.service.officer.carrying_out import answer
from farthing.service.officer.facts_shown import in_short, label_of
from farthing.service.officer.forms.facts import AcceptForm
from farthing.service.officer.looking import CHANGES, account_of, case_page, find_person, look
from farthing.service.officer.views.facts import saying
from farthing.service.people.models import Person

ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg"}
"""The ending of a file's name by what the file is."""


@seen_by(CASEWORK)
def evidence(request: HttpRequest, reference: str) -> HttpResponse:
    """What was sent, and which facts rest on it."""
    person = find_person(reference)
    look(request, person)
    proved: dict[str, list[str]] = {}
    for known in known_of(person).all_known():
        row = known.standing
        if row is not None and row.evidence is not None:
            said = f"{label_of(known)}: {in_short(known.section, known.fact, row.value)}"
            proved.setdefault(row.evidence.reference, []).append(said)
    context = case_page(request, person, "evidence", evidence=evidence_of(person), proved=proved)
    return render(request, "officer/evidence.html", context)


@seen_by(CASEWORK)
@require_safe
def file(request: HttpRequest, reference: str, evidence_reference: str) -> HttpResponseBase:
    """The file itself, to keep and open, never shown inside our pages. Opening it is recorded."""
    found = _find(request, find_person(reference), evidence_reference)
    try:
        content = open_evidence(found)
    except Refusal as refusal:
        for problem in refusal.problems:
            messages.error(request, in_a_sentence(problem))
        return redirect("officer:evidence", reference)
    if account_of(request).roles & CHANGES:
        look_at(found, by=account_of(request), at=clock.now())
    else:
        look(request, found.person, "evidence seen", evidence=found.reference)
    answered = FileResponse(content, content_type=found.type, as_attachment=True, filename=_name(found))
    answered.headers["X-Content-Type-Options"] = "nosniff"
    answered.headers["Cache-Control"] = "private, no-store"
    return answered


@seen_by(CHANGES)
def proves(request: HttpRequest, reference: str, evidence_reference: str) -> HttpResponse:
    """Accept facts as told, proved by this evidence."""
    person = find_person(reference)
    found = _find(request, person, evidence_reference)
    look(request, person)
    newest = newest_fact(person)
    unverified = known_of(person).unverified()
    form = AcceptForm(unverified, [found], request.POST or None, initial={"accepted": [], "evidence": found.reference})
    return answer(
        request,
        "officer/evidence_proves.html",
        case_page(request, person, "evidence", proof=found, seen=newest, unverified=unverified),
        person=person,
        form=form,
        act=lambda: services.accept_as_told(
            person, form.accepted_facts(), saying(request, account_of(request), found, form.noted())
        ),
        then=reverse("officer:evidence", args=[reference]),
        said="Those facts are verified, with this as their proof.",
    )


def _find(request: HttpRequest, person: Person, reference: str) -> Evidence:
    found = evidence_for(account_of(request), reference)
    if found is None or found.person_id != person.pk:
        raise Http404("This person has no evidence of that reference")
    return found


def _name(evidence: Evidence) -> str:
    return f"{evidence.reference}.{ENDINGS.get(evidence.type, 'bin')}"

"""Decisions as they were sealed: read from what was sealed and nothing else."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from farthing.service.access.gates import seen_by
from farthing.service.assessments.proposal import OUTCOMES
from farthing.service.assessments.sealed import digest
from farthing.service.assessments.selectors.casework import decision_for, decisions_of
from farthing.service.correspondence.selectors import letters_because
from farthing.service.officer.looking import CASE_AND_FINANCE, case_page, find_person, look
from farthing.service.officer.sealed_shown import departures_of, facts_of
from farthing.service.officer.working import chapters


@seen_by(CASE_AND_FINANCE)
def decisions(request: HttpRequest, reference: str) -> HttpResponse:
    """A person's decisions, the newest first."""
    person = find_person(reference)
    look(request, person)
    context = case_page(request, person, "decisions", decisions=decisions_of(person), outcomes=OUTCOMES)
    return render(request, "officer/decisions.html", context)


@seen_by(CASE_AND_FINANCE)
def decision(request: HttpRequest, reference: str, decision_reference: str) -> HttpResponse:
    """One decision, with its working, and whether it still is as it was sealed."""
    person = find_person(reference)
    found = decision_for(person, decision_reference)
    if found is None:
        raise Http404("This person has no decision of that reference")
    look(request, person, "decision seen", decision=found.reference)
    context = case_page(
        request,
        person,
        "decisions",
        decision=found,
        sealed=found.sealed,
        is_whole=digest(found.sealed) == found.digest,
        outcome=OUTCOMES[found.outcome],
        working=chapters(found.sealed),
        facts=facts_of(found.sealed),
        departures=departures_of(found.sealed),
        letters=letters_because(f"decision {found.reference}"),
    )
    return render(request, "officer/decision.html", context)

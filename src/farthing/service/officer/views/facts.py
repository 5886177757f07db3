"""Facts side by side: what was told and what the council verified; verifying one, or many as they were told."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from farthing.law import law
from farthing.service import clock
from farthing.service.access.gates import CASEWORK, seen_by
from farthing.service.access.models import Account
from farthing.service.assessments.models import Evidence, Side
from farthing.service.assessments.selectors.casework import newest_fact
from farthing.service.assessments.selectors.evidence import evidence_of
from farthing.service.assessments.selectors.facts import known_of
from farthing.service.assessments.services import facts as services
from farthing.service.officer import facts_shown
from farthing.service.officer.carrying_out import answer, version_seen
from farthing.service.officer.forms.facts import AcceptForm, VerifyForm
from farthing.service.officer.looking import CHANGES, account_of, case_page, find_person, look
from farthing.service.officer.standing import how_it_stands
from farthing.service.questions.forms import initial

THE_COUNCIL = "The council"
"""Whose word a verified fact is."""


@seen_by(CASEWORK)
def facts(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything known, told and verified side by side, with what each thing verified does to the charge."""
    person = find_person(reference)
    look(request, person)
    stands = how_it_stands(person, today=clock.today())
    context = case_page(
        request,
        person,
        "facts",
        stands=stands,
        sections=facts_shown.sections(stands.standing),
        lists=facts_shown.lists(stands.standing),
        not_known=facts_shown.not_known(stands.standing),
        unverified=len(stands.standing.unverified()),
    )
    return render(request, "officer/facts.html", context)


@seen_by(CHANGES)
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """Accept facts as they were told."""
    person = find_person(reference)
    look(request, person)
    newest = newest_fact(person)
    form = AcceptForm(known_of(person).unverified(), evidence_of(person), request.POST or None)
    return answer(
        request,
        "officer/facts_accept.html",
        case_page(request, person, "facts", seen=newest),
        person=person,
        form=form,
        act=lambda: services.accept_as_told(
            person, form.accepted_facts(), saying(request, account_of(request), form.proof(), form.noted())
        ),
        then=reverse("officer:facts", args=[reference]),
        said="Accepted as told.",
    )


@seen_by(CHANGES)
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Go to the page of a fact that nobody has said anything of, as chosen from a list."""
    name = request.GET.get("fact", "")
    if name not in law().facts:
        return redirect("officer:facts", reference)
    return redirect("officer:fact", reference, name)


@seen_by(CHANGES)
def verify(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Verify or correct one fact of the person's own."""
    person = find_person(reference)
    fact = law().facts.get(name)
    if fact is None or facts_shown.is_settled(fact.section, name):
        raise Http404("There is no such fact to verify")
    look(request, person)
    newest = newest_fact(person)
    own = known_of(person).own
    stood = {name: own[name].standing.value} if name in own and own[name].standing else {}  # type: ignore[union-attr]
    form = VerifyForm(
        [fact], evidence_of(person), request.POST or None, initial=initial([fact], stood), today=clock.today()
    )
    return answer(
        request,
        "officer/fact.html",
        case_page(request, person, "facts", fact=fact, known=facts_shown.sides(own.get(name)), seen=newest),
        person=person,
        form=form,
        act=lambda: services.verify(
            person,
            form.values(fact.section, "", own),
            saying(request, account_of(request), form.proof(), form.noted()),
        ),
        then=reverse("officer:facts", args=[reference]) + f"#{name}",
        said="Verified.",
    )


def saying(request: HttpRequest, account: Account, evidence: Evidence | None, note: str) -> services.Saying:
    """That the council says something, having seen what the page showed."""
    return services.Saying(
        by=account,
        as_whom=THE_COUNCIL,
        at=clock.now(),
        side=Side.VERIFIED,
        evidence=evidence,
        note=note,
        seen=version_seen(request, "seen"),
    )

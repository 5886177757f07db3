"""What was delivered: week by week, and a visit keyed by hand, put right, or taken back."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from farthing.service import clock
from farthing.service.access.gates import seen_by
from farthing.service.care import charging, selectors, services
from farthing.service.care.models import Visit
from farthing.service.care.words import amount_in_words
from farthing.service.officer.care.answering import PLANS, READS, answer_care, may_plan
from farthing.service.officer.care.forms import ReasonForm, VisitChangeForm, VisitForm
from farthing.service.officer.care.shown import monday_of, visits_shown, week_shown
from farthing.service.officer.carrying_out import version_seen
from farthing.service.officer.looking import account_of, case_page, find_person, look
from farthing.service.people.models import Person

WEEKS_OF_VISITS = 6


@seen_by(READS)
def delivered(request: HttpRequest, reference: str) -> HttpResponse:
    """A week as it was planned and delivered and what it costs, and the visits of the last weeks."""
    person = find_person(reference)
    look(request, person)
    today = clock.today()
    context = case_page(
        request,
        person,
        "care",
        week=week_shown(person, monday_of(request.GET.get("week", ""), today)),
        visits=list(visits_shown(selectors.visits_of(person, today - timedelta(weeks=WEEKS_OF_VISITS)))),
        weeks_of_visits=WEEKS_OF_VISITS,
        may_plan=may_plan(request),
    )
    return render(request, "officer/care/delivered.html", context)


@seen_by(PLANS)
def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Key a visit."""
    person = find_person(reference)
    look(request, person)
    form = VisitForm(selectors.services_of(person), request.POST or None, today=clock.today())
    return answer_care(
        request,
        person,
        "visit_new",
        form,
        then="care_delivered",
        act=lambda: services.key_visit(
            form.of(),
            day=form.cleaned_data["day"],
            amount=form.cleaned_data["amount"],
            outside_reference=form.cleaned_data["outside_reference"],
            by=account_of(request),
            at=clock.now(),
        ),
        said="The visit is keyed.",
    )


@seen_by(READS)
def visit(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One visit and how it was put right; for those who change care, the form that puts it right."""
    person = find_person(reference)
    look(request, person)
    found = _find(person, number)
    form = VisitChangeForm(request.POST or None if may_plan(request) else None, initial={"amount": found.amount})
    return answer_care(
        request,
        person,
        "visit",
        form,
        then="care_delivered",
        act=lambda: services.change_visit(
            found, **form.cleaned_data, by=account_of(request), at=clock.now(), version=version_seen(request)
        ),
        said="The visit is put right. Bills follow it.",
        **_shown(request, found),
    )


@seen_by(PLANS)
def take_back(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take back a visit that was not made."""
    person = find_person(reference)
    look(request, person)
    found = _find(person, number)
    form = ReasonForm(request.POST or None)
    return answer_care(
        request,
        person,
        "visit_take_back",
        form,
        then="care_delivered",
        act=lambda: services.take_back(
            found, **form.cleaned_data, by=account_of(request), at=clock.now(), version=version_seen(request)
        ),
        said="The visit is taken back. Bills follow it.",
        **_shown(request, found),
    )


def _find(person: Person, number: int) -> Visit:
    found = selectors.visit_for(person, number)
    if found is None:
        raise Http404("This person has no such visit")
    return found


def _shown(request: HttpRequest, visit: Visit) -> dict[str, object]:
    unit = visit.service.unit
    changes = [
        (each, amount_in_words(unit, each.before), amount_in_words(unit, each.after))
        for each in selectors.changes_of(visit)
    ]
    return {
        "visit": visit,
        "kind": charging.in_words(visit.service.kind),
        "delivered": amount_in_words(unit, visit.amount) if visit.amount else "taken back",
        "unit": "minutes" if unit == "hour" else f"{unit}s",
        "changes": changes,
        "version": visit.version,
        "may_plan": may_plan(request),
    }

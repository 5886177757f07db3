"""Departures: proposed with a reason, and approved or declined by somebody else."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from farthing.service import clock
from farthing.service.access.gates import CASEWORK, seen_by
from farthing.service.access.models import Role
from farthing.service.assessments.models import Departure, DepartureKind
from farthing.service.assessments.selectors.casework import departure_for
from farthing.service.assessments.selectors.facts import known_of
from farthing.service.assessments.services import departures as services
from farthing.service.officer.carrying_out import answer, press
from farthing.service.officer.departures_shown import shown
from farthing.service.officer.forms.departures import AnswerForm, DepartureForm, KindForm
from farthing.service.officer.looking import CHANGES, account_of, case_page, find_person, look
from farthing.service.officer.standing import how_it_stands
from farthing.service.people.models import Person

APPROVES = {Role.CHECKER, Role.MANAGER}
"""Those who may approve what another has proposed."""


@seen_by(CASEWORK)
def departures(request: HttpRequest, reference: str) -> HttpResponse:
    """Every departure, with what each does to the charge."""
    person = find_person(reference)
    look(request, person)
    stands = how_it_stands(person, today=clock.today())
    context = case_page(request, person, "departures", departures=shown(stands), stands=stands)
    return render(request, "officer/departures.html", context)


@seen_by(CHANGES)
def choose(request: HttpRequest, reference: str) -> HttpResponse:
    """Which kind of departure."""
    person = find_person(reference)
    look(request, person)
    form = KindForm(request.GET if "kind" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("officer:departure_propose", reference, form.cleaned_data["kind"])
    kinds = [(kind, services.SETTLES[kind].law) for kind in DepartureKind]
    return render(
        request, "officer/departure_new.html", {**case_page(request, person, "departures", kinds=kinds), "form": form}
    )


@seen_by(CHANGES)
def propose(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Propose a departure of one kind."""
    person = find_person(reference)
    if kind not in DepartureKind:
        raise Http404("There is no such kind of departure")
    chosen = DepartureKind(kind)
    look(request, person)
    form = DepartureForm(chosen, known_of(person), request.POST or None, today=clock.today())
    return answer(
        request,
        "officer/departure_propose.html",
        case_page(request, person, "departures", kind=chosen, law=services.SETTLES[chosen].law),
        person=person,
        form=form,
        act=lambda: services.propose(
            person,
            chosen,
            reason=form.reason(),
            starts_on=form.cleaned_data["starts_on"],
            ends_on=form.cleaned_data["ends_on"],
            values=form.values(),
            item=form.cleaned_data.get("item") or "",
            waived=form.cleaned_data.get("waived"),
            by=account_of(request),
            at=clock.now(),
        ),
        then=reverse("officer:departures", args=[reference]),
        said="Proposed. A checker or a manager who is not you approves it.",
    )


@seen_by(CASEWORK)
def departure(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One departure; for those who may answer it, the form to decline it."""
    person = find_person(reference)
    found = _find(person, number)
    look(request, person)
    one = next(each for each in shown(how_it_stands(person, today=clock.today())) if each.departure.pk == found.pk)
    account = account_of(request)
    context = case_page(
        request,
        person,
        "departures",
        shown=one,
        may_answer=one.waits and bool(account.roles & APPROVES) and account.pk != found.proposed_by_id,
        may_withdraw=one.stands and bool(account.roles & CHANGES),
    )
    form = AnswerForm(request.POST or None)
    return answer(
        request,
        "officer/departure.html",
        context,
        person=person,
        form=form,
        act=lambda: services.decline(found, because=form.cleaned_data["because"], by=account, at=clock.now()),
        then=reverse("officer:departures", args=[reference]),
        said="Declined. Whoever proposed it sees why.",
    )


@seen_by(APPROVES)
@require_POST
def approve(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Approve what another has proposed."""
    found = _find(find_person(reference), number)
    return press(
        request,
        act=lambda: services.approve(found, by=account_of(request), at=clock.now()),
        then=reverse("officer:departures", args=[reference]),
        said="Approved. It counts from now on.",
    )


@seen_by(CHANGES)
@require_POST
def withdraw(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take a departure back."""
    found = _find(find_person(reference), number)
    return press(
        request,
        act=lambda: services.withdraw(found, by=account_of(request), at=clock.now()),
        then=reverse("officer:departures", args=[reference]),
        said="Taken back. It no longer counts.",
    )


def _find(person: Person, number: int) -> Departure:
    found = departure_for(person, number)
    if found is None:
        raise Http404("This person has no such departure")
    return found

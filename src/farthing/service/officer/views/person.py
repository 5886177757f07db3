"""A person's summary: how the case stands, who they are, who acts for them; and changes of who they are."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from farthing.service import clock
from farthing.service.access.gates import seen_by
from farthing.service.assessments.selectors.casework import decisions_of, tasks_of
from farthing.service.design.carrying_out import refused_at
from farthing.service.officer.carrying_out import answer, press, version_seen
from farthing.service.officer.forms.people import DeathForm, DetailsForm
from farthing.service.officer.looking import CASE_AND_FINANCE, CHANGES, account_of, case_page, find_person, look
from farthing.service.officer.standing import how_it_stands
from farthing.service.people import services
from farthing.service.people.models import Channel, LetterForm
from farthing.service.people.selectors import representation_for, those_acting_for


@seen_by(CASE_AND_FINANCE)
def summary(request: HttpRequest, reference: str) -> HttpResponse:
    """How the case stands today."""
    person = find_person(reference)
    look(request, person)
    context = case_page(request, person, "summary")
    if context["sees_case"]:
        context |= {"stands": how_it_stands(person, today=clock.today()), "tasks": tasks_of(person)}
    return render(
        request,
        "officer/person.html",
        {**context, "acting": those_acting_for(person), "decisions": decisions_of(person)},
    )


@seen_by(CHANGES)
def new(request: HttpRequest) -> HttpResponse:
    """Add a person who is not on file."""
    usual = {"letters_as": LetterForm.STANDARD, "letters_by": Channel.POST}
    form = DetailsForm(request.POST or None, initial=usual, today=clock.today())
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            added = services.add_person(form.details(), by=account_of(request), at=clock.now())
            messages.success(request, f"{added} is on file. Add the request they made next.")
            return redirect("officer:person", added.reference)
    return render(request, "officer/person_new.html", {"here": "search", "form": form})


@seen_by(CHANGES)
def details(request: HttpRequest, reference: str) -> HttpResponse:
    """Change a person's details."""
    person = find_person(reference)
    look(request, person, "person seen")
    context = case_page(request, person, "summary", version=person.version)
    form = DetailsForm(
        request.POST or None,
        initial={name: getattr(person, name) for name in services.DETAILS},
        today=clock.today(),
    )
    return answer(
        request,
        "officer/person_details.html",
        context,
        person=person,
        form=form,
        act=lambda: services.change_details(
            person, form.details(), by=account_of(request), at=clock.now(), version=version_seen(request)
        ),
        then=reverse("officer:person", args=[reference]),
        said="The details were changed.",
    )


@seen_by(CHANGES)
def death(request: HttpRequest, reference: str) -> HttpResponse:
    """Record that a person has died."""
    person = find_person(reference)
    look(request, person)
    context = case_page(request, person, "summary", version=person.version)
    form = DeathForm(request.POST or None, initial={"died_on": person.died_on}, today=clock.today())
    return answer(
        request,
        "officer/person_death.html",
        context,
        person=person,
        form=form,
        act=lambda: services.record_death(
            person,
            form.cleaned_data["died_on"],
            by=account_of(request),
            at=clock.now(),
            today=clock.today(),
            version=version_seen(request),
        ),
        then=reverse("officer:person", args=[reference]),
        said="The death was recorded. Letters now go to the estate.",
    )


@seen_by(CHANGES)
@require_POST
def proof_seen(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Record that proof of an authority was seen."""
    found = representation_for(find_person(reference), number)
    if found is None:
        raise Http404("This person has no such authority on file")
    return press(
        request,
        act=lambda: services.mark_proof_seen(found, by=account_of(request), at=clock.now()),
        then=reverse("officer:person", args=[reference]),
        said="The proof is recorded as seen.",
    )

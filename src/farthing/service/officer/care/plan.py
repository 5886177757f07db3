"""The tab Care, and the pages that record needs, plan a service, change its rate and end it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from farthing.service import clock
from farthing.service.access.gates import seen_by
from farthing.service.care import charging, selectors, services
from farthing.service.care.models import TakenAs, Unit
from farthing.service.officer.care.answering import PLANS, READS, answer_care, find_service, may_plan
from farthing.service.officer.care.forms import EndForm, NeedsForm, RateForm, ServiceForm
from farthing.service.officer.care.shown import services_shown
from farthing.service.officer.carrying_out import version_seen
from farthing.service.officer.looking import account_of, case_page, find_person, look


@seen_by(READS)
def care(request: HttpRequest, reference: str) -> HttpResponse:
    """A person's care: what is needed, what is planned, and when it stops."""
    person = find_person(reference)
    look(request, person)
    context = case_page(
        request,
        person,
        "care",
        needs=selectors.needs_of(person),
        services=services_shown(selectors.services_of(person)),
        stops=selectors.stops_of(person),
        may_plan=may_plan(request),
    )
    return render(request, "officer/care/care.html", context)


@seen_by(PLANS)
def needs(request: HttpRequest, reference: str) -> HttpResponse:
    """Record what a needs assessment came to."""
    person = find_person(reference)
    look(request, person)
    form = NeedsForm(request.POST or None, today=clock.today())
    return answer_care(
        request,
        person,
        "needs",
        form,
        act=lambda: services.record_needs(person, **form.cleaned_data, by=account_of(request), at=clock.now()),
        said="It is recorded. Plan the services next.",
    )


@seen_by(PLANS)
def new_service(request: HttpRequest, reference: str) -> HttpResponse:
    """Plan a service."""
    person = find_person(reference)
    look(request, person)
    form = ServiceForm(selectors.providers(), request.POST or None, initial={"taken_as": TakenAs.ARRANGED})

    def act() -> None:
        services.plan_service(
            person,
            kind=form.cleaned_data["kind"],
            unit=form.priced_by(),
            planned=form.planned(),
            pence=form.cleaned_data["pence"],
            starts_on=form.cleaned_data["starts_on"],
            ends_on=form.cleaned_data["ends_on"],
            is_by_delivery=form.cleaned_data["is_by_delivery"] and form.cleaned_data["unit"] != Unit.WEEK,
            taken_as=TakenAs(form.cleaned_data["taken_as"]),
            provider=services.provider_named(form.named_provider()),
            by=account_of(request),
            at=clock.now(),
        )

    said = "The service is planned. Tell the person what it costs before it starts."
    return answer_care(request, person, "service_new", form, act=act, said=said)


@seen_by(PLANS)
def rate(request: HttpRequest, reference: str, service_reference: str) -> HttpResponse:
    """Give a service another rate from a day on."""
    person = find_person(reference)
    look(request, person)
    found = find_service(person, service_reference)
    form = RateForm(request.POST or None)
    return answer_care(
        request,
        person,
        "rate",
        form,
        act=lambda: services.change_rate(
            found, **form.cleaned_data, by=account_of(request), at=clock.now(), version=version_seen(request)
        ),
        said="The rate is changed. Tell the person in writing what the service costs now.",
        service=services_shown([found])[0],
        version=found.version,
    )


@seen_by(PLANS)
def end(request: HttpRequest, reference: str, service_reference: str) -> HttpResponse:
    """End a service, or let it go on."""
    person = find_person(reference)
    look(request, person)
    found = find_service(person, service_reference)
    form = EndForm(request.POST or None, initial={"ends_on": found.ends_on})
    return answer_care(
        request,
        person,
        "end",
        form,
        act=lambda: services.end_service(
            found, form.cleaned_data["ends_on"], by=account_of(request), at=clock.now(), version=version_seen(request)
        ),
        said="The end is recorded. Bills follow it.",
        service_kind=charging.in_words(found.kind),
        service=found,
        version=found.version,
    )

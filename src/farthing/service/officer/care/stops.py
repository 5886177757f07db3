"""Days on which care stops: recorded, and ended."""

from django.http import Http404, HttpRequest, HttpResponse

from farthing.service import clock
from farthing.service.access.gates import seen_by
from farthing.service.care import selectors, services
from farthing.service.care.models import StopReason
from farthing.service.officer.care.answering import PLANS, answer_care
from farthing.service.officer.care.forms import StopEndsForm, StopForm
from farthing.service.officer.looking import account_of, find_person, look


@seen_by(PLANS)
def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Record that care stops."""
    person = find_person(reference)
    look(request, person)
    form = StopForm(selectors.services_of(person), request.POST or None)
    return answer_care(
        request,
        person,
        "stop",
        form,
        act=lambda: services.stop_care(
            person,
            StopReason(form.cleaned_data["reason"]),
            first=form.cleaned_data["first"],
            last=form.cleaned_data["last"],
            service=form.of(),
            by=account_of(request),
            at=clock.now(),
        ),
        said="It is recorded. Bills follow it.",
    )


@seen_by(PLANS)
def ends(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Record the last day of a stop."""
    person = find_person(reference)
    look(request, person)
    stop = next((each for each in selectors.stops_of(person) if each.pk == number), None)
    if stop is None:
        raise Http404("This person's care was not stopped then")
    form = StopEndsForm(request.POST or None, initial={"last": stop.last})
    return answer_care(
        request,
        person,
        "stop_ends",
        form,
        act=lambda: services.care_goes_on(stop, last=form.cleaned_data["last"], by=account_of(request), at=clock.now()),
        said="It is recorded that care goes on.",
        stop=stop,
    )

"""One person's direct payment at the desk."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from farthing.service import clock
from farthing.service.access.gates import seen_by
from farthing.service.access.models import Role
from farthing.service.direct_payments.selectors import of_person, single_payment_for
from farthing.service.direct_payments.services.single_payments import approve_once
from farthing.service.officer.carrying_out import answer, press
from farthing.service.officer.looking import CASE_AND_FINANCE, CHANGES, account_of, case_page, find_person, look
from farthing.service.officer.payments.steps import STEPS, form_of, open_steps

ARRANGES = CHANGES | {Role.FINANCE}
"""Those who take the steps of a direct payment."""


@seen_by(CASE_AND_FINANCE)
def direct_payment(request: HttpRequest, reference: str) -> HttpResponse:
    """All there is on a person's direct payment, and the steps that can be taken."""
    person = find_person(reference)
    look(request, person)
    known = of_person(person, today=clock.today())
    may_arrange = bool(account_of(request).roles & ARRANGES)
    steps = open_steps(known) if may_arrange else {}
    context = case_page(
        request, person, "direct_payment", known=known, steps=steps, may_arrange=may_arrange, today=clock.today()
    )
    return render(request, "officer/payments/person.html", context)


@seen_by(ARRANGES)
def step(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """One step, with its form."""
    if name not in STEPS:
        raise Http404("There is no such step")
    person, taken = find_person(reference), STEPS[name]
    look(request, person)
    known = of_person(person, today=clock.today())
    if not taken.is_open(known):
        raise Http404("This step cannot be taken now")
    form = form_of(name, known, request.POST or None, today=clock.today())
    return answer(
        request,
        "officer/payments/step.html",
        case_page(request, person, "direct_payment", step=taken),
        person=person,
        form=form,
        act=lambda: taken.act(person, known, form, account_of(request), clock.now()),
        then=reverse("officer:direct_payment", args=[reference]),
        said=taken.said,
    )


@seen_by(ARRANGES)
@require_POST
def approve(request: HttpRequest, reference: str, single_reference: str) -> HttpResponse:
    """Approve a single payment that somebody else asked for."""
    found = single_payment_for(find_person(reference), single_reference)
    if found is None:
        raise Http404("This person has no such payment")
    return press(
        request,
        act=lambda: approve_once(found, by=account_of(request), at=clock.now()),
        then=reverse("officer:direct_payment", args=[reference]),
        said="Approved. It is paid with the next run.",
    )

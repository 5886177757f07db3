"""A person's budget at the desk: what the planned care costs, who pays which part, and the letter that tells them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from farthing.service import clock
from farthing.service.access.gates import seen_by
from farthing.service.budgets.letter_fields import WAYS
from farthing.service.budgets.selectors import budget_of, budget_week
from farthing.service.budgets.services import send_budget
from farthing.service.ledger.charges import policy
from farthing.service.officer.carrying_out import press
from farthing.service.officer.looking import CASE_AND_FINANCE, CHANGES, account_of, case_page, find_person, look


@seen_by(CASE_AND_FINANCE)
def budget(request: HttpRequest, reference: str) -> HttpResponse:
    """The budget of the coming week, or of the first week of care that is to come."""
    person = find_person(reference)
    look(request, person)
    since = budget_week(person, clock.today())
    context = case_page(request, person, "budget", found=budget_of(person, since, policy()), ways=WAYS, since=since)
    return render(request, "officer/budget.html", context)


@seen_by(CHANGES)
@require_POST
def tell(request: HttpRequest, reference: str) -> HttpResponse:
    """Tell the person their budget in writing."""
    person = find_person(reference)
    return press(
        request,
        act=lambda: send_budget(
            person, budget_week(person, clock.today()), policy(), by=account_of(request), at=clock.now()
        ),
        then=reverse("officer:budget", args=[reference]),
        said="Written, and put in the queue of letters.",
    )

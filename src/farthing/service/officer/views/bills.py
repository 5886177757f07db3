"""One person's bills: what they owe and for what, each line down to the law; holds, taking back, and billing them alone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from farthing.service import clock
from farthing.service.access.gates import seen_by
from farthing.service.billing import selectors, services
from farthing.service.billing.models import Paper
from farthing.service.billing.shown import shown
from farthing.service.correspondence.selectors import letters_because
from farthing.service.design.carrying_out import refused_at
from farthing.service.ledger.selectors import balances_of, entries_of
from farthing.service.officer.carrying_out import answer, press
from farthing.service.officer.forms.billing import ReasonForm, RunForm
from farthing.service.officer.looking import CASE_AND_FINANCE, account_of, case_page, find_person, look
from farthing.service.officer.views.billing import BILLS, BOOKS
from farthing.service.people.models import Person


@seen_by(CASE_AND_FINANCE)
def bills(request: HttpRequest, reference: str) -> HttpResponse:
    """What a person owes, their papers, and what was posted; for those who bill, the forms to hold them or bill them alone."""
    person = find_person(reference)
    look(request, person)
    may_bill = bool(account_of(request).roles & BILLS)
    form = RunForm(selectors.periods(clock.today()), request.POST or None)
    if request.method == "POST" and may_bill and form.is_valid():
        with refused_at(form):
            run = services.begin_run(form.number(), person=person, by=account_of(request), at=clock.now())
            return redirect("officer:billing_run", run.reference)
    context = case_page(
        request,
        person,
        "bills",
        form=form,
        papers=selectors.papers_of(person),
        balance=balances_of([person])[person.pk],
        entries=entries_of(person),
        held=selectors.hold_on(person),
        lines=selectors.lines_of(person),
        may_bill=may_bill,
        sees_books=bool(account_of(request).roles & BOOKS),
    )
    return render(request, "officer/bills.html", context)


@seen_by(CASE_AND_FINANCE)
def paper(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """One invoice or credit note, each week down to its visits, rates, decisions and law; and the form to take it back."""
    person = find_person(reference)
    found = _find(person, name)
    look(request, person, paper=found.name)
    form = ReasonForm(request.POST or None)
    context = case_page(
        request,
        person,
        "bills",
        shown=shown(found),
        letters=letters_because(found.letter_cause),
        may_take_back=found.may_be_taken_back and bool(account_of(request).roles & BILLS),
    )
    return answer(
        request,
        "officer/bill.html",
        context,
        person=person,
        form=form,
        act=lambda: services.retract(found, reason=form.cleaned_data["reason"], by=account_of(request), at=clock.now()),
        then=reverse("officer:bills", args=[reference]),
        said="The next run takes it back and bills the same days anew. Bill this person alone to do so now.",
    )


@seen_by(BILLS)
def hold(request: HttpRequest, reference: str) -> HttpResponse:
    """Put a person's bills on hold."""
    person = find_person(reference)
    look(request, person)
    form = ReasonForm(request.POST or None)
    return answer(
        request,
        "officer/bills_hold.html",
        case_page(request, person, "bills"),
        person=person,
        form=form,
        act=lambda: services.hold(person, reason=form.cleaned_data["reason"], by=account_of(request), at=clock.now()),
        then=reverse("officer:bills", args=[reference]),
        said="On hold. Nothing is billed until you end it.",
    )


@seen_by(BILLS)
@require_POST
def end_hold(request: HttpRequest, reference: str) -> HttpResponse:
    """Bill a person again."""
    person = find_person(reference)
    held = selectors.hold_on(person)
    if held is None:
        return redirect("officer:bills", reference)
    return press(
        request,
        act=lambda: services.end_hold(held, by=account_of(request), at=clock.now()),
        then=reverse("officer:bills", args=[reference]),
        said="The hold has ended. What was left out comes with the next run.",
    )


def _find(person: Person, name: str) -> Paper:
    found = selectors.paper_for(person, name)
    if found is None:
        raise Http404("This person has no such invoice or credit note")
    return found

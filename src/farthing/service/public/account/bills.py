"""Budget, direct payment and bills, as those read them whom they are about: what is owed, paid, and why."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from farthing.service import clock
from farthing.service.audit.services import record
from farthing.service.billing import selectors
from farthing.service.billing.shown import shown
from farthing.service.budgets.letter_fields import WAYS
from farthing.service.budgets.selectors import budget_of, budget_week
from farthing.service.care.charging import in_words
from farthing.service.care.selectors import notice_for, notices_not_acknowledged
from farthing.service.care.services import acknowledge
from farthing.service.correspondence.selectors import letters_because
from farthing.service.direct_payments.selectors import of_person
from farthing.service.ledger.charges import policy
from farthing.service.ledger.selectors import balances_of
from farthing.service.people.models import Representation
from farthing.service.public.account.shown import shown_letter
from farthing.service.public.account.views import about_person
from farthing.service.public.own import account_of, refuse


@about_person
def bills(request: HttpRequest, acting: Representation) -> HttpResponse:
    """What a person owes, how to pay it, and every invoice and credit note."""
    person = acting.person
    if not acting.is_proved:
        refuse(request, person.reference)
    record(action="bills seen", actor=account_of(request).actor, about=person.reference, at=clock.now())
    rules = policy()
    known = {
        "person": person,
        "papers": selectors.papers_of(person),
        "balance": balances_of([person])[person.pk],
        "ways": rules.ways,
        "cannot_pay": rules.cannot_pay,
    }
    return render(request, "public/account/bills.html", known)


@about_person
def paper(request: HttpRequest, acting: Representation, name: str) -> HttpResponse:
    """One invoice or credit note: each week, and why it is what it is, down to the law."""
    person = acting.person
    found = selectors.paper_for(person, name) if acting.is_proved else None
    if found is None:
        refuse(request, person.reference)
    record(
        action="bills seen", actor=account_of(request).actor, about=person.reference, at=clock.now(), paper=found.name
    )
    letters = [shown_letter(each) for each in letters_because(found.letter_cause)]
    return render(request, "public/account/bill.html", {"person": person, "shown": shown(found), "letters": letters})


@about_person
def budget(request: HttpRequest, acting: Representation) -> HttpResponse:
    """What the care that is planned costs, and who pays which part."""
    person = acting.person
    if not acting.is_proved:
        refuse(request, person.reference)
    record(action="budget seen", actor=account_of(request).actor, about=person.reference, at=clock.now())
    since = budget_week(person, clock.today())
    known = {
        "person": person,
        "found": budget_of(person, since, policy()),
        "ways": WAYS,
        "since": since,
        "notices": [(each, in_words(each.service.kind)) for each in notices_not_acknowledged(person)],
    }
    return render(request, "public/account/budget.html", known)


@about_person
@require_POST
def notice_had(request: HttpRequest, acting: Representation, number: int) -> HttpResponse:
    """Say that a notice of cost was had."""
    notice = notice_for(acting.person, number) if acting.is_proved else None
    if notice is None:
        refuse(request, acting.person.reference)
    account = account_of(request)
    acknowledge(notice, on=clock.today(), who=str(account), by=account, at=clock.now())
    messages.success(request, "Thank you. We have noted that you had the notice.")
    return redirect("public:account_budget", acting.person.reference)


@about_person
def direct_payment(request: HttpRequest, acting: Representation) -> HttpResponse:
    """The direct payment: what the council pays and the person pays in each week, what was paid, and when it is looked at."""
    person = acting.person
    if not acting.is_proved:
        refuse(request, person.reference)
    record(action="direct payment seen", actor=account_of(request).actor, about=person.reference, at=clock.now())
    known = {"person": person, "known": of_person(person, today=clock.today())}
    return render(request, "public/account/direct_payment.html", known)

"""Decisions and letters, as those read them whom they are about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from farthing.service import clock
from farthing.service.assessments.models import Decision
from farthing.service.assessments.selectors import requests as selectors
from farthing.service.assessments.services.handing_in import ask_for_review
from farthing.service.audit.services import record
from farthing.service.correspondence.selectors import letters_because
from farthing.service.correspondence.services import pdf
from farthing.service.design.carrying_out import refused_at
from farthing.service.people.models import Authority, Representation
from farthing.service.public.account import shown
from farthing.service.public.account.forms import ReviewForm
from farthing.service.public.account.views import own_page
from farthing.service.public.own import account_of, refuse


@own_page
def one(request: HttpRequest, reference: str) -> HttpResponse:
    """A decision with its working."""
    decision, acting = _found(request, reference)
    record(action="decision seen", actor=account_of(request).actor, about=decision.person.reference, at=clock.now(),
           decision=decision.reference)  # fmt: skip
    known = {
        "decision": decision,
        "person": decision.person,
        "acting": acting,
        "shown": shown.shown_decision(decision, _about(acting)),
        "letters": [shown.shown_letter(each) for each in letters_because(f"decision {decision.reference}")],
        "later": getattr(decision, "superseded_by", None),
        "review": selectors.review_open(decision),
    }
    return render(request, "public/account/decision.html", known)


@own_page
def why(request: HttpRequest, reference: str, rule: str) -> HttpResponse:
    """The rule behind a line of a decision, as it was sealed."""
    decision, _ = _found(request, reference)
    found = shown.why(decision, rule)
    if found is None:
        refuse(request, reference)
    return render(request, "public/account/why.html", {"decision": decision, "found": found})


@own_page
def review(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for a decision to be looked at again, with reasons."""
    decision, acting = _found(request, reference)
    if under_way := selectors.review_open(decision):
        return redirect("public:account_request", under_way.reference)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refused_at(form):
            says, by = form.cleaned_data["says"], account_of(request)
            asked = ask_for_review(decision, acting, says=says, by=by, at=clock.now())
            return redirect("public:apply_sent", asked.reference)
    known = {"decision": decision, "person": decision.person, "form": form}
    return render(request, "public/account/review.html", known)


@own_page
def letter(request: HttpRequest, reference: str) -> HttpResponse:
    """A letter as it was sent. Its name says nothing of anybody."""
    account = account_of(request)
    found = selectors.letter_of(account, reference)
    if found is None or found.person is None:
        refuse(request, reference)
    record(action="letter seen", actor=account.actor, about=found.person.reference, at=clock.now(),
           letter=found.reference)  # fmt: skip
    headers = {"Content-Disposition": f'inline; filename="{found.reference}.pdf"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(pdf(found), content_type="application/pdf", headers=headers)


def _found(request: HttpRequest, reference: str) -> tuple[Decision, Representation]:
    """A decision and by what right the account sees it; anything else is not there."""
    account = account_of(request)
    decision = selectors.decision_of(account, reference)
    acting = selectors.acting_for(account, decision.person.reference) if decision else None
    if decision is None or acting is None:
        refuse(request, reference)
    return decision, acting


def _about(acting: Representation) -> str:
    return "you" if acting.authority == Authority.SELF else "them"

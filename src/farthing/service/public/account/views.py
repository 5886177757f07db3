"""The pages of an account. Each takes a reference from its address and asks one selector whether it is the account's."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from farthing.service import clock
from farthing.service.access.gates import Who, seen_by
from farthing.service.access.models import Account
from farthing.service.assessments.models import AssessmentRequest, Kind, State
from farthing.service.assessments.selectors import requests as selectors
from farthing.service.assessments.selectors.evidence import evidence_sent_by
from farthing.service.assessments.selectors.progress import progress
from farthing.service.assessments.services.beginning import begin_for, tell_details
from farthing.service.assessments.services.messages import read_by_person, write_to_council
from farthing.service.design.carrying_out import is_done
from farthing.service.people.models import Representation
from farthing.service.people.services import Overtaken
from farthing.service.public.account.forms import DetailsForm, MessageForm
from farthing.service.public.account.overview import acted_for, shown_requests
from farthing.service.public.account.shown import shown_letter
from farthing.service.public.own import account_of, refuse

Page = Callable[..., HttpResponse]


def own_page(page: Page) -> Page:
    """A page of whoever has signed in, which no browser keeps."""
    return seen_by(Who.SIGNED_IN)(never_cache(require_http_methods(["GET", "HEAD", "POST"])(page)))


def about_person(page: Page) -> Page:
    """A page about somebody the account acts for: it is called with by what right."""

    @own_page
    @wraps(page)
    def respond(request: HttpRequest, reference: str, **parts: Any) -> HttpResponse:
        acting = selectors.acting_for(account_of(request), reference)
        return page(request, acting, **parts) if acting else refuse(request, reference)

    return respond


@own_page
def home(request: HttpRequest) -> HttpResponse:
    """Everybody the account acts for, what is new, and what is not sent yet."""
    account = account_of(request)
    known = {"people": acted_for(account), "drafts": selectors.drafts_of(account)}
    return render(request, "public/account/home.html", known)


@about_person
def person(request: HttpRequest, acting: Representation) -> HttpResponse:
    """Everything about one person: requests, decisions and letters."""
    known = {
        "acting": acting,
        "person": acting.person,
        "requests": list(shown_requests(selectors.sent_requests(account_of(request), acting.person))),
        "decisions": selectors.decisions_about(acting),
        "letters": [shown_letter(each) for each in selectors.letters_about(acting)],
    }
    return render(request, "public/account/person.html", known)


@about_person
def details(request: HttpRequest, acting: Representation) -> HttpResponse:
    """Change how to reach the person, and how letters come: once the council has seen proof of the authority."""
    somebody, account = acting.person, account_of(request)
    if not acting.is_proved:
        refuse(request, somebody.reference)
    names = ("address", "postcode", "telephone", "email", "letters_by", "letters_as")
    begun = {name: getattr(somebody, name) for name in names}
    form = DetailsForm(somebody, request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid():
        try:
            version = form.cleaned_data["version"]
            tell_details(somebody, form.details(), by=account, at=clock.now(), version=version)
        except Overtaken:
            form = _with_version_now(request, account, somebody.reference)
        else:
            messages.success(request, "Your changes are saved.")
            return redirect("public:account_person", somebody.reference)
    return render(request, "public/account/details.html", {"acting": acting, "person": somebody, "form": form})


@about_person
def change(request: HttpRequest, acting: Representation) -> HttpResponse:
    """Begin to tell what has changed: the questions start from what is known."""
    account = account_of(request)
    if not acting.is_proved and not selectors.sent_requests(account, acting.person):
        return redirect("public:apply")
    if request.method == "POST":
        begun = begin_for(acting, Kind.CHANGE, by=account, at=clock.now())
        return redirect("public:apply_tasks", begun.reference)
    return render(request, "public/account/change.html", {"acting": acting, "person": acting.person})


@own_page
def one_request(request: HttpRequest, reference: str) -> HttpResponse:
    """How far a request is, what was sent for it, and the messages about it."""
    account = account_of(request)
    found = selectors.request_of(account, reference)
    if found is None:
        refuse(request, reference)
    if found.state == State.DRAFT:
        return redirect("public:apply_tasks", reference)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if is_done(
        form, lambda: write_to_council(found, form.cleaned_data["text"], by=account_of(request), at=clock.now())
    ):
        return redirect("public:account_request", reference)
    known = {
        "asked": found,
        "title": Kind(found.kind).label,
        "steps": progress(found),
        "talk": selectors.messages_on(found),
        "form": form,
        "evidence": evidence_sent_by(found.person, account),
        "decision": _decision_on(found, request),
        "is_open": found.is_open,
    }
    response = render(request, "public/account/request.html", known)
    read_by_person(found, by=account, at=clock.now())
    return response


def _decision_on(found: AssessmentRequest, request: HttpRequest) -> str:
    """The reference of the decision that answers a request, where the account may see it."""
    decision = selectors.decision_on(account_of(request), found)
    return decision.reference if decision else ""


def _with_version_now(request: HttpRequest, account: Account, reference: str) -> DetailsForm:
    """What was typed, to be saved over what somebody else has changed meanwhile, once that is known."""
    acting = selectors.acting_for(account, reference)
    if acting is None:
        refuse(request, reference)
    typed = request.POST.copy()
    typed["version"] = str(acting.person.version)
    form = DetailsForm(acting.person, typed)
    form.add_error(None, "Somebody changed these details while you were typing. Check yours, and save them again.")
    return form

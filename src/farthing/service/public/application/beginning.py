"""Beginning an application: whom it is for, and by what right. What an estimate was told comes along."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from farthing.base.refusal import Refusal
from farthing.service import clock
from farthing.service.access.gates import Who, seen_by
from farthing.service.assessments.models import Kind
from farthing.service.assessments.selectors.requests import acting_for, sent_requests
from farthing.service.assessments.services.beginning import apply_for_new_person, begin_for
from farthing.service.people.models import Authority, Representation
from farthing.service.people.selectors import representations_of
from farthing.service.public.application.forms import ANOTHER, ME, AnotherForm, MeForm, WhoForm
from farthing.service.public.estimate import device, stores
from farthing.service.public.own import account_of, refuse
from farthing.service.questions.answers import Answers


@seen_by(Who.SIGNED_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def whom(request: HttpRequest) -> HttpResponse:
    """Ask whom the application is for."""
    account, estimated = account_of(request), _estimated(request)
    acts_for = representations_of(account)
    begun = {"who": ME if estimated.about == "you" else ANOTHER} if estimated.are_begun and not acts_for else None
    form = WhoForm(acts_for, request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid():
        chosen = form.cleaned_data["who"]
        if chosen in (ME, ANOTHER):
            return redirect(f"public:apply_for_{chosen}")
        acting = acting_for(account, chosen)
        return refuse(request, chosen) if acting is None else _for_known(request, acting)
    return render(request, "public/application/whom.html", {"form": form, "has_estimate": estimated.are_begun})


@seen_by(Who.SIGNED_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def for_me(request: HttpRequest) -> HttpResponse:
    """Ask the name of somebody who applies for themselves, and begin."""
    form = MeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _begin(request, form, Authority.SELF, "")
    return render(request, "public/application/for_me.html", {"form": form})


@seen_by(Who.SIGNED_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def for_another(request: HttpRequest) -> HttpResponse:
    """Ask whom somebody acts for and by what right, and begin."""
    called = {"your_name": account_of(request).name}
    form = AnotherForm(request.POST if request.method == "POST" else None, initial=called)
    if form.is_valid():
        return _begin(request, form, Authority(form.cleaned_data["authority"]), form.cleaned_data["relationship"])
    return render(request, "public/application/for_another.html", {"form": form})


def _begin(request: HttpRequest, form: MeForm | AnotherForm, authority: Authority, relationship: str) -> HttpResponse:
    begun = apply_for_new_person(
        account_of(request),
        given_name=form.cleaned_data["given_name"],
        family_name=form.cleaned_data["family_name"],
        authority=authority,
        relationship=relationship,
        called=form.called,
        answers=_estimated(request),
        at=clock.now(),
    )
    return _with_device_cleared(redirect("public:apply_tasks", begun.reference))


def _for_known(request: HttpRequest, acting: Representation) -> HttpResponse:
    account = account_of(request)
    if sent_requests(account, acting.person):
        name = acting.person.full_name
        messages.info(request, f"You have applied for {name} already. You can tell us here what has changed.")
        return redirect("public:account_person", acting.person.reference)
    try:
        begun = begin_for(acting, Kind.APPLICATION, answers=_estimated(request), by=account, at=clock.now())
    except Refusal as refusal:
        messages.info(request, f"An application for {acting.person.full_name} {refusal}.")
        return redirect("public:account")
    return _with_device_cleared(redirect("public:apply_tasks", begun.reference))


def _estimated(request: HttpRequest) -> Answers:
    """What an estimate on this device was told."""
    under_way = stores.under_way(request)
    return under_way.load() if under_way else Answers()


def _with_device_cleared(response: HttpResponse) -> HttpResponse:
    """The answers are on the draft now, so the device need not keep them."""
    device.clear(response)
    return response

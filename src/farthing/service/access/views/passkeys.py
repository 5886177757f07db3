"""Passkeys: made and removed on one's own account, and used to sign in. The browser's part is in passkey.js."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from farthing.base.refusal import Refusal
from farthing.service import clock
from farthing.service.access import passkeys, selectors, sign_in
from farthing.service.access.forms import PasskeyNameForm
from farthing.service.access.gates import Who, seen_by
from farthing.service.access.models import Account
from farthing.service.access.recording import A_VISITOR, recorded
from farthing.service.design.context import council


@seen_by(Who.SIGNED_IN)
@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The passkeys of whoever asks, and how to make one."""
    shown = {"form": PasskeyNameForm(), "passkeys": selectors.passkeys_of(_account(request))}
    return render(request, "access/passkeys.html", shown)


@seen_by(Who.SIGNED_IN)
@require_POST
def options_to_make(request: HttpRequest) -> HttpResponse:
    """What the browser is to make a passkey with."""
    name = council(request)["council"].name
    return _json(passkeys.options_to_make(request, _account(request), council=name))


@seen_by(Who.SIGNED_IN)
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Keep the passkey that the browser made."""
    form = PasskeyNameForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"problem": str(form.errors["name"][0])}, status=422)
    answer = request.POST.get("answer", "")
    try:
        passkeys.make(request, _account(request), answer, name=form.cleaned_data["name"], at=clock.now())
    except Refusal as refusal:
        return JsonResponse({"problem": str(refusal)}, status=422)
    return JsonResponse({"next": reverse("access:passkeys")})


@seen_by(Who.SIGNED_IN)
@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Remove a passkey of one's own."""
    passkeys.remove(_account(request), number, at=clock.now())
    return redirect("access:passkeys")


@seen_by(Who.EVERYBODY)
@require_POST
def options_to_sign_in(request: HttpRequest) -> HttpResponse:
    """What the browser is to find a passkey by."""
    return _json(passkeys.options_to_sign_in(request))


@seen_by(Who.EVERYBODY)
@require_POST
def use(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey."""
    at = clock.now()
    try:
        account = passkeys.account_of(request, request.POST.get("answer", ""), at=at)
    except Refusal as refusal:
        recorded("sign-in refused", A_VISITOR, at=at, why="passkey")
        return JsonResponse({"problem": str(refusal)}, status=422)
    sign_in.begin(request, account, sign_in.By.PASSKEY, at=at)
    return JsonResponse({"next": sign_in.go_on(request, request.POST.get("next", "")).headers["Location"]})


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user


def _json(written: str) -> HttpResponse:
    return HttpResponse(written, content_type="application/json")

"""How staff sign in: a password, then a code from an app, which is set up at the first sign-in."""

from datetime import timedelta

import django_otp
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from farthing.service import clock
from farthing.service.access import second_factors, services, sign_in, staff_sign_in
from farthing.service.access.forms import CodeForm, PasswordForm
from farthing.service.access.gates import Who, seen_by
from farthing.service.access.models import Account
from farthing.service.access.recording import A_VISITOR, recorded
from farthing.service.access.second_factors import Answer

_WRONG_CODE = "The code is not right. Use the code the app shows now, or a recovery code you have not used"


@seen_by(Who.EVERYBODY)
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Ask for address and password; where the council has OpenID Connect, lead there."""
    next_page = sign_in.local(request.GET.get("next", ""))
    if request.method == "GET" and sign_in.is_signed_in(request, as_staff=True):
        return sign_in.go_on(request, next_page)
    passwords_are_on = services.passwords_are_on()
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and passwords_are_on and form.is_valid():
        given = form.cleaned_data
        if staff_sign_in.give_password(request, given["email"], given["password"], next_page=next_page, at=clock.now()):
            return redirect("access:second_factor")
        form.add_error(None, "The email address or the password is not right")
    shown = {
        "form": form if passwords_are_on else None,
        "openid": bool(settings.OPENID["address"]),
        "ended": sign_in.why_ended(request),
        "next_page": next_page,
    }
    return render(request, "access/staff_sign_in.html", shown)


@seen_by(Who.EVERYBODY)
@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for a code, of somebody whose password was right."""
    at = clock.now()
    account = staff_sign_in.half_way(request, at=at)
    if account is None:
        return redirect(settings.STAFF_LOGIN_URL)
    if second_factors.device_of(account) is None:
        return redirect("access:enrol_second_factor")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        checked = second_factors.check(account, form.cleaned_data["code"], at=at)
        if checked.device:
            by = sign_in.By.RECOVERY_CODE if checked.answer is Answer.RECOVERY else sign_in.By.SECOND_FACTOR
            return _signed_in(request, account, checked.device, by)
        recorded("sign-in refused", A_VISITOR, at=at, about=account, why="second factor")
        form.add_error("code", _too_soon(checked.wait) if checked.answer is Answer.WAIT else _WRONG_CODE)
    return render(request, "access/second_factor.html", {"form": form})


@seen_by(Who.EVERYBODY)
@never_cache
@require_http_methods(["GET", "POST"])
def enrol_second_factor(request: HttpRequest) -> HttpResponse:
    """Set up an app: at the first sign-in, or to change to another once signed in."""
    at = clock.now()
    account, signing_in = _who_enrols(request), not sign_in.is_signed_in(request, as_staff=True)
    if account is None:
        return redirect(settings.STAFF_LOGIN_URL)
    device = second_factors.start(account)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wait = second_factors.wait_for(device, at=at)
        codes = None if wait else second_factors.confirm(device, form.cleaned_data["code"], by=account, at=at)
        if codes is not None:
            if signing_in:
                _signed_in(request, account, device, sign_in.By.SECOND_FACTOR)
            else:
                django_otp.login(request, device)
            return render(
                request, "access/recovery_codes.html", {"codes": codes, "next_page": sign_in.start_of(account)}
            )
        form.add_error("code", _too_soon(wait) if wait else "The code is not right. Use the code the app shows now")
    shown = {
        "form": form,
        "picture": second_factors.key_as_picture(device),
        "key": second_factors.key_as_text(device),
        "signing_in": signing_in,
    }
    return render(request, "access/enrol_second_factor.html", shown)


def _too_soon(wait: timedelta) -> str:
    seconds = int(wait.total_seconds()) + 1
    return f"Wait {seconds} second{'s' if seconds > 1 else ''}, then try again"


def _who_enrols(request: HttpRequest) -> Account | None:
    """Staff signed in with an app already, or half way and with none: a password alone does not replace an app."""
    if sign_in.is_signed_in(request, as_staff=True) and isinstance(request.user, Account):
        return request.user
    half_way = staff_sign_in.half_way(request, at=clock.now())
    return half_way if half_way and second_factors.device_of(half_way) is None else None


def _signed_in(request: HttpRequest, account: Account, device: object, by: sign_in.By) -> HttpResponse:
    next_page = staff_sign_in.next_page(request)
    staff_sign_in.over(request)
    sign_in.begin(request, account, by, at=clock.now())
    django_otp.login(request, device)
    return sign_in.go_on(request, next_page)

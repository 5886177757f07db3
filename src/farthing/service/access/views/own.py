"""A member of staff's own account: password, app and recovery codes."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from farthing.service import clock
from farthing.service.access import second_factors, services
from farthing.service.access.forms import ChangePasswordForm, NewPasswordForm
from farthing.service.access.gates import STAFF, Who, seen_by
from farthing.service.access.models import Account
from farthing.service.design import errors


@seen_by(STAFF)
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """What a member of staff can change about how they sign in."""
    shown = {"me": _account(request), "passwords_are_on": services.passwords_are_on()}
    return render(request, "access/staff_account.html", shown)


@seen_by(STAFF, form_changes_nothing=True)
@never_cache
@sensitive_post_parameters("password", "new_password")
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; other browsers are signed out."""
    _only_with_passwords()
    me = _account(request)
    form = ChangePasswordForm(request.POST or None, account=me)
    if request.method == "POST" and form.is_valid():
        services.change_password(me, form.cleaned_data["new_password"], at=clock.now())
        update_session_auth_hash(request, me)
        messages.success(request, "Your password is changed. Other browsers you were signed in to are signed out.")
        return redirect("access:staff_account")
    return render(request, "access/change_password.html", {"form": form})


@seen_by(Who.EVERYBODY)
@never_cache
@sensitive_post_parameters("new_password")
@require_http_methods(["GET", "POST"])
def choose_password(request: HttpRequest, number: int, token: str) -> HttpResponse:
    """Choose a password by the link that an administrator had sent."""
    _only_with_passwords()
    whose = services.account_of_password_link(number, token)
    if whose is None:
        return errors.gone(request)
    form = NewPasswordForm(request.POST or None, account=whose)
    if request.method == "POST" and form.is_valid():
        services.change_password(whose, form.cleaned_data["new_password"], at=clock.now())
        messages.success(request, "Your password is set. Sign in with it now.")
        return redirect("access:staff_sign_in")
    return render(request, "access/choose_password.html", {"form": form, "email": whose.email})


@seen_by(STAFF, form_changes_nothing=True)
@never_cache
@require_POST
def new_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes, shown once."""
    me = _account(request)
    codes = second_factors.new_recovery_codes(me, by=me, at=clock.now())
    return render(request, "access/recovery_codes.html", {"codes": codes, "next_page": "../"})


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user


def _only_with_passwords() -> None:
    if not services.passwords_are_on():
        raise Http404

"""The administrator's pages of staff: who they are, what they may do, and how they get in. An auditor reads them."""

import logging
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from farthing.base.refusal import Refusal
from farthing.service import clock
from farthing.service.access import second_factors, selectors, services
from farthing.service.access.forms import RolesForm, StaffForm
from farthing.service.access.gates import seen_by
from farthing.service.access.models import Account, Role
from farthing.service.design.carrying_out import refused_at
from farthing.service.design.refused import in_a_sentence

logger = logging.getLogger(__name__)


@seen_by(Role.ADMINISTRATOR, Role.AUDITOR)
@require_GET
def staff(request: HttpRequest) -> HttpResponse:
    """Every member of staff."""
    search = request.GET.get("search", "").strip()[:100]
    return render(request, "access/accounts.html", {"staff": selectors.staff_accounts(search), "search": search})


@seen_by(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a member of staff, who is sent a link to choose a password with."""
    form = StaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refused_at(form):
            added = services.make_staff(
                given["email"], given["name"], map(Role, given["roles"]), by=_account(request), at=clock.now()
            )
            messages.success(request, f"{added.name} is added.")
            return _send_password_link(request, added)
    return render(request, "access/account_new.html", {"form": form})


@seen_by(Role.ADMINISTRATOR, Role.AUDITOR)
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One member of staff. A POST gives them the roles that are ticked, and no others."""
    found = _found(number)
    form = RolesForm(request.POST or None, initial={"roles": list(found.roles)})
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            services.set_roles(found, map(Role, form.cleaned_data["roles"]), by=_account(request), at=clock.now())
            messages.success(request, f"The roles of {found} are changed.")
            return redirect("access:account", number)
    shown = {
        "form": form,
        "staff": found,
        "has_second_factor": second_factors.device_of(found) is not None,
        "passwords_are_on": services.passwords_are_on(),
    }
    return render(request, "access/account.html", shown)


@seen_by(Role.ADMINISTRATOR)
@require_POST
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Stop an account; whoever is signed in to it is out."""
    return _done(request, _found(number), services.stop, "{} can no longer sign in.")


@seen_by(Role.ADMINISTRATOR)
@require_POST
def start_again(request: HttpRequest, number: int) -> HttpResponse:
    """Let a stopped account sign in again."""
    return _done(request, _found(number), services.start_again, "{} can sign in again.")


@seen_by(Role.ADMINISTRATOR)
@require_POST
def reset_second_factor(request: HttpRequest, number: int) -> HttpResponse:
    """Take a lost app away: a new one is set up at the next sign-in."""
    return _done(request, _found(number), second_factors.reset, "{} will set up a new second factor.")


@seen_by(Role.ADMINISTRATOR)
@require_POST
def password_link(request: HttpRequest, number: int) -> HttpResponse:
    """Send a link to choose a password with."""
    return _send_password_link(request, _found(number))


def _found(number: int) -> Account:
    found = selectors.staff_account(number)
    if found is None:
        raise Http404
    return found


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user


def _done(request: HttpRequest, account: Account, change: Callable[..., None], words: str) -> HttpResponse:
    try:
        change(account, by=_account(request), at=clock.now())
    except Refusal as refusal:
        for problem in refusal.problems:
            messages.error(request, in_a_sentence(problem))
    else:
        messages.success(request, words.format(account))
    return redirect("access:account", account.pk)


def _send_password_link(request: HttpRequest, account: Account) -> HttpResponse:
    if services.passwords_are_on():
        try:
            services.send_password_link(account, by=_account(request), at=clock.now())
        except OSError:
            logger.exception("A link to choose a password could not be sent: check the e-mail settings")
            messages.error(
                request, "The email with a link to choose a password could not be sent. Send it again later."
            )
        else:
            messages.success(request, f"A link to choose a password is on its way to {account.email}.")
    return redirect("access:account", account.pk)

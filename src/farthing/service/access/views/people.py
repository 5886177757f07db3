"""How people sign in and out: a link sent by e-mail, used by a click so that a mail scanner cannot use it up."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from farthing.service import clock
from farthing.service.access import kept_forms, links, sign_in
from farthing.service.access.computers import digest_of_computer
from farthing.service.access.forms import AddressForm
from farthing.service.access.gates import STAFF, Who, seen_by
from farthing.service.access.models import Account
from farthing.service.design import errors

logger = logging.getLogger(__name__)


@seen_by(Who.EVERYBODY)
@never_cache
@require_http_methods(["GET", "POST"])
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Ask for a link to sign in with."""
    next_page = sign_in.local(request.GET.get("next", ""))
    if request.method == "GET" and sign_in.is_signed_in(request, as_staff=False):
        return sign_in.go_on(request, next_page)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = links.ask(
                form.cleaned_data["email"],
                next_page=next_page,
                asked_from=digest_of_computer(request),
                at=clock.now(),
            )
        except OSError:
            logger.exception("A link to sign in could not be sent: check the e-mail settings (FARTHING_EMAIL_HOST)")
            form.add_error(None, "We could not send the email. Nothing is wrong with your address. Try again soon.")
        else:
            if asked is links.Asked.TOO_MANY:
                return errors.too_many(request)
            return redirect("access:sign_in_sent")
    ended = sign_in.why_ended(request)
    return render(request, "access/sign_in.html", {"form": form, "ended": ended, "next_page": next_page})


@seen_by(Who.EVERYBODY)
@require_GET
def link_sent(request: HttpRequest) -> HttpResponse:
    """Say that a link is on its way, to whoever asked for one."""
    return render(request, "access/sign_in_sent.html")


@seen_by(Who.EVERYBODY)
@never_cache
@require_http_methods(["GET", "POST"])
def use_link(request: HttpRequest, raw: str) -> HttpResponse:
    """Where a link leads: looking at it changes nothing, the button signs in."""
    at = clock.now()
    link = links.usable(raw, at=at)
    if link is None:
        return errors.gone(request)
    if request.method == "GET":
        return render(request, "access/sign_in_link.html", {"email": link.email})
    account = links.use(raw, at=at)
    if account is None:
        return errors.gone(request)
    sign_in.begin(request, account, sign_in.By.LINK, at=at)
    return sign_in.go_on(request, link.next_page)


@seen_by(Who.EVERYBODY)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, whoever it is."""
    sign_in.end(request, at=clock.now())
    return redirect("access:signed_out")


@seen_by(Who.EVERYBODY)
@require_GET
def signed_out(request: HttpRequest) -> HttpResponse:
    """Say that somebody has signed out."""
    return render(request, "access/signed_out.html")


@seen_by(Who.SIGNED_IN, STAFF, form_changes_nothing=True)
@never_cache
@require_http_methods(["GET", "POST"])
def kept_form(request: HttpRequest) -> HttpResponse:
    """Give back the form that was sent after its session had ended. A POST throws it away."""
    account = request.user
    assert isinstance(account, Account)
    kept = kept_forms.kept_for(request, account, at=clock.now())
    if request.method == "POST" or kept is None:
        kept_forms.forget(request)
        return redirect(sign_in.start_of(account))
    return render(request, "access/kept_form.html", {"kept": kept})

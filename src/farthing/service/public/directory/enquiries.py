"""Asking an enterprise something, and the conversation that follows, of which neither side sees the other's address.

The token of a conversation stands in the address of one page only, which is asked for and never sent to: what is sent
carries it inside, so that no log of a refused form can hold it.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from farthing.service import clock
from farthing.service.access.computers import digest_of_computer
from farthing.service.access.gates import Who, seen_by
from farthing.service.design import errors
from farthing.service.design.carrying_out import is_done
from farthing.service.directory.listing import entry_of
from farthing.service.directory.models import Enquiry
from farthing.service.directory.selectors.shown import Shown
from farthing.service.directory.services import enquiries
from farthing.service.public.directory.forms import AskForm, ReplyForm
from farthing.service.public.directory.pages import about_enterprise


@about_enterprise
def ask(request: HttpRequest, found: Shown) -> HttpResponse:
    """Ask an enterprise whether it can help."""
    enterprise = found.enterprise
    if enterprise.owner_id is None:
        return redirect("public:enterprise", enterprise.key)
    form = AskForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        told, asked_from = form.cleaned_data, digest_of_computer(request)
        enquiries.ask(
            enterprise, name=told["name"], email=told["email"], says=told["says"], asked_from=asked_from, at=clock.now()
        )

    if is_done(form, act):
        messages.success(
            request,
            f"Your message is on its way to {found.entry.name}. We have sent you an email with a link to the "
            "conversation: you see the answer there.",
        )
        return redirect("public:enterprise", enterprise.key)
    return render(request, "public/directory/ask.html", {"form": form, "shown": found, "enterprise": enterprise})


@seen_by(Who.EVERYBODY)
@never_cache
@require_safe
def conversation(request: HttpRequest, token: str) -> HttpResponse:
    """The conversation that a link leads to."""
    enquiry = enquiries.by_link(token)
    return errors.gone(request) if enquiry is None else _shown(request, enquiry, token, ReplyForm())


@seen_by(Who.EVERYBODY)
@never_cache
@require_POST
def reply(request: HttpRequest) -> HttpResponse:
    """Write once more."""
    token = request.POST.get("token", "")
    enquiry = enquiries.by_link(token)
    if enquiry is None:
        return errors.gone(request)
    form = ReplyForm(request.POST)
    if is_done(form, lambda: enquiries.say(enquiry, form.cleaned_data["says"], by_enterprise=False, at=clock.now())):
        messages.success(request, "Your message is sent.")
        return redirect("public:enquiry", token)
    return _shown(request, enquiry, token, form)


@seen_by(Who.EVERYBODY)
@never_cache
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """End the conversation: nobody can write in it any more."""
    token = request.POST.get("token", "")
    enquiry = enquiries.by_link(token)
    if enquiry is None:
        return errors.gone(request)
    if enquiry.closed_at is None:
        enquiries.close(enquiry, at=clock.now())
    return redirect("public:enquiry", token)


def _shown(request: HttpRequest, enquiry: Enquiry, token: str, form: ReplyForm) -> HttpResponse:
    known = {
        "enquiry": enquiry,
        "token": token,
        "form": form,
        "name": entry_of(enquiry.enterprise).name,
        "talk": list(enquiry.messages.order_by("at", "pk")),
    }
    return render(request, "public/directory/conversation.html", known)

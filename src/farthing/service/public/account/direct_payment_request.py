"""Asking for a direct payment, with or without somebody in mind whom it is to pay."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from farthing.service import clock
from farthing.service.design.carrying_out import refused_at
from farthing.service.direct_payments.conditions import ManagedBy
from farthing.service.direct_payments.services.requests import ask
from farthing.service.directory.selectors.shown import Shown, shown
from farthing.service.people.models import Authority, Representation
from farthing.service.public.account.forms import DirectPaymentForm
from farthing.service.public.account.views import about_person
from farthing.service.public.own import account_of, refuse


@about_person
def ask_for_one(request: HttpRequest, acting: Representation) -> HttpResponse:
    """Ask for a direct payment: who would look after the money, and what it is for."""
    person = acting.person
    if not acting.is_proved:
        refuse(request, person.reference)
    pays = _to_be_paid(request)
    form = DirectPaymentForm(request.POST if request.method == "POST" else None, today=clock.today())
    if form.is_valid():
        told = form.cleaned_data
        about = f"To pay {pays.entry.name} ({pays.enterprise.reference} in the directory). " if pays else ""
        with refused_at(form):
            ask(
                person,
                managed_by=ManagedBy(told["managed_by"]),
                receiver=told["receiver"] or "",
                receiver_address=told["receiver_address"] or "",
                receiver_agreed_on=told["receiver_agreed_on"],
                says=about + told["says"],
                by=account_of(request),
                at=clock.now(),
            )
            messages.success(request, "We have your request. We write to you when it is decided.")
            return redirect("public:account_direct_payment", person.reference)
    known = {"person": person, "form": form, "pays": pays, "is_self": acting.authority == Authority.SELF}
    return render(request, "public/account/ask_for_direct_payment.html", known)


def _to_be_paid(request: HttpRequest) -> Shown | None:
    """The enterprise that the address names, where it may be shown today."""
    try:
        return shown(UUID(request.GET.get("to", "")), today=clock.today())
    except ValueError:
        return None

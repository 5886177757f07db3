"""Telling the council that something is wrong with an enterprise."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from farthing.service import clock
from farthing.service.access.computers import digest_of_computer
from farthing.service.design.carrying_out import refused_at
from farthing.service.directory.council import urgent_here
from farthing.service.directory.models import ConcernKind
from farthing.service.directory.selectors.shown import Shown
from farthing.service.directory.services import concerns
from farthing.service.public.directory.forms import ConcernForm
from farthing.service.public.directory.pages import about_enterprise


@about_enterprise
def concern(request: HttpRequest, found: Shown) -> HttpResponse:
    """Take what somebody is worried about, to go straight to the team that looks into it."""
    form = ConcernForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = form.cleaned_data
        with refused_at(form):
            made = concerns.tell(
                found.enterprise,
                ConcernKind(told["kind"]),
                says=told["says"],
                name=told["name"],
                email=told["email"],
                asked_from=digest_of_computer(request),
                at=clock.now(),
            )
            messages.success(request, f"Thank you. The council has what you told us. Its number is {made.reference}.")
            return redirect("public:enterprise", found.enterprise.key)
    known = {
        "form": form,
        "shown": found,
        "enterprise": found.enterprise,
        "urgent": urgent_here(),
    }
    return render(request, "public/directory/concern.html", known)

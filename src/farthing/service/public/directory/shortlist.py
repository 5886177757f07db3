"""A list of enterprises somebody thinks of, kept for as long as their browser is open. It needs no account."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from farthing.service import clock
from farthing.service.access.gates import Who, seen_by
from farthing.service.directory.selectors.shown import shown_many
from farthing.service.public.directory.in_full import in_full
from farthing.service.public.directory.pages import shown_today

MOST = 20
_KEPT = "shortlist"


def keys(request: HttpRequest) -> list[UUID]:
    """The enterprises on the list, in the order they were put there."""
    return [UUID(each) for each in request.session.get(_KEPT, [])]


@seen_by(Who.EVERYBODY)
@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The list, to compare and to print."""
    kept = keys(request)
    found = shown_many(kept, today=clock.today())
    known = {"listed": [in_full(each) for each in found], "gone": len(kept) - len(found)}
    return render(request, "public/directory/shortlist.html", known)


@seen_by(Who.EVERYBODY)
@never_cache
@require_POST
def add(request: HttpRequest, key: UUID) -> HttpResponse:
    """Put an enterprise on the list."""
    found, kept = shown_today(key), keys(request)
    if key in kept:
        return redirect("public:shortlist")
    if len(kept) >= MOST:
        messages.error(request, f"There are {MOST} on your shortlist already. Remove one first.")
        return redirect("public:shortlist")
    request.session[_KEPT] = [str(each) for each in (*kept, key)]
    messages.success(request, f"{found.entry.name} is on your shortlist.")
    return redirect("public:enterprise", key)


@seen_by(Who.EVERYBODY)
@never_cache
@require_POST
def remove(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take an enterprise off the list, whether or not it is still shown."""
    request.session[_KEPT] = [str(each) for each in keys(request) if each != key]
    return redirect("public:shortlist")

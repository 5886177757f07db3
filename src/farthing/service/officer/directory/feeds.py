"""Other councils' directories that are read: which, when, what came of it; adding, stopping and starting one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from farthing.service import clock
from farthing.service.access.gates import seen_by
from farthing.service.directory.feeds import add_feed, start_feed, stop_feed
from farthing.service.directory.models import Feed
from farthing.service.directory.selectors import feeds as selectors
from farthing.service.officer.directory.forms import FeedForm, FeedReasonForm
from farthing.service.officer.directory.looking import EDITS, READS, answer, desk_page
from farthing.service.officer.looking import account_of


@seen_by(READS)
@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """Every directory that is read, with its last readings."""
    return render(request, "officer/directory/feeds.html", desk_page(request, "feeds", feeds=selectors.feeds()))


@seen_by(EDITS)
def new(request: HttpRequest) -> HttpResponse:
    """Add another council's directory."""
    form = FeedForm(request.POST or None)
    return answer(
        request,
        "officer/directory/feed_new.html",
        desk_page(request, "feeds"),
        form=form,
        act=lambda: add_feed(**form.cleaned_data, by=account_of(request).actor, at=clock.now()),
        then=reverse("officer:directory_feeds"),
        said="Added. It is read within the hour.",
    )


@seen_by(EDITS)
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Read a directory no more, with the reason."""
    found = _feed(number, is_read=True)
    form = FeedReasonForm(request.POST or None)
    return answer(
        request,
        "officer/directory/feed_stop.html",
        desk_page(request, "feeds", feed=found),
        form=form,
        act=lambda: stop_feed(found, reason=form.cleaned_data["reason"], by=account_of(request), at=clock.now()),
        then=reverse("officer:directory_feeds"),
        said=f"Stopped. Nobody sees anything from {found.name} now.",
    )


@seen_by(EDITS)
def start(request: HttpRequest, number: int) -> HttpResponse:
    """Have a directory read again, with the reason."""
    found = _feed(number, is_read=False)
    form = FeedReasonForm(request.POST or None)
    return answer(
        request,
        "officer/directory/feed_start.html",
        desk_page(request, "feeds", feed=found),
        form=form,
        act=lambda: start_feed(found, reason=form.cleaned_data["reason"], by=account_of(request), at=clock.now()),
        then=reverse("officer:directory_feeds"),
        said="Started. It is read within the hour.",
    )


def _feed(number: int, *, is_read: bool) -> Feed:
    """The feed of a number, where it is read or not. Raises ``Http404``."""
    found = selectors.feed(number)
    if found is None or found.is_read != is_read:
        raise Http404("There is no such feed, or it was stopped or started already")
    return found

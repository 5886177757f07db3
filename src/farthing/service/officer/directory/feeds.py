"""Other councils' directories that are read: which, when, what came of it, and adding one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from farthing.service import clock
from farthing.service.access.gates import seen_by
from farthing.service.directory.feeds import add_feed
from farthing.service.directory.selectors import feeds as selectors
from farthing.service.officer.directory.forms import FeedForm
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

"""Stopping to read another council's directory, and starting again: by an editor, with the reason."""

from datetime import datetime

from django.db import transaction

from farthing.base.refusal import Problem, Refusal
from farthing.service.access.models import Account, Role
from farthing.service.audit.services import record
from farthing.service.clock import day_of
from farthing.service.directory import listing
from farthing.service.directory.feeds.keeping import take_out
from farthing.service.directory.models import Did, Feed, FeedStep


def stop_feed(feed: Feed, *, reason: str, by: Account, at: datetime) -> int:
    """Read a feed no more, and show nothing of it from now on. Gives how many entries that takes out.

    Raises ``Refusal`` where no reason is given, or it was stopped already.
    """
    with transaction.atomic():
        standing = _stepped(feed, is_read=False, reason=reason, by=by, at=at)
        gone = take_out(standing, Did.FEED_STOPPED, by=by.actor, at=at, reason=reason.strip())
        Feed.objects.filter(pk=feed.pk).update(is_read=False, etag="", next_at=None)
        listing.refresh(gone, today=day_of(at))
        record(action="directory feed stopped", actor=by.actor, about=f"feed {feed.pk}", at=at, gone=len(gone))
    feed.refresh_from_db()
    return len(gone)


def start_feed(feed: Feed, *, reason: str, by: Account, at: datetime) -> None:
    """Read a feed again, all of it and as soon as can be. What an editor suspended stays so. Raises ``Refusal``."""
    with transaction.atomic():
        _stepped(feed, is_read=True, reason=reason, by=by, at=at)
        Feed.objects.filter(pk=feed.pk).update(is_read=True, whole_next=True, next_at=at)
        record(action="directory feed started", actor=by.actor, about=f"feed {feed.pk}", at=at)
    feed.refresh_from_db()


def _stepped(feed: Feed, *, is_read: bool, reason: str, by: Account, at: datetime) -> Feed:
    """The feed, under a lock, with the step written down."""
    if Role.DIRECTORY_EDITOR not in by.roles:
        raise Refusal(Problem("", "is for an editor of the directory to do", "Ask one of them"))
    if not reason.strip():
        raise Refusal(Problem("reason", "is missing", "Say why"))
    standing = Feed.objects.select_for_update().get(pk=feed.pk)
    if standing.is_read == is_read:
        already = "is read already" if is_read else "was stopped already"
        raise Refusal(Problem("", already, "Load the page again to see how it stands"))
    FeedStep.objects.create(feed=standing, is_read=is_read, reason=reason.strip(), by=by, at=at)
    return standing

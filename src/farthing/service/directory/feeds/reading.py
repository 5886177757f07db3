"""Reading another council's directory: all of it is fetched first, and nothing here is touched unless it was all there."""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from farthing.base.refusal import Problem, Refusal
from farthing.service.audit.services import THE_SERVICE, record
from farthing.service.directory.feeds.entries import LeftOut, entry_from
from farthing.service.directory.feeds.fetching import checked
from farthing.service.directory.feeds.fetching import fetch as fetch_over_the_network
from farthing.service.directory.feeds.keeping import Found, Gave, keep
from farthing.service.directory.feeds.pages import Fetch, Item, Pages, everything
from farthing.service.directory.models import Enterprise, Feed, FeedReading, State

log = logging.getLogger(__name__)

WHOLE_EVERY = 7
"""Of so many readings one is of the whole feed. The others ask for what has changed, and may miss that something is gone."""

OVERLAP = timedelta(hours=26)
"""How far before the last reading changes are asked for, as clocks and time zones of others go wrong."""

LONGEST_ID = 100
MOST_REASONS = 20

Tell = Callable[[str], None]


def add_feed(name: str, url: str, *, licence: str, every_hours: int, by: str, at: datetime) -> Feed:
    """Add another council's directory to those that are read, from now on. Raises ``Refusal``.

    ``url`` is that of its Open Referral UK feed; what stands after a question mark there is asked for each time.
    """
    checked(url)
    if not name.strip() or Feed.objects.filter(Q(name=name.strip()) | Q(url=url)).exists():
        raise Refusal(
            Problem("name", "is missing, or is of a feed that is read already", "Give another name and address")
        )
    with transaction.atomic():
        feed = Feed.objects.create(name=name.strip(), url=url, licence=licence, every_hours=every_hours, next_at=at)
        record(action="directory feed added", actor=by, about=f"feed {feed.pk}", at=at, every_hours=every_hours)
    return feed


def feed_named(name: str) -> Feed:
    """The feed of a name. Raises ``Refusal`` where none has it."""
    found = Feed.objects.filter(name=name).first()
    if found is None:
        known = ", ".join(Feed.objects.order_by("name").values_list("name", flat=True)) or "none is read yet"
        raise Refusal(Problem("name", f"is of no feed: {name!r}", f"Give one of these: {known}"))
    return found


def due_feeds(at: datetime) -> list[Feed]:
    """The feeds whose time has come."""
    return list(Feed.objects.filter(Q(next_at=None) | Q(next_at__lte=at), is_read=True).order_by("pk"))


def take_turn(feed: Feed, *, at: datetime) -> bool:
    """Whether it is still to be read, and nobody else has begun to."""
    mine = Feed.objects.filter(Q(next_at=None) | Q(next_at__lte=at), pk=feed.pk, is_read=True)
    return bool(mine.update(next_at=at + timedelta(hours=feed.every_hours)))


def read_feed(feed: Feed, *, at: datetime, fetch: Fetch = fetch_over_the_network, tell: Tell = log.info) -> FeedReading:
    """Read a feed and keep what it gave. Gives what came of it; ``problem`` where it was not read to its end.

    ``tell`` is told in words why services were left out. Raises ``Refusal`` for a feed that was stopped.
    """
    if not feed.is_read:
        raise Refusal(Problem("name", "is of a directory that is not read any more", "Have an editor start it again"))
    good = feed.readings.filter(problem="").order_by("-at")
    last = good.first()
    is_whole = last is None or feed.whole_next or bool(feed.etag) or good.count() % WHOLE_EVERY == 0
    since = None if is_whole or last is None else last.at - OVERLAP
    try:
        pages = everything(feed.url, etag="" if feed.whole_next else feed.etag, modified_after=since, fetch=fetch)
        gave, left_out = _sorted_out(pages)
        _refuse_where_emptied(feed, pages, is_whole=is_whole)
    except Refusal as refusal:
        return _ended(feed, FeedReading(feed=feed, at=at, problem=refusal.problems[0].problem[:500]), etag=feed.etag)
    for reason, number in left_out.most_common():
        tell(f"{number} left out: {reason}")
    reasons = [[number, reason] for reason, number in left_out.most_common(MOST_REASONS)]
    reading = FeedReading(feed=feed, at=at, found=len(pages.items), left_out=left_out.total(), reasons=reasons)
    return _ended(feed, reading, etag=pages.etag, gave=None if pages.is_unchanged else gave, is_whole=is_whole)


@transaction.atomic
def _ended(
    feed: Feed,
    reading: FeedReading,
    *,
    etag: str,
    gave: Gave | None = None,
    is_whole: bool = False,
) -> FeedReading:
    standing = Feed.objects.select_for_update().get(pk=feed.pk)
    if not standing.is_read:  # nothing that is read is to come back once an editor has stopped it
        reading = FeedReading(feed=feed, at=reading.at, problem="was stopped while it was read")
        etag, gave, is_whole = "", None, False
    if gave is not None:
        kept = keep(feed, gave, is_whole=is_whole, at=reading.at)
        reading.new, reading.changed, reading.gone = kept.new, kept.changed, kept.gone
        reading.already_here = kept.already_here
    reading.save()
    next_at = reading.at + timedelta(hours=feed.every_hours)
    whole_next = standing.whole_next and not is_whole
    Feed.objects.filter(pk=feed.pk).update(etag=etag, next_at=next_at, whole_next=whole_next)
    record(
        action="directory feed read",
        actor=THE_SERVICE,
        about=f"feed {feed.pk}",
        at=reading.at,
        found=reading.found,
        new=reading.new,
        changed=reading.changed,
        gone=reading.gone,
        left_out=[f"{number}: {reason}" for number, reason in reading.reasons],
        problem=reading.problem,
    )
    feed.refresh_from_db()
    return reading


def _sorted_out(pages: Pages) -> tuple[Gave, Counter[str]]:
    """What a feed gave, as entries by its numbers, those it says are gone, and why others were left out."""
    found, gone, left_out = [], set(), Counter[str]()
    for item in pages.items:
        number = _number(item)
        if number is None:
            left_out["no number of its own"] += 1
        elif item.get("status", "active") != "active":
            gone.add(number)
        elif isinstance(entry := entry_from(item), LeftOut):
            left_out[entry.reason] += 1
            gone.add(number)
        else:
            found.append(Found(number, entry))
    return Gave(tuple(found), frozenset(gone)), left_out


def _number(item: Item) -> str | None:
    number = item.get("id")
    return number if isinstance(number, str) and 0 < len(number) <= LONGEST_ID and number.isprintable() else None


def _refuse_where_emptied(feed: Feed, pages: Pages, *, is_whole: bool) -> None:
    """A whole feed that holds nothing where it held something is broken, more likely than left by everybody at once."""
    if is_whole and not pages.items and not pages.is_unchanged:
        there = Enterprise.objects.filter(feed=feed).exclude(state=State.GONE).count()
        if there:
            what_to_do = "Ask whoever looks after that directory"
            raise Refusal(
                Problem("", f"is empty, and {there} came from it before", what_to_do, called="this directory")
            )

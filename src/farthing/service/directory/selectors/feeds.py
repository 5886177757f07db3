"""The other councils' directories that are read, with what came of it."""

from dataclasses import dataclass

from django.db.models import Count, Q

from farthing.service.directory.models import Feed, FeedReading, State

READINGS = 5


@dataclass(frozen=True, slots=True)
class FeedStanding:
    """A feed, how many enterprises of it are published, and its last readings, the newest first."""

    feed: Feed
    published: int
    readings: tuple[FeedReading, ...]


def feeds() -> list[FeedStanding]:
    """Every feed by name, each with its last readings."""
    published = Count("enterprises", filter=Q(enterprises__state=State.PUBLISHED))
    found = list(Feed.objects.annotate(published_now=published).order_by("name"))
    return [
        FeedStanding(each, each.published_now, tuple(each.readings.order_by("-at", "-pk")[:READINGS])) for each in found
    ]

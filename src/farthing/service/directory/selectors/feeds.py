"""The other councils' directories that are read, with what came of it."""

from dataclasses import dataclass

from django.db.models import Count, Q

from farthing.service.directory.models import Feed, FeedReading, FeedStep, State

READINGS = 5


@dataclass(frozen=True, slots=True)
class FeedStanding:
    """A feed, how many enterprises of it are published, its last readings, and its last stop or start; the newest first.

    ``last_step`` is None for a feed that was never stopped.
    """

    feed: Feed
    published: int
    readings: tuple[FeedReading, ...]
    last_step: FeedStep | None

    @property
    def last(self) -> FeedReading | None:
        """The last reading; None where it was never read."""
        return self.readings[0] if self.readings else None


def feeds() -> list[FeedStanding]:
    """Every feed by name, each with its last readings."""
    published = Count("enterprises", filter=Q(enterprises__state=State.PUBLISHED))
    found = list(Feed.objects.annotate(published_now=published).order_by("name"))
    return [
        FeedStanding(
            each,
            each.published_now,
            tuple(each.readings.order_by("-at", "-pk")[:READINGS]),
            each.steps.select_related("by").order_by("-pk").first(),
        )
        for each in found
    ]


def feed(number: int) -> Feed | None:
    """A feed by its number."""
    return Feed.objects.filter(pk=number).first()

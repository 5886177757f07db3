"""Reading the events back, and finding the first that does not fit its chain."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from farthing.service.audit.chain import FIRST, digest_of
from farthing.service.audit.models import Event


@dataclass(frozen=True, slots=True)
class Page:
    """Some events, the newest first. ``older`` is what to pass as ``before`` for the next page; None on the last."""

    events: list[Event]
    older: int | None


def events_about(reference: str, *, most: int = 200) -> list[Event]:
    """The latest events about a person, a request or a letter, the newest first."""
    return list(Event.objects.filter(about=reference).order_by("-id")[:most])


def events(
    *,
    actor: str = "",
    action: str = "",
    about: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
    size: int = 50,
) -> Page:
    """A page of events, the newest first, narrowed by whatever is given; ``until`` itself is left out."""
    given = {"actor": actor, "action": action, "about": about, "at__gte": since, "at__lt": until, "id__lt": before}
    wanted = {name: value for name, value in given.items() if value not in ("", None)}
    found = list(Event.objects.filter(**wanted).order_by("-id")[: size + 1])
    return Page(found[:size], found[size - 1].pk if len(found) > size else None)


def latest() -> Event | None:
    """The newest event. Its digest, noted somewhere else, later proves that no event after it was cut off."""
    return Event.objects.order_by("-id").first()


def verify(from_id: int | None = None) -> Event | None:
    """The first event that was changed, or does not follow the one before it; None where the chain is whole.

    ``from_id`` starts at an event, taking those before it as they are. Reads as it goes, however many there are.
    """
    last = FIRST
    wanted = Event.objects.order_by("id")
    if from_id is not None:
        last = wanted.filter(id__lt=from_id).values_list("digest", flat=True).last() or FIRST
        wanted = wanted.filter(id__gte=from_id)
    return next(_broken(wanted.iterator(chunk_size=2000), last), None)


def _broken(events: Iterator[Event], last: str) -> Iterator[Event]:
    for event in events:
        if event.previous != last or event.digest != digest_of(event):
            yield event
        last = event.digest

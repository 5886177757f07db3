"""Keeping what a feed gave: what is new, what has changed, what is here already, and what is gone."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from django.db.models import F, Max

from farthing.service.clock import day_of
from farthing.service.directory import listing
from farthing.service.directory.entry import Entry
from farthing.service.directory.models import Did, Enterprise, EntryVersion, Feed, State, Step
from farthing.service.directory.places import Place, name_of, place_of
from farthing.service.directory.words import folded

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Found:
    """One service of a feed: its number there, and the entry it comes to."""

    number: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Gave:
    """All a feed gave: what is there, and the numbers of what it says is there no longer."""

    found: tuple[Found, ...]
    gone: frozenset[str]


@dataclass(slots=True)
class Kept:
    """What came of it."""

    new: int = 0
    changed: int = 0
    gone: int = 0
    already_here: int = 0
    touched: list[Enterprise] = field(default_factory=list)


def keep(feed: Feed, gave: Gave, *, is_whole: bool, at: datetime) -> Kept:
    """Keep what a feed gave, in the caller's transaction. What is not in a whole feed any more is gone."""
    kept, ours = Kept(), _Others(feed)
    before = {each.elsewhere_id: each for each in _of(feed)}
    named = {each.number for each in gave.found}
    left = {number for number in before if number in gave.gone or (is_whole and number not in named)}
    moved = _Moved(before[number] for number in left)
    held = {_name_and_place(listing.entry_of(each)): number for number, each in _staying(before, left)}
    new: list[Found] = []
    for each in gave.found:
        is_twin = held.setdefault(_name_and_place(each.entry), each.number) != each.number
        if is_twin or ours.has(each.entry):
            kept.already_here += 1
            left |= {each.number} & before.keys()
        elif (there := before.get(each.number) or moved.to(each)) is not None:
            left.discard(there.elsewhere_id)
            _renew(there, each, kept, at)
        else:
            new.append(each)
    _begin(feed, new, kept, at)
    _end([before[number] for number in sorted(left)], kept, at, feed)
    listing.refresh(kept.touched, today=day_of(at))
    return kept


def _of(feed: Feed) -> Iterable[Enterprise]:
    return Enterprise.objects.filter(feed=feed).select_for_update(of=("self",)).select_related("published")


def _staying(before: Mapping[str, Enterprise], left: Container[str]) -> Iterator[tuple[str, Enterprise]]:
    """Those of a feed that are here and not about to leave, by their numbers there."""
    return ((number, each) for number, each in before.items() if number not in left and each.state != State.GONE)


class _Moved:
    """Those whose number a feed no longer names, to be found again under another one by their name and place."""

    def __init__(self, left: Iterable[Enterprise]):
        self._left = {_name_and_place(listing.entry_of(each)): each for each in left}

    def to(self, found: Found) -> Enterprise | None:
        """The one that a service was before it got the number it has."""
        return self._left.pop(_name_and_place(found.entry), None)


class _Others:
    """Whatever is here from elsewhere than one feed, in any state: what we took out is not to come back by another door."""

    def __init__(self, feed: Feed):
        self._by_name: defaultdict[str, list[Entry]] = defaultdict(list)
        self._websites: set[str] = set()
        others = Enterprise.objects.exclude(feed=feed).exclude(state=State.GONE).exclude(published=None)
        for content in others.values_list("published__content", flat=True).iterator(chunk_size=AT_ONCE):
            entry = Entry.of(content)
            self._by_name[folded(entry.name)].append(entry)
            self._websites |= {_website(entry)} - {""}

    def has(self, entry: Entry) -> bool:
        """Whether one of them has the website of an entry, or its name at its place."""
        same_name = self._by_name.get(folded(entry.name), [])
        return _website(entry) in self._websites or any(_place(each) == _place(entry) for each in same_name)


def _begin(feed: Feed, new: Sequence[Found], kept: Kept, at: datetime) -> None:
    begun = [
        Enterprise(feed=feed, elsewhere_id=each.number, state=State.PUBLISHED, made_at=at, changed_at=at)
        for each in new
    ]
    made = Enterprise.objects.bulk_create(begun, batch_size=AT_ONCE)
    versions = EntryVersion.objects.bulk_create(
        [
            EntryVersion(enterprise=enterprise, number=1, content=each.entry.kept(), by=_by(feed), at=at)
            for enterprise, each in zip(made, new, strict=True)
        ],
        batch_size=AT_ONCE,
    )
    for enterprise, version in zip(made, versions, strict=True):
        enterprise.published = version
    Enterprise.objects.bulk_update(made, ["published"], batch_size=AT_ONCE)
    steps = [
        Step(enterprise=enterprise, did=Did.PUBLISHED, entry=enterprise.published, by=_by(feed), at=at)
        for enterprise in made
    ]
    Step.objects.bulk_create(steps, batch_size=AT_ONCE)
    kept.new += len(made)
    kept.touched += made


def _renew(there: Enterprise, found: Found, kept: Kept, at: datetime) -> None:
    """Bring one that was there before up to date. One that we suspended stays so; one that was gone is back."""
    changed: dict[str, object] = {}
    version = there.published
    if there.elsewhere_id != found.number:
        changed["elsewhere_id"] = found.number
    if version is None or Entry.of(version.content) != found.entry:
        number = there.entries.aggregate(last=Max("number"))["last"] or 0
        by = _by(there.feed)
        version = EntryVersion.objects.create(
            enterprise=there, number=number + 1, content=found.entry.kept(), by=by, at=at
        )
        changed["published"] = version
    if there.state == State.GONE:
        changed["state"] = State.PUBLISHED
    if not changed:
        return
    did = Did.RESTORED if "state" in changed else Did.UPDATED
    Step.objects.create(enterprise=there, did=did, entry=version, by=_by(there.feed), at=at)
    Enterprise.objects.filter(pk=there.pk).update(**changed, changed_at=at, version=F("version") + 1)
    kept.changed += 1
    kept.touched.append(there)


def _end(left: Sequence[Enterprise], kept: Kept, at: datetime, feed: Feed) -> None:
    gone = _taken_out(left, Did.LEFT_FEED, by=_by(feed), at=at, reason="")
    kept.gone += len(gone)
    kept.touched += gone


def take_out(feed: Feed, did: Did, *, by: str, at: datetime, reason: str) -> list[Enterprise]:
    """Take out all that came from a feed, in the caller's transaction. Gives those that were there until now."""
    return _taken_out(list(_of(feed)), did, by=by, at=at, reason=reason)


def _taken_out(left: Sequence[Enterprise], did: Did, *, by: str, at: datetime, reason: str) -> list[Enterprise]:
    gone = [each for each in left if each.state not in (State.GONE, State.SUSPENDED)]
    steps = [Step(enterprise=each, did=did, by=by, at=at, reason=reason) for each in gone]
    Step.objects.bulk_create(steps, batch_size=AT_ONCE)
    for first in range(0, len(gone), AT_ONCE):
        some = Enterprise.objects.filter(pk__in=[each.pk for each in gone[first : first + AT_ONCE]])
        some.update(state=State.GONE, changed_at=at, version=F("version") + 1)
    return gone


def _by(feed: Feed | None) -> str:
    return f"the feed of {feed.name}" if feed else ""


def _name_and_place(entry: Entry) -> tuple[str, str]:
    return folded(entry.name), _place(entry)


def _place(entry: Entry) -> str:
    """The name of the town or village of an entry; its postcode where it is not known any more."""
    found = place_of(entry.postcode)
    place = found if isinstance(found, Place) else found.was
    return name_of(place.easting, place.northing) if place else entry.postcode


def _website(entry: Entry) -> str:
    """A website as it is compared: without https, www, and a stroke at its end."""
    parts = urlsplit(entry.website)
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}"

"""What everybody may see: enterprises as they are listed, each with its entry and the dates of its checks."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from farthing.service.directory.checks import meets
from farthing.service.directory.entry import Entry
from farthing.service.directory.listing import entry_of
from farthing.service.directory.models import Check, CheckKind, Enterprise, Feed, FeedReading, Listing

AT_ONCE = 500
"""Enterprises held in memory while everything is read."""


@dataclass(frozen=True, slots=True)
class Checked:
    """That something was seen proved. ``runs_out_on`` is the last day it holds, None where it does not run out."""

    kind: CheckKind
    seen_on: date
    runs_out_on: date | None
    says: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An enterprise as everybody may see it. ``place`` is its town or village; its postcode is shown nowhere.

    ``read_at`` is when another council's directory last gave it, None for one of ours.
    """

    enterprise: Enterprise
    listing: Listing
    entry: Entry
    checks: tuple[Checked, ...]
    place: str
    read_at: datetime | None = None

    @property
    def feed(self) -> Feed | None:
        """The other council's directory it was read from; None for one of ours."""
        return self.enterprise.feed


def shown(key: UUID, *, today: date) -> Shown | None:
    """One enterprise by its key; None where it is not shown."""
    return next(iter(shown_many([key], today=today)), None)


def shown_many(keys: Sequence[UUID], *, today: date) -> list[Shown]:
    """Enterprises by their keys, in the order asked; those that are not shown are left out."""
    listings = _listings(today).filter(enterprise__key__in=keys)
    found = {each.enterprise.key: each for each in _with_checks(list(listings))}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def everything(*, today: date, modified_after: datetime | None = None) -> Iterator[Shown]:
    """Everything that is shown, ordered by key, or what changed since a moment. So many are in memory at a time."""
    listings = _listings(today).order_by("enterprise__key")
    if modified_after is not None:
        listings = listings.filter(changed_at__gt=modified_after)
    read = listings.iterator(chunk_size=AT_ONCE)
    while some := list(islice(read, AT_ONCE)):
        yield from _with_checks(some)


def _listings(today: date) -> QuerySet[Listing]:
    """The listings that may be shown today: even before the daily job has dropped those that may not."""
    found = Listing.objects.filter(Q(shown_until=None) | Q(shown_until__gte=today))
    return found.select_related("enterprise__published", "enterprise__feed")


def _with_checks(listings: Sequence[Listing]) -> Iterator[Shown]:
    checks = _checks_that_count([each.pk for each in listings])
    read = _last_read({each.enterprise.feed_id for each in listings} - {None})
    for each in listings:
        counting = checks[each.pk]
        yield Shown(
            enterprise=each.enterprise,
            listing=each,
            entry=entry_of(each.enterprise),
            checks=tuple(counting[kind] for kind in CheckKind if kind in counting),
            place=each.place,
            read_at=read.get(each.enterprise.feed_id),
        )


def _last_read(feeds: set[int | None]) -> dict[int | None, datetime]:
    """When each of some feeds was last read to its end."""
    if not feeds:
        return {}
    good = FeedReading.objects.filter(feed__in=feeds, problem="")
    return dict(good.values_list("feed").annotate(last=Max("at")).values_list("feed", "last"))


def _checks_that_count(enterprises: Sequence[int]) -> Mapping[int, dict[CheckKind, Checked]]:
    """The check that counts of each kind, by enterprise: the one recorded last."""
    found: defaultdict[int, dict[CheckKind, Checked]] = defaultdict(dict)
    recorded = Check.objects.filter(enterprise__in=enterprises).order_by("pk")
    # Rows of what is shown alone: there are several for each listing, and whole ones take three times as long to read.
    rows = recorded.values_list("enterprise_id", "kind", "seen_on", "runs_out_on", "says")
    for enterprise, kind, seen_on, runs_out_on, says in rows:
        found[enterprise][meets(kind)] = Checked(CheckKind(kind), seen_on, runs_out_on, says)
    return found

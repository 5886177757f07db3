"""What an editor of the directory sees: what waits, what runs out, what was told of whom, and where nobody is."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from farthing.service.directory.checks import FOR_EVER, holds_until, needed_checks, newest
from farthing.service.directory.listing import entry_of
from farthing.service.directory.models import (
    Check,
    CheckKind,
    Concern,
    ConcernKind,
    Did,
    Enterprise,
    EntryVersion,
    Listing,
    ListingTerm,
    State,
    Step,
)
from farthing.service.directory.places import area_of, areas
from farthing.service.directory.selectors.history import Happened, history
from farthing.service.directory.selectors.owned import soon
from farthing.service.directory.terms import Term, kinds_of_help
from farthing.service.references import read_reference

__all__ = [
    "Gaps",
    "Happened",
    "RunsOut",
    "concern",
    "concerns_of",
    "found",
    "gaps",
    "history",
    "one",
    "open_concerns",
    "queue",
    "running_out",
]

FEW = 2
"""So many enterprises, or fewer, are few: one full and one ill leave nobody."""

MOST_FOUND = 100


@dataclass(frozen=True, slots=True)
class RunsOut:
    """A check of a published enterprise that runs out soon or has run out; ``last_day`` is the last on which it holds."""

    enterprise: Enterprise
    kind: CheckKind
    last_day: date
    has_run_out: bool


@dataclass(frozen=True, slots=True)
class Gaps:
    """How many enterprises give each kind of help in each area of the council's, and in others where there are some."""

    areas: tuple[str, ...]
    kinds: tuple[Term, ...]
    counts: Mapping[tuple[str, str], int]

    def count(self, area: str, kind: str) -> int:
        """How many give a kind of help in an area."""
        return self.counts.get((area, kind), 0)

    @property
    def with_none(self) -> list[tuple[str, Term]]:
        """The areas and kinds of help that nobody gives there."""
        return [(area, kind) for area in self.areas for kind in self.kinds if self.count(area, kind.key) == 0]

    @property
    def with_few(self) -> list[tuple[str, Term]]:
        """The areas and kinds of help that one or two give there."""
        return [(area, kind) for area in self.areas for kind in self.kinds if 0 < self.count(area, kind.key) <= FEW]


def one(reference: str) -> Enterprise | None:
    """An enterprise by its reference, whoever owns it."""
    return Enterprise.objects.filter(reference=reference).select_related("published", "owner", "feed").first()


def queue() -> list[Enterprise]:
    """What waits for an editor, longest waiting first: entries handed in, and newer entries of those published.

    A newer entry that was not accepted waits no more. ``waiting_since`` is when the newest entry was written.
    """
    written = EntryVersion.objects.filter(enterprise=OuterRef("pk")).order_by("-number")
    refused = Step.objects.filter(did=Did.REFUSED, entry=OuterRef("newest"))
    has_newer = Q(state=State.PUBLISHED, feed=None) & ~Q(newest=F("published")) & ~Exists(refused)
    waiting = (
        Enterprise.objects.annotate(
            newest=Subquery(written.values("pk")[:1]), waiting_since=Subquery(written.values("at")[:1])
        )
        .filter(Q(state=State.WAITING) | has_newer)
        .select_related("published", "owner")
    )
    return list(waiting.order_by("waiting_since", "pk"))


def found(words: str, state: State | None) -> list[Enterprise]:
    """Up to 100 enterprises by words of a name, or a reference, and by state, those changed last first."""
    wanted: QuerySet[Enterprise] = Enterprise.objects.select_related("published", "owner", "feed")
    if state is not None:
        wanted = wanted.filter(state=state)
    if reference := read_reference(words):
        wanted = wanted.filter(reference=reference)
    elif words.strip():
        for word in words.replace("\x00", "").split()[:10]:
            wanted = wanted.filter(entries__content__name__icontains=word)
    return list(wanted.distinct().order_by("-changed_at", "-pk")[:MOST_FOUND])


def running_out(*, today: date) -> list[RunsOut]:
    """The needed checks of published enterprises that run out soon or have, the soonest first."""
    published = Enterprise.objects.filter(state=State.PUBLISHED, feed=None).exclude(published=None)
    found = [
        RunsOut(enterprise, kind, last_day, last_day < today)
        for enterprise, checks in with_needed_checks(published)
        for kind, last_day in checks
        if last_day != FOR_EVER and last_day - soon() <= today
    ]
    return sorted(found, key=lambda each: (each.last_day, each.enterprise.pk, each.kind))


def with_needed_checks(
    enterprises: QuerySet[Enterprise],
) -> Iterable[tuple[Enterprise, list[tuple[CheckKind, date]]]]:
    """Each enterprise with the checks its published entry needs and until when each that was recorded holds."""
    for enterprise in enterprises.select_related("published", "owner").prefetch_related("checks").order_by("pk"):
        counting: dict[CheckKind, Check] = newest(enterprise.checks.all())
        needed = [kind for kind in needed_checks(entry_of(enterprise)) if kind in counting]
        yield enterprise, [(CheckKind(counting[kind].kind), holds_until(counting[kind])) for kind in needed]


def gaps(*, today: date) -> Gaps:
    """How many enterprises that are shown today give each kind of help, by the area where each is."""
    listings = Listing.objects.filter(Q(shown_until=None) | Q(shown_until__gte=today))
    kinds = kinds_of_help()
    area = {key: area_of(east, north) for key, east, north in listings.values_list("pk", "easting", "northing")}
    given = ListingTerm.objects.filter(listing__in=listings, term__in=kinds).values_list("listing_id", "term")
    counts = Counter((area[listing], term) for listing, term in given if listing in area)
    return Gaps(tuple(sorted({*areas(), *area.values()})), tuple(kinds.values()), counts)


def open_concerns() -> list[Concern]:
    """The concerns that nobody has closed: where somebody may be harmed first, then the oldest first."""
    concerns = Concern.objects.filter(closed_at=None).select_related("enterprise__published")
    return sorted(concerns, key=lambda each: (each.kind != ConcernKind.SAFEGUARDING, each.made_at, each.pk))


def concern(reference: str) -> Concern | None:
    """A concern by its reference."""
    return Concern.objects.filter(reference=reference).select_related("enterprise__published", "closed_by").first()


def concerns_of(enterprise: Enterprise) -> list[Concern]:
    """Every concern about an enterprise, newest first."""
    return list(enterprise.concerns.select_related("closed_by").order_by("-made_at", "-pk"))

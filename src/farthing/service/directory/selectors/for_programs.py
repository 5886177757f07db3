"""The directory as another program asks for it: the keys of those shown, a page at a time or in batches, and of those gone.

Those read from other councils' feeds are left out: their own councils give them, and two that read each other would else
hand the same entry to and fro.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import BigIntegerField, Count, Exists, Max, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.db.models.lookups import LessThanOrEqual

from farthing.service.directory.models import Check, Enterprise, ListingHours, ListingTerm, State
from farthing.service.directory.places import Place
from farthing.service.directory.search import with_words

AT_ONCE = 200
"""How many a batch holds."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What another program asks for. None, empty or False is not asked for.

    ``terms`` and ``says_yes_to`` (names of yes-or-no fields of a listing): any one of either holds. ``lowest_age`` is the
    least that a listing's lowest age may be, ``highest_age`` the most its highest. ``day``, ``opens`` and ``closes`` hold
    for the same hours. ``near`` without ``within`` (metres) asks for those that travel that far. ``modified_after`` asks
    for those that changed since, and then for those that are shown no longer too.
    """

    words: str = ""
    terms: frozenset[str] = frozenset()
    says_yes_to: frozenset[str] = frozenset()
    nothing: bool = False
    lowest_age: int | None = None
    highest_age: int | None = None
    day: int | None = None
    opens: int | None = None
    closes: int | None = None
    near: Place | None = None
    within: int | None = None
    modified_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """One enterprise that answers to what was asked, and whether it is shown."""

    key: UUID
    changed_at: datetime
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of those that answer to what was asked, and how many there are in all."""

    total: int
    rows: Sequence[Kept]


def page(asked: Asked, *, today: date, first: int, most: int) -> Page:
    """At most so many of those that answer to what is asked, from the one after ``first`` on, in the order of keys."""
    wanted = _asked_for(asked, today)
    rows = _kept(wanted[first : first + most], today)
    is_last = len(rows) < most and (bool(rows) or not first)
    return Page(first + len(rows) if is_last else wanted.count(), rows)


def batches(asked: Asked, *, today: date) -> Iterator[list[Kept]]:
    """All that answer to what is asked, in the order of keys, a batch at a time: one by one they need no memory."""
    wanted = _asked_for(asked, today)
    after = UUID(int=0)
    while batch := _kept(wanted.filter(key__gt=after)[:AT_ONCE], today):
        yield batch
        after = batch[-1].key


def one(key: UUID, *, today: date) -> Kept | None:
    """The one of a key, shown or once shown; None where it never was."""
    found = _kept(Enterprise.objects.filter(_ours() & (_is_shown(today) | _is_gone(today)), key=key), today)
    return found[0] if found else None


def state(*, today: date) -> str:
    """A text that is another whenever anything that other programs are told may have changed."""
    found = Enterprise.objects.filter(_ours()).aggregate(
        number=Count("pk"), changed=Max("changed_at"), listed=Count("listing")
    )
    checked = Check.objects.aggregate(last=Max("pk"))["last"]
    return f"{today} {found['number']} {found['listed']} {found['changed']} {checked}"


def _kept(found: QuerySet[Enterprise], today: date) -> list[Kept]:
    rows = found.values_list("key", "changed_at", "state", "listing__pk", "listing__shown_until")
    return [
        Kept(key, changed_at, state == State.PUBLISHED and listing is not None and (until is None or until >= today))
        for key, changed_at, state, listing, until in rows
    ]


# What is asked of nearly every row is said by what it is not. Else SQLite reads all rows by an index that keeps none out and
# sorts them; so it reads them in the order of keys, and stops where the page is full.


def _ours() -> Q:
    return ~Q(feed__isnull=False) & Q(published__isnull=False)


def _is_shown(today: date) -> Q:
    return Q(listing__isnull=False) & ~Q(listing__shown_until__lt=today)


def _is_gone(today: date) -> Q:
    return Q(listing=None) | Q(listing__shown_until__lt=today)


def _asked_for(asked: Asked, today: date) -> QuerySet[Enterprise]:
    shown = _is_shown(today) & _wanted(asked)
    if asked.modified_after is None:
        return Enterprise.objects.filter(_ours() & shown).order_by("key")
    since = Q(changed_at__gte=asked.modified_after)
    # A check that has run out since hides a listing before anything is written down.
    gone = (Q(listing=None) & since) | Q(listing__shown_until__lt=today)
    return Enterprise.objects.filter(_ours() & ((shown & since) | gone)).order_by("key")


def _wanted(asked: Asked) -> Q:
    found = Q()
    if asked.nothing:
        found &= Q(pk__in=())
    if asked.words:
        found &= with_words(asked.words)
    if asked.terms or asked.says_yes_to:
        found &= _any_of(asked.terms, sorted(asked.says_yes_to))
    if asked.lowest_age is not None:
        found &= Q(listing__minimum_age__gte=asked.lowest_age)
    if asked.highest_age is not None:
        found &= Q(listing__maximum_age__lte=asked.highest_age)
    if (hours := _hours(asked)) is not None:
        found &= hours
    if asked.near is not None:
        found &= _near(asked.near, asked.within)
    return found


def _any_of(terms: frozenset[str], says_yes_to: Sequence[str]) -> Q:
    found = Q(Exists(ListingTerm.objects.filter(listing=OuterRef("pk"), term__in=terms))) if terms else Q()
    for name in says_yes_to:
        found |= Q(**{f"listing__{name}": True})
    return found


def _hours(asked: Asked) -> Q | None:
    said = {"day": asked.day, "opens__gte": asked.opens, "closes__lte": asked.closes}
    given = {name: value for name, value in said.items() if value is not None}
    return Q(Exists(ListingHours.objects.filter(listing=OuterRef("pk"), **given))) if given else None


def _near(place: Place, within: int | None) -> Q:
    east, north = _away("easting", place.easting), _away("northing", place.northing)
    reach = Cast("listing__travels", BigIntegerField()) if within is None else Value(within, BigIntegerField())
    return Q(LessThanOrEqual(east * east + north * north, reach * reach))


def _away(name: str, metres: int) -> Combinable:
    return Cast(f"listing__{name}", BigIntegerField()) - Value(metres, BigIntegerField())

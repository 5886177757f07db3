"""Finding listings by words, place and what is wanted: the same ones in the same order on every database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Cast, Coalesce, Collate, Greatest, Lower

from farthing.service.directory.entry import Entry
from farthing.service.directory.languages import LANGUAGES
from farthing.service.directory.models import Listing, ListingHours, ListingTerm
from farthing.service.directory.places import METRES_A_MILE, Place, metres_between
from farthing.service.directory.reading import Reading, read
from farthing.service.directory.terms import kinds_of_help, people_helped
from farthing.service.directory.words import words_and_stems

NEAR = 10 * METRES_A_MILE
"""Metres within which an enterprise is found where nobody said how far, even if it says it travels less, or does not say."""
FARTHEST = 1_000_000
"""Metres. England is not so long: a radius above this is as good as this one."""
MOST_ON_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; what is left out narrows nothing. ``within`` is in metres, ``most_pence`` an hour.

    A listing has every one of ``terms``, one at least of ``languages``, and hours on every one of ``days`` (on some day,
    where none is named) from ``opens`` to ``closes``, in minutes after midnight. ``age`` is of the person to be helped.
    What a listing does not tell is not taken for what is wanted.
    """

    words: str = ""
    near: Place | None = None
    within: int | None = None
    terms: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    days: frozenset[int] = frozenset()
    opens: int | None = None
    closes: int | None = None
    most_pence: int | None = None
    age: int | None = None
    takes_direct_payments: bool = False
    welcomes_self_funders: bool = False
    drives: bool = False
    has_space: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """A listing that was found, and how far it is in a straight line; None where no place was given."""

    listing: Listing
    metres: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found. ``page`` is the last there is where one beyond it was asked for.

    ``read_as`` is what was typed with its spelling put right, None where nothing was.
    """

    total: int
    page: int
    pages: int
    results: list[Result]
    read_as: str | None = None


def search(wanted: Wanted, *, today: date, page: int = 1, size: int = 20) -> Found:
    """The listings that may be shown today and are what is wanted.

    First those with every word in their name, then the nearest, then by name.
    """
    reading = read(wanted.words)
    if reading.is_hopeless:
        return Found(0, 1, 1, [])
    # All keys in order, then one page by its keys: quicker than to count first and to sort whole rows afterwards.
    keys = list(_in_order(_matching(wanted, reading, today), wanted.near, reading).values_list("pk", flat=True))
    size = min(max(size, 1), MOST_ON_A_PAGE)
    pages = max(1, -(-len(keys) // size))
    page = min(max(page, 1), pages)
    of_page = keys[(page - 1) * size : page * size]
    rows = Listing.objects.in_bulk(of_page)
    results = [_result(rows[key], wanted.near) for key in of_page if key in rows]
    return Found(len(keys), page, pages, results, reading.read_as)


def listing_words(entry: Entry, place: str) -> tuple[str, str]:
    """What a listing is found by: the words of its name, and those of all the rest, each word with its stem."""
    kinds, people = kinds_of_help(), people_helped()
    offers = [each for each in entry.offers if each.kind in kinds]
    texts = [
        place,
        entry.about,
        *(f"{kinds[each.kind].name} {kinds[each.kind].says} {each.says}" for each in offers),
        *(people[each].name for each in entry.helps if each in people),
        *(LANGUAGES[each] for each in entry.languages if each in LANGUAGES and each != "en"),
    ]
    return words_and_stems(entry.name), words_and_stems(" ".join(texts))


def with_words(words: str) -> Q:
    """That a listing has the words somebody typed: for a query in which the table of listings goes by its own name."""
    reading = read(words)
    if reading.is_hopeless:
        return Q(pk__in=())
    return Q(_has_words(reading, in_name=False)) if reading.parts else Q()


def _matching(wanted: Wanted, reading: Reading, today: date) -> QuerySet[Listing]:
    found = Listing.objects.filter(Q(shown_until=None) | Q(shown_until__gte=today))
    if reading.parts:
        found = found.filter(_has_words(reading, in_name=False))
    if wanted.near:
        found = _within(found, wanted.near, wanted.within)
    for term in sorted(wanted.terms):
        found = found.filter(_has_term([term]))
    if wanted.languages:
        found = found.filter(_has_term(f"language:{each}" for each in sorted(wanted.languages)))
    if wanted.most_pence is not None:
        found = found.filter(hourly__lte=_small(wanted.most_pence))
    if wanted.age is not None:
        age = _small(wanted.age)
        found = found.filter(
            Q(minimum_age=None) | Q(minimum_age__lte=age),
            Q(maximum_age=None) | Q(maximum_age__gte=age),
            Q(any_age=True) | Q(minimum_age__isnull=False) | Q(maximum_age__isnull=False),
        )
    asked = ("takes_direct_payments", "welcomes_self_funders", "drives", "has_space")
    found = found.filter(**{each: True for each in asked if getattr(wanted, each)})
    return _at_hours(found, wanted)


def _within(found: QuerySet[Listing], near: Place, within: int | None) -> QuerySet[Listing]:
    if within is None:
        told: Any = Coalesce(Cast("travels", BigIntegerField()), Value(0, BigIntegerField()))
        reach: Any = Greatest(told, Value(NEAR, BigIntegerField()))
        return found.annotate(square=_square(near)).filter(square__lte=reach * reach)
    metres = min(max(within, 0), FARTHEST)
    return found.annotate(square=_square(near)).filter(
        square__lte=metres * metres,
        easting__range=(near.easting - metres, near.easting + metres),
        northing__range=(near.northing - metres, near.northing + metres),
    )


def _square(near: Place) -> Any:
    """The square of the distance, which is a whole number and so the same on every database."""
    across: Combinable = Cast("easting", BigIntegerField()) - Value(near.easting, BigIntegerField())
    along: Combinable = Cast("northing", BigIntegerField()) - Value(near.northing, BigIntegerField())
    return across * across + along * along


def _has_term(terms: Iterable[str]) -> Exists:
    return Exists(ListingTerm.objects.filter(listing=OuterRef("pk"), term__in=list(terms)))


def _at_hours(found: QuerySet[Listing], wanted: Wanted) -> QuerySet[Listing]:
    """Those that give help all the time that is wanted. One that says no hours is not found where some are wanted."""
    times: dict[str, int] = {}
    if wanted.opens is not None:
        times["opens__lte"] = _small(wanted.opens)
    if wanted.closes is not None:
        times["closes__gte"] = _small(wanted.closes)
    for day in sorted(wanted.days):
        found = found.filter(Exists(ListingHours.objects.filter(listing=OuterRef("pk"), day=_small(day), **times)))
    if times and not wanted.days:
        found = found.filter(Exists(ListingHours.objects.filter(listing=OuterRef("pk"), **times)))
    return found


def _small(number: int) -> int:
    """A number no database is too small for; what is typed may be any."""
    return min(max(number, -1), 1_000_000)


def _in_order(found: QuerySet[Listing], near: Place | None, reading: Reading) -> QuerySet[Listing]:
    order: list[Any] = []
    if reading.parts:
        order.append(Case(When(_has_words(reading, in_name=True), then=Value(0)), default=Value(1)))
    if near:
        order.append(_square(near))
    name: Any = Collate("name", "C") if connection.vendor == "postgresql" else F("name")
    return found.order_by(*order, Lower(name), name, "pk")


def _has_words(reading: Reading, *, in_name: bool) -> RawSQL:
    """That a listing has one way at least of every part. Words are of letters and figures alone: none is a command."""
    if connection.vendor == "postgresql":
        query, column = _query(reading, word="'{}'", every=" & ", some=" | "), "name_search" if in_name else "search"
        return RawSQL(f"directory_listing.{column} @@ %s::tsquery", [query], BooleanField())
    query = _query(reading, word='"{}"', every=" AND ", some=" OR ")
    where = "SELECT rowid FROM directory_search WHERE directory_search MATCH %s"
    query = f"{{name_words}} : ({query})" if in_name else query
    return RawSQL(f"directory_listing.enterprise_id IN ({where})", [query], BooleanField())


def _query(reading: Reading, *, word: str, every: str, some: str) -> str:
    parts = [[every.join(map(word.format, way)) for way in ways] for ways in reading.parts]
    return every.join(f"({some.join(f'({way})' for way in ways)})" for ways in parts)


def _result(listing: Listing, near: Place | None) -> Result:
    if near is None:
        return Result(listing, None)
    return Result(listing, metres_between(listing.easting, listing.northing, near.easting, near.northing))

"""Listings as they are searched, made without the papers behind them."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from farthing.service.directory.entry import Entry, Form, Hours, Offer
from farthing.service.directory.models import Enterprise, Listing, ListingHours, ListingTerm, State
from farthing.service.directory.places import Place
from farthing.service.directory.search import listing_words

AT = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 25)
CENTRE = Place("Cambridge", 545_000, 258_000)

_numbers = count(1)


def entry(name: str = "", **said: Any) -> Entry:
    """An entry of an invented enterprise that helps around the house."""
    usual: dict[str, Any] = {
        "name": name or f"Invented Help {next(_numbers)}",
        "form": Form.SOLE_TRADER,
        "about": "We come to you.",
        "email": "somebody@enterprise.example",
        "postcode": "CB1 2AB",
        "offers": (Offer("domestic_help", pence=2_000),),
        "travels": 8_000,
        "minimum_age": 18,
        "languages": ("en",),
        "welcomes_self_funders": True,
    }
    return Entry(**{**usual, **said})


def listed(
    name: str = "",
    *,
    metres: int = 0,
    place: str = "Cambridge",
    shown_until: date | None = None,
    has_space: bool = False,
    hours: Mapping[int, tuple[int, int]] | None = None,
    **said: Any,
) -> Listing:
    """A listing of an invented enterprise so many metres east of the centre; ``hours`` are by day."""
    written = entry(name, hours=tuple(Hours(day, *times) for day, times in (hours or {}).items()), **said)
    enterprise = Enterprise.objects.create(state=State.PUBLISHED, made_at=AT, changed_at=AT)
    name_words, words = listing_words(written, place)
    made = Listing.objects.create(
        enterprise=enterprise,
        name=written.name,
        place=place,
        easting=CENTRE.easting + metres,
        northing=CENTRE.northing,
        travels=written.travels,
        shown_until=shown_until,
        name_words=name_words,
        words=words,
        hourly=min((each.pence for each in written.offers if each.pence is not None), default=None),
        minimum_age=written.minimum_age,
        maximum_age=written.maximum_age,
        any_age=written.any_age,
        has_space=has_space,
        drives=written.drives is True,
        takes_direct_payments=written.takes_direct_payments is True,
        welcomes_self_funders=written.welcomes_self_funders is True,
        changed_at=AT,
    )
    ListingTerm.objects.bulk_create(ListingTerm(listing=made, term=each) for each in _terms(written))
    ListingHours.objects.bulk_create(
        ListingHours(listing=made, day=each.day, opens=each.opens, closes=each.closes) for each in written.hours
    )
    return made


def _terms(written: Entry) -> Iterable[str]:
    return {
        *(each.kind for each in written.offers),
        *written.helps,
        *(f"language:{each}" for each in written.languages),
    }

"""What is shown of an enterprise, as Open Referral UK says it: one organization, one service, one place.

Nothing here gives a postcode, an address or an e-mail address, and a place is told to the kilometre: many of those who are
listed work from their homes. What is not said is left out.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from hashlib import sha1
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from farthing.service.api.open_referral.vocabularies import ARRANGEMENTS, Vocabulary, vocabularies
from farthing.service.directory.entry import DAY, Entry, Offer
from farthing.service.directory.grid import latitude_and_longitude
from farthing.service.directory.in_words import PER, hours_in_words, miles_of, offer_in_words, price_in_words
from farthing.service.directory.languages import language_named
from farthing.service.directory.models import CheckKind, Space
from farthing.service.directory.selectors.shown import Shown
from farthing.service.directory.terms import Term, kinds_of_help

Said = dict[str, Any]

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

NOT_LISTED = "No longer listed"

_AT_A_PLACE = 0xFA47_41_4E_47_00
"""What the last part of a service's number is changed by for the number of the service at its place.

It can be undone, so that the one is found by the other.
"""


def beside(number: UUID) -> UUID:
    """The number of a service at its place from that of the service, and the other way round."""
    return UUID(int=number.int ^ _AT_A_PLACE)


def number_of(key: UUID, what: str) -> str:
    """The number of something that an enterprise of a key has: a UUID of version 5, written as such.

    There are some fifteen to a service, and to make each a UUID first takes three times as long.
    """
    told = sha1(key.bytes + what.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(told[16], 16) % 4]
    return f"{told[:8]}-{told[8:12]}-5{told[13:16]}-{variant}{told[17:20]}-{told[20:32]}"


def service(shown: Shown, *, full: bool) -> Said:
    """A service: what there is one of, or with ``full`` the whole of it. Its number is the enterprise's key."""
    entry, key, organization = shown.entry, shown.enterprise.key, _organization(shown)
    said = {
        "id": str(key),
        "organization_id": organization["id"],
        "name": entry.name,
        "description": entry.about,
        "url": _address(key),
        "status": "active",
        "fees": "; ".join(offer_in_words(each) for each in entry.offers),
        "accreditations": "; ".join(_checks(shown)),
        "minimum_age": entry.minimum_age,
        "maximum_age": entry.maximum_age,
        "assured_date": _assured(shown),
        "alert": "Cannot take anybody on at the moment" if shown.enterprise.space == Space.FULL else None,
        "last_modified": moment(shown.listing.changed_at),
        "organization": organization,
    }
    if full:
        said |= _about(shown) | {
            "service_at_locations": [
                {"id": str(beside(key)), "service_id": str(key), "location": _location(shown)},
            ]
        }
    return _given(said)


def service_at_location(shown: Shown, *, full: bool) -> Said:
    """A service at its place, each of them with what there is one of, or with ``full`` the whole of them."""
    told = service(shown, full=False)
    if full:
        told |= _given(_about(shown))
    key = shown.enterprise.key
    return {"id": str(beside(key)), "service_id": str(key), "location": _location(shown), "service": told}


def gone(key: UUID, changed_at: datetime) -> Said:
    """A service that was listed and is not any more. Nothing is said of who it was or why."""
    return {
        "id": str(key),
        "name": NOT_LISTED,
        "status": "inactive",
        "last_modified": moment(changed_at),
        "organization": {"id": number_of(key, "organization"), "name": NOT_LISTED, "description": NOT_LISTED},
    }


def gone_from_a_place(key: UUID, changed_at: datetime) -> Said:
    """A service at a place that is not listed any more."""
    location = {"id": number_of(key, "location"), "location_type": "physical", "name": NOT_LISTED}
    return {
        "id": str(beside(key)),
        "service_id": str(key),
        "location": location,
        "service": gone(key, changed_at),
    }


def taxonomy(vocabulary: Vocabulary) -> Said:
    """A vocabulary."""
    return {"id": str(vocabulary.id), "name": vocabulary.name, "description": vocabulary.says}


def taxonomy_term(vocabulary: Vocabulary, term: Term) -> Said:
    """A term, with the vocabulary it is in."""
    return {
        "id": str(term.id),
        "code": term.key,
        "name": term.name,
        "description": term.says or term.name,
        "taxonomy": vocabulary.name,
        "taxonomy_id": str(vocabulary.id),
    }


def moment(at: datetime) -> str:
    """A moment as other programs read it, in UTC."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _address(key: UUID) -> str:
    """The address of an enterprise's page."""
    before, after = _around_the_key()
    return f"{settings.ADDRESS}{before}{key}{after}"


@cache
def _around_the_key() -> tuple[str, str]:
    """What stands before and after the key in the path of an enterprise's page: it is the same for all."""
    none = UUID(int=0)
    before, _, after = reverse("public:enterprise", args=[none]).partition(str(none))
    return before, after


def _organization(shown: Shown) -> Said:
    entry, key = shown.entry, shown.enterprise.key
    said = {
        "id": number_of(key, "organization"),
        "name": entry.name,
        "description": entry.about,
        "website": entry.website,
    }
    return _given(said)


def _about(shown: Shown) -> Said:
    """What there may be several of."""
    entry, key = shown.entry, shown.enterprise.key
    return {
        "schedules": list(_schedules(entry, key)),
        "service_areas": list(_service_areas(shown)),
        "languages": [
            {"id": number_of(key, f"language:{code}"), "name": language_named(code), "code": code}
            for code in entry.languages
        ],
        "phones": [{"id": number_of(key, "phone"), "number": entry.phone}] if entry.shows_phone else [],
        "cost_options": [_cost_option(each, key) for each in entry.offers if each.pence is not None],
        "attributes": list(_attributes(shown)),
    }


def _location(shown: Shown) -> Said:
    latitude, longitude = latitude_and_longitude(shown.listing.easting, shown.listing.northing)
    return {
        "id": number_of(shown.enterprise.key, "location"),
        "location_type": "physical",
        "name": shown.place,
        "description": f"In or near {shown.place}; the point is right to the nearest kilometre",
        "latitude": round(latitude, 3),
        "longitude": round(longitude, 3),
    }


def _schedules(entry: Entry, key: UUID) -> Iterator[Said]:
    """One for each two times, with the days on which help is given then."""
    for opens, closes in sorted({(each.opens, each.closes) for each in entry.hours}):
        then = sorted(
            (each for each in entry.hours if (each.opens, each.closes) == (opens, closes)), key=lambda at: at.day
        )
        yield {
            "id": number_of(key, f"schedule:{opens}-{closes}"),
            "freq": "WEEKLY",
            "interval": 1,
            "byday": ",".join(DAYS[each.day] for each in then),
            "opens_at": time_of(opens),
            "closes_at": time_of(min(closes, DAY - 1)),
            "description": "; ".join(hours_in_words(then)),
        }


def time_of(minutes: int) -> str:
    """A time of the day from minutes after midnight."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}:00"


def _service_areas(shown: Shown) -> Iterator[Said]:
    travels = shown.entry.travels
    if travels is None:
        return
    where = (
        f"Up to {miles_of(travels)} miles from {shown.place}" if travels else f"At one place in or near {shown.place}"
    )
    yield {"id": number_of(shown.enterprise.key, "service area"), "name": where, "service_area": where}


def _cost_option(offer: Offer, key: UUID) -> Said:
    return {
        "id": number_of(key, f"cost:{offer.kind}"),
        "option": kinds_of_help()[offer.kind].name,
        "currency": "GBP",
        "amount": _as_a_number(offer.pence or 0),
        "amount_description": f"{price_in_words(offer)}. {offer.says}".removesuffix(". ")
        if offer.pence
        else PER[offer.per],
    }


def _as_a_number(pence: int) -> float | int:
    """Pounds as the profile wants them, a number in JSON: so few digits come out of a float as they went in."""
    pounds, rest = divmod(pence, 100)
    return pence / 100 if rest else pounds


def _attributes(shown: Shown) -> Iterator[Said]:
    key, held = shown.enterprise.key, _held(shown)
    for term, told in _terms_told().items():
        if term in held:
            yield {
                "id": number_of(key, f"term:{term}"),
                "link_id": str(key),
                "link_type": "service",
                "taxonomy_term_id": told["id"],
                "taxonomy_term": told,
            }


@cache
def _terms_told() -> dict[str, Said]:
    return {term.key: taxonomy_term(each, term) for each in vocabularies() for term in each.terms.values()}


def _held(shown: Shown) -> set[str]:
    """The keys of every term that an enterprise has."""
    arrangements = {name for name in ARRANGEMENTS if getattr(shown.listing, name)}
    return arrangements | {each.kind for each in shown.entry.offers} | set(shown.entry.helps)


def _checks(shown: Shown) -> Iterator[str]:
    for each in shown.checks:
        yield f"{CheckKind(each.kind).label}, seen by the council on {each.seen_on.isoformat()}"


def _assured(shown: Shown) -> str | None:
    """The day the council last saw something proved."""
    return max((each.seen_on.isoformat() for each in shown.checks), default=None)


def _given(said: Mapping[str, Any]) -> Said:
    """What is said at all."""
    return {name: value for name, value in said.items() if value not in (None, "", [])}

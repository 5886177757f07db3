"""An enterprise for search engines, in the words of schema.org.

It stands in the page as data that no browser runs, so the content security policy does not ask about it. Whatever could
end the element is written as JSON writes any letter.
"""

import json
from typing import Any

from markupsafe import Markup

from farthing.base.money import pounds
from farthing.service.directory.entry import DAY, Entry, Offer, Per
from farthing.service.directory.in_words import DAYS
from farthing.service.directory.selectors.shown import Shown
from farthing.service.directory.terms import kinds_of_help

UNITS = {Per.HOUR: "HUR", Per.VISIT: "C62", Per.DAY: "DAY", Per.NIGHT: "E54", Per.MILE: "SMI"}
"""What a price is for, by the codes of UN/CEFACT that schema.org asks for: C62 is one, E54 a trip or overnight stay."""

_ESCAPED = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def structured(shown: Shown, address: str) -> Markup:
    """The data of an enterprise whose page has an address. Its postcode is not among them."""
    entry = shown.entry
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "@id": address,
        "url": address,
        "name": entry.name,
        "address": {"@type": "PostalAddress", "addressLocality": shown.place, "addressCountry": "GB"},
        "makesOffer": [_offer(each) for each in entry.offers if each.kind in kinds_of_help()],
    }
    told |= {name: value for name, value in _where_told(shown).items() if value}
    if entry.shows_phone:
        told["telephone"] = entry.phone
    if entry.website.startswith(("https://", "http://")):
        told["sameAs"] = entry.website
    return Markup(json.dumps(told, ensure_ascii=False).translate(_ESCAPED))


def _where_told(shown: Shown) -> dict[str, Any]:
    """What is left out where nobody told it."""
    entry = shown.entry
    return {
        "description": entry.about,
        "areaServed": {} if entry.travels is None else {"@type": "Place", "name": shown.place},
        "openingHoursSpecification": _hours(entry),
        "knowsLanguage": list(entry.languages),
    }


def _offer(offer: Offer) -> dict[str, Any]:
    kind = kinds_of_help()[offer.kind]
    told: dict[str, Any] = {
        "@type": "Offer",
        "itemOffered": {"@type": "Service", "name": kind.name, "description": offer.says or kind.says},
    }
    if offer.pence is not None:
        price: dict[str, Any] = {
            "@type": "UnitPriceSpecification",
            "priceCurrency": "GBP",
            "unitCode": UNITS[offer.per],
            "minPrice": pounds(offer.pence),
            "maxPrice": pounds(offer.pence if offer.pence_to is None else offer.pence_to),
        }
        told["priceSpecification"] = price
    return told


def _hours(entry: Entry) -> list[dict[str, str]]:
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": DAYS[each.day],
            "opens": _time(each.opens),
            "closes": _time(each.closes),
        }
        for each in entry.hours
    ]


def _time(minutes: int) -> str:
    """A time of the day as schema.org writes it; the end of the day is its last minute."""
    hour, minute = divmod(min(minutes, DAY - 1), 60)
    return f"{hour:02d}:{minute:02d}"

"""What a care micro-enterprise says of itself: the whole of its entry, as one value that is kept and never edited."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from farthing.base.refusal import Problem
from farthing.service.directory.terms import kinds_of_help, people_helped

MOST_WORKERS = 8
"""Full-time workers or volunteers. With more it is no micro-enterprise."""

MOST_LETTERS = 4000
MOST_PENCE = 100_000
FARTHEST = 80_000
"""Metres, about 50 miles."""

DAY = 24 * 60

_WHOLE_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}")


class Form(StrEnum):
    """What a business is in law."""

    SOLE_TRADER = "sole_trader"
    PARTNERSHIP = "partnership"
    COMPANY = "company"
    INTEREST_COMPANY = "cic"


class Per(StrEnum):
    """What a price is for."""

    HOUR = "hour"
    VISIT = "visit"
    DAY = "day"
    NIGHT = "night"
    MILE = "mile"


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of help, with its price in pence from ``pence`` to ``pence_to``. Both are None where nothing is said."""

    kind: str
    pence: int | None = None
    pence_to: int | None = None
    per: Per = Per.HOUR
    says: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """When help is given on one day of the week, nought for Monday, in minutes after midnight."""

    day: int
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry. None, or nothing at all, is what was not told: it is never nought and never no.

    ``travels`` is how far it goes, in metres. ``languages`` are codes of two or three letters; English is "en". Ages are
    both ends, None for no limit on that side; with no limit at all it is ``any_age``, or the ages were not told.
    ``email`` and ``phone`` are the council's to reach it by, and shown to nobody else unless ``shows_phone`` says so.
    ``postcode`` is never shown: a sole trader's is a home.
    """

    name: str
    form: Form | None
    about: str
    email: str
    postcode: str
    offers: tuple[Offer, ...]
    phone: str = ""
    shows_phone: bool = False
    website: str = ""
    workers: int | None = None
    travels: int | None = None
    hours: tuple[Hours, ...] = ()
    helps: tuple[str, ...] = ()
    minimum_age: int | None = None
    maximum_age: int | None = None
    any_age: bool = False
    languages: tuple[str, ...] = ()
    drives: bool | None = None
    takes_direct_payments: bool | None = None
    welcomes_self_funders: bool | None = None

    @property
    def is_regulated(self) -> bool:
        """Whether some of the help is of a kind that may have to be registered for."""
        return any(kinds_of_help()[offer.kind].regulated for offer in self.offers)

    def kept(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Entry":
        """From what was kept."""
        read = {
            "form": Form(kept["form"]) if kept["form"] else None,
            "offers": tuple(Offer(**{**offer, "per": Per(offer["per"])}) for offer in kept["offers"]),
            "hours": tuple(Hours(**hours) for hours in kept["hours"]),
            "helps": tuple(kept["helps"]),
            "languages": tuple(kept["languages"]),
        }
        return cls(**{**kept, **read})


def is_whole_postcode(text: str) -> bool:
    """Whether some text has the shape of a whole postcode: "CB1 2AB", and not "CB1" or the name of a town."""
    return _WHOLE_POSTCODE.fullmatch(" ".join(text.upper().split())) is not None


def missing(entry: Entry) -> Iterator[Problem]:
    """What whoever writes their own entry has to say, and another directory may leave out."""
    if not entry.about.strip():
        yield Problem("about", "is missing", "Say in a few sentences who you are and how you help")
    if entry.form is None:
        yield Problem("form", "is missing", "Choose what kind of business it is")


def problems(entry: Entry) -> Iterator[Problem]:
    """Everything about an entry that cannot be, field by field. Whether its postcode is known is asked elsewhere."""
    if not entry.name.strip():
        yield Problem("name", "is missing", "Give the name people will know you by")
    if len(entry.about) > MOST_LETTERS:
        yield Problem("about", f"is longer than {MOST_LETTERS:,} letters", "Say less")
    if not entry.offers:
        yield Problem("offers", "name no help", "Choose at least one kind of help")
    if entry.workers is not None and not 1 <= entry.workers <= MOST_WORKERS:
        what_to_do = f"A care micro-enterprise has {MOST_WORKERS} full-time workers or volunteers at most"
        yield Problem("workers", f"is not from 1 to {MOST_WORKERS}", what_to_do)
    if entry.travels is not None and not 0 <= entry.travels <= FARTHEST:
        yield Problem("travels", "is farther than 50 miles", "Give a shorter way")
    if entry.website and urlsplit(entry.website).scheme not in ("http", "https"):
        yield Problem("website", "is no address of a page", "Give an address that begins with https://")
    if entry.shows_phone and not entry.phone:
        yield Problem("phone", "is missing", "Give the number that is to be shown, or show none")
    if entry.minimum_age is not None and entry.maximum_age is not None and entry.maximum_age < entry.minimum_age:
        yield Problem("maximum_age", "is below the lowest age", "Give a higher age, or none")
    if entry.any_age and (entry.minimum_age, entry.maximum_age) != (None, None):
        yield Problem("any_age", "is said with a limit", "Give the limit, or say that any age is helped")
    if unknown := sorted(set(entry.helps) - set(people_helped())):
        yield Problem("helps", f"names what is not known: {', '.join(unknown)}", "Choose from the list")
    yield from _problems_of_offers(entry.offers)
    yield from _problems_of_hours(entry.hours)


def _problems_of_offers(offers: tuple[Offer, ...]) -> Iterator[Problem]:
    kinds = [offer.kind for offer in offers]
    for offer in offers:
        if offer.kind not in kinds_of_help():
            yield Problem("offers", "name help that is not known", "Choose from the list")
        elif kinds.count(offer.kind) > 1:
            yield Problem(offer.kind, "is given twice", "Give each kind of help once")
        elif offer.pence is None and offer.pence_to is not None:
            yield Problem(offer.kind, "has a highest price and no lowest", "Give both, or the lowest alone")
        elif offer.pence is not None and not 0 <= offer.pence <= MOST_PENCE:
            yield Problem(offer.kind, "has a price that cannot be right", "Give a price from nothing to £1,000")
        elif offer.pence_to is not None and not (offer.pence or 0) <= offer.pence_to <= MOST_PENCE:
            yield Problem(
                offer.kind, "has a highest price that cannot be right", "Give one from the lowest price to £1,000"
            )


def _problems_of_hours(hours: tuple[Hours, ...]) -> Iterator[Problem]:
    for each in hours:
        if not (0 <= each.day < 7 and 0 <= each.opens < each.closes <= DAY):
            yield Problem("hours", "end before they begin", "Give times such as 9am to 5pm")
            return

"""A service of another directory, as an entry of ours where it can be one: what is missing is left out, and nothing made up."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, TypeGuard
from urllib.parse import urlsplit

from farthing.base.yaml_files import written_in
from farthing.service.directory.entry import (
    DAY,
    FARTHEST,
    MOST_LETTERS,
    MOST_PENCE,
    Entry,
    Form,
    Hours,
    Offer,
    Per,
    problems,
)
from farthing.service.directory.grid import easting_and_northing
from farthing.service.directory.in_words import METRES_A_MILE
from farthing.service.directory.languages import LANGUAGES
from farthing.service.directory.places import Place, metres_between, name_of, place_of
from farthing.service.directory.terms import Term, kinds_of_help, people_helped

Item = Mapping[str, Any]

LONGEST_NAME = 200
LONGEST_SAYING = 300
NEAR_ENOUGH = 8_000
"""Metres from a town or village. A point farther from any that is known is outside the area."""

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ARRANGEMENTS = {
    "takes_direct_payments": ("takes direct payments", "direct payments", "accepts direct payments"),
    "welcomes_self_funders": ("welcomes self-funders", "self-funders welcome", "self-funders", "self funders"),
    "drives": ("drives", "car driver"),
}

NO_PLACE = "no place that is known here"
NO_HELP = "no kind of help that is known here"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why a service is no entry of ours."""

    reason: str


def entry_from(item: Item) -> Entry | LeftOut:
    """The entry a service comes to, or why it comes to none. No JSON, however wrong, is a fault."""
    organization = _dict(item.get("organization"))
    if (postcode := _where(item)) is None:
        return LeftOut(NO_PLACE)
    if not (offers := tuple(_offers(item))):
        return LeftOut(NO_HELP)
    name, about = _line(item.get("name")) or _line(organization.get("name")), _text(item.get("description"))
    least, most = _age(item.get("minimum_age")), _age(item.get("maximum_age"))
    phone, terms = _phone(item), _terms(item)
    entry = Entry(
        name=name[:LONGEST_NAME],
        form=_form(organization),
        about=(about or _text(organization.get("description")))[:MOST_LETTERS],
        email="",
        postcode=postcode,
        offers=offers,
        phone=phone,
        shows_phone=bool(phone),
        website=_website(organization.get("website")) or _website(item.get("url")),
        travels=_travels(item),
        hours=tuple(_hours(item)),
        helps=tuple(key for key, term in people_helped().items() if any(_is(term, each) for each in terms)),
        minimum_age=least,
        maximum_age=None if most is not None and least is not None and most < least else most,
        languages=tuple(_languages(item)),
        takes_direct_payments=_arranged("takes_direct_payments", terms),
        welcomes_self_funders=_arranged("welcomes_self_funders", terms),
        drives=_arranged("drives", terms),
    )
    wrong = next(problems(entry), None)
    return LeftOut(f"{wrong.field} {wrong.problem}") if wrong else entry


def _where(item: Item) -> str | None:
    """A postcode or the name of a place that is known here."""
    locations = [_dict(each.get("location")) for each in _dicts(item.get("service_at_locations"))]
    addresses = [address for each in locations for address in _dicts(each.get("addresses"))]
    written = [_line(address.get("postal_code")) for address in addresses]
    written += [_line(each.get("name")) for each in locations if not each.get("addresses")]
    for text in written:
        if text and isinstance(place_of(text), Place):
            return text
    for each in locations:
        if (found := _near_a_town(each.get("latitude"), each.get("longitude"))) is not None:
            return found
    cities = [_line(address.get("city")) for address in addresses]
    return next((text for text in cities if text and isinstance(place_of(text), Place)), None)


def _near_a_town(latitude: object, longitude: object) -> str | None:
    if not (_is_number(latitude) and _is_number(longitude)):
        return None
    north, east = float(str(latitude)), float(str(longitude))
    if not (49 < north < 61 and -9 < east < 3):
        return None
    here = easting_and_northing(north, east)
    name = name_of(*here)
    town = place_of(name)
    if not isinstance(town, Place) or metres_between(town.easting, town.northing, *here) > NEAR_ENOUGH:
        return None
    return name


def _offers(item: Item) -> Iterator[Offer]:
    options = _dicts(item.get("cost_options"))
    terms = _terms(item) + [{"name": each.get("option")} for each in options]
    for key, kind in kinds_of_help().items():
        if any(_is(kind, each) for each in terms):
            cost = next((each for each in options if _is(kind, {"name": each.get("option")})), {})
            yield _offer(key, cost)


def _offer(kind: str, cost: Item) -> Offer:
    said = _line(cost.get("amount_description"))
    pence = _pence(cost.get("amount"))
    per = next((each for each in Per if re.search(rf"\b{each.value}\b", said, re.IGNORECASE)), None)
    if pence is None or per is None:  # a price nobody knows the measure of misleads
        return Offer(kind, says=said[:LONGEST_SAYING])
    most = re.search(r"\bto £([0-9]{1,4})\.([0-9]{2})\b", said)
    pence_to = int(most[1]) * 100 + int(most[2]) if most else None
    says = said.partition(". ")[2]
    return Offer(
        kind, pence, pence_to if pence_to and pence <= pence_to <= MOST_PENCE else None, per, says[:LONGEST_SAYING]
    )


def _pence(amount: object) -> int | None:
    if not _is_number(amount) or not 0 <= amount * 100 <= MOST_PENCE:
        return None
    pence = amount * 100
    return int(pence) if pence == int(pence) else None


def _hours(item: Item) -> Iterator[Hours]:
    found: set[tuple[int, int, int]] = set()
    for each in _dicts(item.get("schedules")):
        opens, closes = _minutes(each.get("opens_at")), _minutes(each.get("closes_at"))
        if each.get("freq") != "WEEKLY" or opens is None or closes is None or opens >= closes:
            continue
        for said in str(each.get("byday") or "").upper().split(","):
            if said.strip() in DAYS:
                found.add((DAYS.index(said.strip()), opens, DAY if closes == DAY - 1 else closes))
    for day, opens, closes in sorted(found):
        yield Hours(day, opens, closes)


def _minutes(text: object) -> int | None:
    found = re.match(r"([0-9]{1,2}):([0-9]{2})(?![0-9])", text) if isinstance(text, str) else None
    if found is None or not (minutes := int(found[1]) * 60 + int(found[2])) <= DAY:
        return None
    return minutes


def _travels(item: Item) -> int | None:
    for each in _dicts(item.get("service_areas")):
        said = _line(each.get("service_area")) or _line(each.get("name"))
        if found := re.search(r"\b([0-9]{1,2}) miles?\b", said):
            return min(int(found[1]) * METRES_A_MILE, FARTHEST)
        if said.startswith("At one place"):
            return 0
    return None


def _languages(item: Item) -> Iterator[str]:
    by_name = {name.lower(): code for code, name in LANGUAGES.items()}
    said = [_line(each.get(part)).lower() for each in _dicts(item.get("languages")) for part in ("code", "name")]
    yield from dict.fromkeys(code for text in said if (code := by_name.get(text, text)) in LANGUAGES)


def _phone(item: Item) -> str:
    for each in _dicts(item.get("phones")):
        if re.fullmatch(r"[+0-9][0-9 ()-]{5,28}", number := _line(each.get("number"))):
            return number
    return ""


def _form(organization: Item) -> Form | None:
    """A company where its number is given."""
    schemes = [_line(each.get("identifier_scheme")) for each in _dicts(organization.get("organization_identifiers"))]
    return Form.COMPANY if "GB-COH" in schemes else None


def _website(address: object) -> str:
    try:
        parts = urlsplit(address.strip()) if isinstance(address, str) else None
    except ValueError:
        return ""
    if (
        parts is None
        or parts.scheme not in ("http", "https")
        or not parts.hostname
        or len(parts.geturl()) > LONGEST_NAME
    ):
        return ""
    return parts.geturl()


def _age(age: object) -> int | None:
    return int(age) if _is_number(age) and 0 < age <= 120 else None


def _terms(item: Item) -> list[Item]:
    return [_dict(each.get("taxonomy_term")) for each in _dicts(item.get("attributes"))]


def _is(term: Term, said: Item) -> bool:
    """Whether a term of another directory is one of ours."""
    name = _line(said.get("name")).lower()
    return str(term.id) == said.get("id") or term.key == said.get("code") or name in _names(term.key, term.name)


def _arranged(name: str, terms: Iterable[Item]) -> bool | None:
    """That something is arranged, where a term says so. No term says that it is not."""
    said = any(each.get("code") == name or _line(each.get("name")).lower() in ARRANGEMENTS[name] for each in terms)
    return said or None


@cache
def _names(key: str, name: str) -> frozenset[str]:
    return frozenset({name.lower(), *_known_terms().get(key, ())})


@cache
def _known_terms() -> dict[str, list[str]]:
    found: dict[str, list[str]] = written_in(Path(__file__).with_name("known_terms.yaml"))
    return found


def _is_number(value: object) -> TypeGuard[int | Decimal]:
    return isinstance(value, int | Decimal) and not isinstance(value, bool) and -1_000 <= value <= 1_000


def _dict(value: object) -> Item:
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[Item]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _line(value: object) -> str:
    """Text on one line, without marks of HTML."""
    return " ".join(_text(value).split())


def _text(value: object) -> str:
    """Text without marks of HTML, as it would be read; empty where it is no text."""
    if not isinstance(value, str):
        return ""
    reader = _Words()
    reader.feed(value[: 4 * MOST_LETTERS])
    reader.close()
    lines = ("".join(reader.words)).splitlines()
    return "\n".join(line for each in lines if (line := " ".join(_SEEN.sub("", each).split())))


_SEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What nobody sees, turns text around, or no database takes."""


class _Words(HTMLParser):
    """What is read of a text with marks of HTML in it: nothing of scripts and styles, and a new line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Begin what is not read, or a new line."""
        self._unread += tag in ("script", "style")
        if tag in ("p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4"):
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End what is not read."""
        self._unread -= tag in ("script", "style") and self._unread > 0

    def handle_data(self, data: str) -> None:
        """Keep what is read."""
        if not self._unread:
            self.words.append(data)

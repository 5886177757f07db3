"""Reading what another program asks for: the parameters of the published description, and what is wrong with them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest
from django.utils.dateparse import parse_datetime

from farthing.base.refusal import Problem, Refusal
from farthing.service.api.open_referral.mapping import DAYS
from farthing.service.api.open_referral.vocabularies import ARRANGEMENTS, term_of, vocabulary_of
from farthing.service.directory.in_words import DAYS as NAMES_OF_DAYS
from farthing.service.directory.places import NotPlaced, Place, place_of
from farthing.service.directory.selectors.for_programs import Asked

A_PAGE, MOST_A_PAGE = 50, 500
MOST_WORDS = 200
FARTHEST = 500_000
"""Metres. Farther is no wish for something near."""

PAGING = frozenset({"page", "per_page"})
FORMS = frozenset({"minimal", "full", "modified_after", "format"})
FILTERS = frozenset(
    {"search", "taxonomy_term_id", "taxonomy_id", "minimum_age", "maximum_age", "start_time", "end_time", "day"}
)
PLACES = frozenset({"postcode", "proximity"})

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page, and how many a page. ``is_said`` is whether so many a page were asked for."""

    number: int
    size: int
    is_said: bool

    @property
    def first(self) -> int:
        """How many come before this page."""
        return (self.number - 1) * self.size


@dataclass(frozen=True, slots=True)
class Form:
    """How the answer is wanted: numbers and moments alone, the whole of each, as lines one by one."""

    minimal: bool
    full: bool
    lines: bool


class Parameters:
    """What stands in the address, read one by one; ``done`` raises ``Refusal`` with everything that is wrong."""

    def __init__(self, request: HttpRequest, known: frozenset[str]):
        self._said = request.GET
        self._problems = [
            Problem(name, "is not a parameter of this address", f"Use {', '.join(sorted(known))}")
            for name in request.GET
            if name not in known
        ]

    def done(self) -> None:
        """Raise ``Refusal`` where anything read was wrong."""
        if self._problems:
            raise Refusal(*self._problems)

    def paging(self) -> Paging:
        """The page asked for. A size beyond the most is taken as the most; the answer says how many it holds."""
        number = self._read("page", _whole(1, 10**9), "Give a whole number from 1")
        size = self._read("per_page", _whole(1, 10**9), f"Give a whole number from 1 to {MOST_A_PAGE}")
        return Paging(number or 1, min(size or A_PAGE, MOST_A_PAGE), size is not None)

    def form(self) -> Form:
        """How the answer is wanted."""
        minimal, full = self._yes("minimal"), self._yes("full")
        said = self._read("format", lambda text: {"json": False, "ndjson": True}[text.lower()], "Use json or ndjson")
        if minimal and full:
            self._problems.append(Problem("minimal", "is asked for beside full", "Ask for one of them"))
        return Form(minimal, full, bool(said))

    def asked(self) -> Asked:
        """What is asked for."""
        words = self._said.get("search", "").strip()
        if len(words) > MOST_WORDS or "\0" in words:
            self._problems.append(Problem("search", "is too long", f"Give at most {MOST_WORDS} letters"))
            words = ""
        wanted = self._terms()
        near, within = self._near()
        age, time = "Give a whole number of years", "Give a time such as 09:30"
        return Asked(
            words=words,
            terms=frozenset(wanted or ()) - frozenset(ARRANGEMENTS),
            says_yes_to=frozenset(wanted or ()) & frozenset(ARRANGEMENTS),
            nothing=wanted is not None and not wanted,
            lowest_age=self._read("minimum_age", _whole(0, 150), age),
            highest_age=self._read("maximum_age", _whole(0, 150), age),
            day=self._read("day", _day, "Give a day such as MO or Monday"),
            opens=self._read("start_time", _minutes, time),
            closes=self._read("end_time", _minutes, time),
            near=near,
            within=within,
            modified_after=self._read(
                "modified_after", _moment, "Give a moment such as 2026-05-04T09:30:00Z, with + written as %2B"
            ),
        )

    def _terms(self) -> set[str] | None:
        """What a listing has to say of itself, any of it: nothing at all for a number that is not known."""
        number = "Give a number from /open-referral/"
        term = self._read("taxonomy_term_id", UUID, f"{number}taxonomy_terms")
        vocabulary = self._read("taxonomy_id", UUID, f"{number}taxonomies")
        wanted: set[str] | None = None
        if vocabulary is not None:
            found = vocabulary_of(vocabulary)
            wanted = set(found.terms) if found else set()
        if term is not None:
            known = term_of(term)
            of_the_term = {known[1].key} if known else set()
            wanted = of_the_term if wanted is None else wanted & of_the_term
        return wanted

    def _near(self) -> tuple[Place | None, int | None]:
        within = self._read("proximity", _whole(0, FARTHEST), f"Give whole metres, at most {FARTHEST:,}")
        postcode = self._said.get("postcode", "").strip()
        if not postcode:
            if within is not None:
                self._problems.append(Problem("proximity", "is given without a postcode", "Give the postcode too"))
            return None, None
        found = place_of(postcode[:100].replace("\0", ""))
        if isinstance(found, NotPlaced):
            if found.was is None:
                self._problems.append(found.of_field("postcode"))
            return found.was, within
        return found, within

    def _yes(self, name: str) -> bool:
        known = {"true": True, "1": True, "": True, "false": False, "0": False}
        return bool(self._read(name, lambda text: known[text.lower()], "Use true or false", even_empty=True))

    def _read(
        self, name: str, read: Callable[[str], Value], what_to_do: str, *, even_empty: bool = False
    ) -> Value | None:
        text = self._said.get(name)
        if text is None or (not text.strip() and not even_empty):
            return None
        try:
            return read(text.strip())
        except (ValueError, KeyError):
            self._problems.append(Problem(name, "cannot be read", what_to_do))
            return None


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,12}(\.0+)?", text) or not least <= (found := int(text.partition(".")[0])) <= most:
            raise ValueError(text)
        return found

    return read


def _minutes(text: str) -> int:
    found = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})(:[0-9]{2}(\.[0-9]+)?)?Z?", text)
    if found is None or (not (int(found[1]) < 24 and int(found[2]) < 60) and text != "24:00"):
        raise ValueError(text)
    return int(found[1]) * 60 + int(found[2])


def _day(text: str) -> int:
    known = {name.lower(): place for names in (DAYS, NAMES_OF_DAYS) for place, name in enumerate(names)}
    return known[text.lower()]


def _moment(text: str) -> datetime:
    """A moment; one without a zone is in UTC, and a day alone is its beginning."""
    # A plus sign that was not written as %2B comes as a space.
    written = f"{text}T00:00:00" if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else text.replace(" 0", "+0")
    found = parse_datetime(written)
    if found is None:
        raise ValueError(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)

"""What a letter may be handed: every field declared with its name, its kind and what it means, and checked before use.

Amounts and dates come in as ready text. Every declared field must be given, so that a forgotten one is noticed; one
that may have nothing to say is given as nothing (``None``), never left out.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from farthing.base.refusal import Problem


class Kind(Protocol):
    """What a field holds. ``says`` names it for a person; ``problems`` finds what is wrong with a value."""

    @property
    def says(self) -> str: ...

    def problems(self, place: str, value: Any) -> Iterator[Problem]: ...


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a letter is handed. ``meaning`` is for whoever fills it in; ``or_none`` lets it have nothing to say."""

    name: str
    kind: Kind
    meaning: str
    may_be_none: bool = False

    def or_none(self) -> "Field":
        """The same field where it may have nothing to say."""
        return replace(self, may_be_none=True)

    def problems(self, place: str, value: Any) -> Iterator[Problem]:
        """Everything that is wrong with a value given for the field at a place."""
        if value is None and self.may_be_none:
            return
        yield from self.kind.problems(place, value)


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text as a person reads it: not empty, no line ends, nothing that cannot be seen."""

    says: str = "a line of text"

    def problems(self, place: str, value: Any) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(place, f"is not text: {value!r}", "Give it as the text to be printed")
        elif not value.strip():
            yield Problem(place, "is empty", "Give the text to be printed, or leave the whole item out")
        elif value.isprintable():  # which says at once, of most text, that nothing in it is unseen
            return
        elif unseen := sorted({each for each in value if unicodedata.category(each).startswith("C")}):
            names = ", ".join(f"U+{ord(each):04X}" for each in unseen)
            yield Problem(
                place, f"has a character that cannot be printed: {names}", "Take it out; give lines one by one"
            )


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour written as "#1d5b79"."""

    says: str = "a colour such as #1d5b79"

    def problems(self, place: str, value: Any) -> Iterator[Problem]:
        if not isinstance(value, str) or not re.fullmatch("#[0-9a-fA-F]{6}", value):
            yield Problem(
                place, f"is not a colour: {value!r}", 'Write it as "#" and six hexadecimal figures: "#1d5b79"'
            )


@dataclass(frozen=True, slots=True)
class Svg:
    """A drawing as the text of an SVG file."""

    says: str = "the text of an SVG drawing"

    def problems(self, place: str, value: Any) -> Iterator[Problem]:
        if not isinstance(value, str) or not value.lstrip().startswith("<"):
            yield Problem(place, "is not the text of an SVG drawing", "Give the drawing itself, from <svg to </svg>")


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    says: str = "true or false"

    def problems(self, place: str, value: Any) -> Iterator[Problem]:
        if not isinstance(value, bool):
            yield Problem(place, f"is neither true nor false: {value!r}", "Give true or false")


@dataclass(frozen=True, slots=True)
class Lines:
    """So many lines of text or more, each its own paragraph, point or line of an address."""

    least: int = 0
    says: str = "a list of lines of text"

    def problems(self, place: str, value: Any) -> Iterator[Problem]:
        if not isinstance(value, list | tuple):
            yield Problem(
                place, f"is not a list of lines: {value!r}", "Give a list, empty where there is nothing to say"
            )
            return
        if len(value) < self.least:
            yield Problem(place, f"has {len(value)} lines", f"Give {self.least} or more")
        for number, line in enumerate(value):
            yield from TEXT.problems(f"{place}[{number}]", line)


class Record:
    """Several fields under one name."""

    def __init__(self, *fields: Field):
        self.fields = fields
        self.says = f"a group of {', '.join(field.name for field in fields)}"

    def problems(self, place: str, value: Any) -> Iterator[Problem]:
        if not isinstance(value, Mapping):
            yield Problem(place, f"is not {self.says}: {value!r}", "Give each by its name")
            return
        yield from differences(self.fields, value, f"{place}." if place else "")


class Many:
    """Any number of records of the same fields."""

    def __init__(self, *fields: Field):
        self.fields = fields
        self.one = Record(*fields)
        self.says = f"a list, each {self.one.says}"

    def problems(self, place: str, value: Any) -> Iterator[Problem]:
        if not isinstance(value, list | tuple):
            yield Problem(place, f"is not a list: {value!r}", "Give a list, empty where there is nothing to say")
            return
        for number, record in enumerate(value):
            yield from self.one.problems(f"{place}[{number}]", record)


TEXT, LINES, FLAG, COLOUR, SVG = Text(), Lines(), Flag(), Colour(), Svg()


def differences(fields: tuple[Field, ...], given: Mapping[str, Any], place: str = "") -> Iterator[Problem]:
    """Everything in which what is given differs from what is declared: missing, unknown, of another kind."""
    declared = {field.name: field for field in fields}
    for name in given:
        if name not in declared:
            yield Problem(f"{place}{name}", "is not a field of this letter", "Take it out, or declare it in fields.py")
    for name, field in declared.items():
        if name in given:
            yield from field.problems(f"{place}{name}", given[name])
        else:
            yield Problem(f"{place}{name}", "is missing", f"Give it: {field.meaning}")


def names_within(kind: Kind) -> Iterator[str]:
    """The names of the fields inside a kind, at any depth."""
    if isinstance(kind, Record | Many):
        for field in kind.fields:
            yield field.name
            yield from names_within(field.kind)

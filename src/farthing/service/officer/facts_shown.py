"""Facts as officers read them: told and verified side by side, in the words of the law's own declarations."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from farthing.base.days import in_words
from farthing.base.money import pence, shown
from farthing.engine.facts import Fact
from farthing.engine.kinds import Choices, Kinds
from farthing.law import law
from farthing.service.assessments.facts import Known, Standing, declared
from farthing.service.assessments.models import ToldFact
from farthing.service.assessments.services.departures import SETTLES

SECTIONS = {"person": "About the person", "care": "Care"}

SETTLED_BY_DEPARTURES = frozenset(
    (settling.of_item or law().facts[name].section, name) for settling in SETTLES.values() for name in settling.facts
)
"""Facts that are not verified but decided: they are settled on the page of departures."""


@dataclass(frozen=True, slots=True)
class Row:
    """One fact in words. ``state`` is "told", "verified" or "differs"."""

    label: str
    question: str
    told: str
    verified: str
    state: str
    standing: ToldFact | None
    section: str
    item: str
    fact: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list in words."""

    key: str
    kind: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list in words; ``is_told`` says whether it was gone through at all."""

    name: str
    title: str
    is_told: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Facts of the person's own that stand together."""

    name: str
    title: str
    rows: tuple[Row, ...]


def sections(standing: Standing) -> list[Section]:
    """The person's own facts that are known, in the order of the law."""
    return [
        Section(name, title, tuple(_rows({fact: known for fact, known in standing.own.items() if _is_of(known, name)})))
        for name, title in SECTIONS.items()
    ]


def lists(standing: Standing) -> list[Listed]:
    """Every list of the law, with what is known to be in it."""
    return [
        Listed(
            name,
            _starting_big(held.says),
            name in standing.lists,
            tuple(
                Item(item.key, kind_in_words(name, item.kind), tuple(_rows(dict(item.facts), without_kind=True)))
                for item in standing.lists.get(name, ())
            ),
        )
        for name, held in law().lists.items()
        if has_kinds(name)
    ]


def has_kinds(list_name: str) -> bool:
    """Whether the items of a list are of kinds; the weeks of care are not, and are not told one by one here."""
    return "kind" in law().lists[list_name].facts


def not_known(standing: Standing) -> list[Fact]:
    """The person's own facts that nobody has said anything of and an officer may add."""
    return [
        fact
        for fact in law().facts.values()
        if fact.section in SECTIONS and fact.name not in standing.own and not is_settled(fact.section, fact.name)
    ]


def facts_of_item(list_name: str, kind: str, known: Collection[str] = ()) -> list[Fact]:
    """The facts that can matter for an item of a kind, and those ``known`` already; what must be known comes first."""
    held = law().lists[list_name].facts
    table = held["kind"].unit
    row = dict(table.rows[kind]) if isinstance(table, Kinds) and kind in table else {}
    found = [
        fact
        for fact in held.values()
        if fact.name != "kind"
        and not is_settled(list_name, fact.name)
        and (fact.name in known or _can_matter(fact, row))
    ]
    return sorted(found, key=lambda fact: fact.left_out is not None)


def _can_matter(fact: Fact, row: Mapping[str, Any]) -> bool:
    wanted = fact.wanted is None or bool(row.get(fact.wanted))
    return wanted and (not fact.offered_for or bool(row.get(fact.offered_for)))


def is_settled(section: str, fact: str) -> bool:
    """Whether a fact is for a departure to settle, not to be verified."""
    return (section, fact) in SETTLED_BY_DEPARTURES


def kind_in_words(list_name: str, kind: str) -> str:
    """A kind as the law's table says it."""
    fact = law().lists[list_name].facts.get("kind")
    table = fact.unit if fact else None
    return table.says(kind) if isinstance(table, Choices) and kind in table else kind.replace("_", " ").capitalize()


def label(fact: str) -> str:
    """The name of a fact in short."""
    words = fact.replace("_", " ")
    return _starting_big(words.replace("april", "April").replace("vcjd", "vCJD"))


def label_of(known: Known) -> str:
    """The name of a fact in short, with the list it is in."""
    return f"{label(known.section)}: {label(known.fact).lower()}" if known.item else label(known.fact)


def in_short(section: str, fact_name: str, value: str | None) -> str:
    """A value as a person reads it."""
    fact = declared(section, fact_name)
    if value is None:
        return "None"
    if fact is None:
        return value
    if isinstance(fact.unit, Choices):
        return _starting_big(fact.unit.says(value)) if value in fact.unit else value
    if fact.unit == "yes/no":
        return "Yes" if value == "true" else "No"
    if fact.unit == "date":
        return in_words(date.fromisoformat(value).toordinal())
    if "£" in fact.unit:
        return f"{shown(pence(value))}{fact.unit.removeprefix('£')}"
    return value if fact.unit == "number" else f"{value} {fact.unit}"


def sides(known: Known | None) -> list[tuple[str, str, ToldFact]]:
    """What was told and what was verified of a fact, as far as either was, in words and with the row that says so."""
    both = (("Told", known.told), ("Verified", known.verified)) if known else ()
    return [(words, in_short(row.section, row.fact, row.value), row) for words, row in both if row is not None]


def _is_of(known: Known, section: str) -> bool:
    return known.section == section


def _rows(facts: dict[str, Known], *, without_kind: bool = False) -> Iterator[Row]:
    for known in facts.values():
        fact = declared(known.section, known.fact)
        if fact is None or (without_kind and known.fact == "kind") or is_settled(known.section, known.fact):
            continue
        yield Row(
            label=label(known.fact),
            question=fact.question,
            told=in_short(known.section, known.fact, known.told.value) if known.told else "",
            verified=in_short(known.section, known.fact, known.verified.value) if known.verified else "",
            state="told" if not known.is_verified else "differs" if known.differs else "verified",
            standing=known.standing,
            section=known.section,
            item=known.item,
            fact=known.fact,
        )


def _starting_big(words: str) -> str:
    return words[:1].upper() + words[1:]

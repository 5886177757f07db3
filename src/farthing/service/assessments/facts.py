"""What is known of a person now: told and verified side by side, and the case file that the two make."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from farthing.engine.facts import Fact, ItemList
from farthing.law import law
from farthing.service.assessments.models import Side, ToldFact
from farthing.service.questions.answers import Answers, Item, Listed


@dataclass(frozen=True, slots=True)
class Known:
    """One fact as it stands: what was told last, and what the council verified last, if it did."""

    section: str
    item: str
    fact: str
    told: ToldFact | None = None
    verified: ToldFact | None = None

    @property
    def is_verified(self) -> bool:
        """Whether the council has verified it, and nothing else has been told since."""
        if self.verified is None or self.told is None:
            return self.verified is not None
        return self.told.pk < self.verified.pk or self.told.value == self.verified.value

    @property
    def standing(self) -> ToldFact | None:
        """The row that counts: what the council verified, until something else is told."""
        return self.verified if self.is_verified else self.told

    @property
    def differs(self) -> bool:
        """Whether the council verified something else than was told."""
        return self.told is not None and self.verified is not None and self.told.value != self.verified.value


@dataclass(frozen=True, slots=True)
class KnownItem:
    """One item of a list: its key, and its facts by name."""

    key: str
    facts: Mapping[str, Known]

    @property
    def kind(self) -> str:
        """The kind of the item, as the law's table names it."""
        standing = self.facts["kind"].standing
        return str(standing.value) if standing else ""

    def as_answer(self, held: ItemList) -> Item:
        """The item as its own page would have been answered."""
        asked = {name for name, fact in held.facts.items() if name != "kind" and not fact.of_council}
        values = {name: known.standing.value for name, known in self.facts.items() if known.standing is not None}
        said = {name: value for name, value in values.items() if name in asked and value is not None}
        return Item(self.kind, said, is_done=True)


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything known of a person: their own facts by name, and their lists of items that have been gone through."""

    own: Mapping[str, Known] = field(default_factory=dict)
    lists: Mapping[str, tuple[KnownItem, ...]] = field(default_factory=dict)

    def all_known(self) -> Iterable[Known]:
        """Every fact, the person's own and the items'."""
        yield from self.own.values()
        for items in self.lists.values():
            for item in items:
                yield from item.facts.values()

    def unverified(self) -> list[Known]:
        """What was told and the council has not verified yet, or not since it was told anew."""
        return [known for known in self.all_known() if not known.is_verified]

    def as_answers(self, about: str) -> Answers:
        """What stands, as answers to begin with, so that whoever reports a change retells nothing.

        What only the council finds or agrees is not among them: nobody else is asked for it.
        """
        own = {name: known.standing for name, known in self.own.items() if not law().facts[name].of_council}
        said = {name: row.value for name, row in own.items() if row is not None}
        lists = {
            name: Listed({item.key: item.as_answer(law().lists[name]) for item in items})
            for name, items in self.lists.items()
            if not law().lists[name].of_council
        }
        keys = [f"{name}.{key}" for name, listed in lists.items() for key in listed.items]
        return Answers(about=about, said=said, lists=lists, trail=(*said, *lists, *keys))

    def case(self, *, council: str, on: date, settled: Mapping[str, str | None] | None = None) -> dict[str, Any]:
        """The case file of a day. ``settled`` holds what departures settle, by "section/item/fact"."""
        tree: dict[str, Any] = {"council": council, "on": on.isoformat()}
        settled = settled or {}
        for known in self.own.values():
            if _says_something(known, law().facts.get(known.fact)):
                tree.setdefault(known.section, {})[known.fact] = _value(known)
        for name, items in self.lists.items():
            section = law().lists[name].section
            place = tree.setdefault(section, {}) if section else tree
            place[name] = [_item(name, item, settled) for item in items]
        for key, value in settled.items():
            section, item_key, fact = key.split("/")
            if not item_key:
                tree.setdefault(section, {})[fact] = value
        return tree


def _item(list_name: str, item: KnownItem, settled: Mapping[str, str | None]) -> dict[str, str | None]:
    declared = law().lists[list_name].facts
    said = {name: _value(known) for name, known in item.facts.items() if _says_something(known, declared.get(name))}
    prefix = f"{list_name}/{item.key}/"
    return said | {key.removeprefix(prefix): value for key, value in settled.items() if key.startswith(prefix)}


def _value(known: Known) -> str | None:
    return known.standing.value if known.standing else None


def _says_something(known: Known, fact: Fact | None) -> bool:
    """Whether a fact belongs in the case file: a value does, and nothing where nothing is an answer to the question."""
    return _value(known) is not None or (known.standing is not None and fact is not None and fact.empty is not None)


def standing(rows: Iterable[ToldFact]) -> Standing:
    """What stands, from every row said about one person, oldest first.

    A row that takes an item away takes it away on its own side; an item goes when the council takes it away, or when the
    person does and the council has verified nothing of it.
    """
    own: dict[str, dict[str, ToldFact]] = {}
    lists: dict[str, dict[str, dict[str, dict[str, ToldFact]]]] = {}
    gone: set[tuple[str, str, str]] = set()
    for row in rows:
        if row.section not in law().lists:
            own.setdefault(row.fact, {})[row.side] = row
        elif not row.item:
            lists.setdefault(row.section, {})
        elif row.gone:
            gone.add((row.section, row.item, row.side))
        else:
            gone.discard((row.section, row.item, row.side))
            lists.setdefault(row.section, {}).setdefault(row.item, {}).setdefault(row.fact, {})[row.side] = row
    found = {}
    for name, items in lists.items():
        kept = []
        for key, facts in items.items():
            left = {
                fact: sides
                for fact, by_side in facts.items()
                if (sides := {side: row for side, row in by_side.items() if (name, key, side) not in gone})
            }
            if (name, key, Side.VERIFIED) not in gone and "kind" in left:
                kept.append(KnownItem(key, {fact: _known(name, key, fact, sides) for fact, sides in left.items()}))
        found[name] = tuple(kept)
    return Standing({fact: _known("", "", fact, sides) for fact, sides in own.items()}, found)


def _known(section: str, item: str, fact: str, sides: Mapping[str, ToldFact]) -> Known:
    any_row = next(iter(sides.values()))
    return Known(section or any_row.section, item, fact, sides.get(Side.TOLD), sides.get(Side.VERIFIED))


def declared(section: str, name: str) -> Fact | None:
    """The declaration of a fact of the person, or of an item of the list ``section``; None where there is none."""
    if section in law().lists:
        return law().lists[section].facts.get(name)
    fact = law().facts.get(name)
    return fact if fact is not None and fact.section == section else None

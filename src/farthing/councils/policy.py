"""Reading a council's folder: how it fills the slots the law left open, where it says so, and what had to be assumed.

A folder beside this file that holds a ``policy.yaml`` is a council, and its name is the council's key. Every slot is
given once or, where it changed, once a date; ``since`` left out is the day the charging scheme started. ``value`` is
what a page of the council says, ``assumed`` is what is taken where no page says it, ``unpublished`` gives no value.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import pairwise
from pathlib import Path

import yaml

from farthing.base import days
from farthing.base.money import shown
from farthing.base.refusal import Problem, Refusal
from farthing.engine import sheets
from farthing.engine.kinds import Choices
from farthing.engine.slots import Slot
from farthing.law import law

NO_LIMIT = 10**12
"""Pence: what "none" is held as in a slot that is itself a limit (``most_...``). Nobody's charge comes near it."""

SCHEME_STARTED = days.day("2015-04-01")
"""The day charging under the Care Act 2014 started: no setting is older."""

_NEEDS = {"value": "page", "assumed": "because", "unpublished": ""}


@dataclass(frozen=True, slots=True)
class Page:
    """A page a setting was read in. ``read`` is the day number on which somebody last compared the two."""

    key: str
    title: str
    address: str
    read: int


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask at the council, as the page ``page`` gives it. ``open`` is the hours in words."""

    key: str
    name: str
    telephone: str
    open: str | None
    address: tuple[str, ...]
    page: str


@dataclass(frozen=True, slots=True)
class Setting:
    """How a slot is filled from the day ``since``. ``place`` is where that is written ("file:line").

    ``value`` is in the slot's unit (pence for money, a bool for yes/no, a ``Choice`` for choices). Exactly one of three
    is given: ``page``, the key of the page that states the value; ``assumed``, the reason for a value no page states;
    ``unpublished``, what was looked for in vain, and then ``value`` is ``None``.
    """

    slot: Slot
    value: int | None
    since: int
    page: str | None
    assumed: str | None
    unpublished: str | None
    place: str


class Filled(Mapping[str, int]):
    """A council's slots on one day, by name: those that have a value then.

    Asking for a slot that has none raises ``Refusal``, which says why and what to do; a name that is no slot at all
    raises ``KeyError``. ``assumed`` gives the reason for each value that no page of the council states.
    """

    def __init__(self, council: "Council", day: int):
        self.council, self.day = council, day
        started = (each for dated in council.settings.values() for each in dated if each.since <= day)
        self.settings = {each.slot.name: each for each in started}
        self._values = {name: each.value for name, each in self.settings.items() if each.value is not None}
        self.assumed = {name: each.assumed for name, each in self.settings.items() if each.assumed is not None}

    def __getitem__(self, name: str) -> int:
        if name not in self._values:
            setting, first = self.settings.get(name), self.council.settings[name][0]
            who, begins = self.council.name, days.in_words(first.since)
            problem = f"is not published by {who}" if setting else f"is not known for {who} before {begins}"
            what_to_do = f"Ask {who}, and put it in {(setting or first).place}"
            raise Refusal(Problem(name, problem, what_to_do, first.slot.law.law))
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def page_of(self, name: str) -> Page | None:
        """The page that states a slot's value on the day; ``None`` where it is assumed, unpublished or not yet set."""
        found = self.settings.get(name)
        return self.council.pages[found.page] if found and found.page else None


@dataclass(frozen=True, slots=True, eq=False)
class Council:
    """A council as its folder describes it. ``settings`` are by slot, oldest first; ``place`` is its file."""

    key: str
    name: str
    says: str
    pages: Mapping[str, Page]
    settings: Mapping[str, tuple[Setting, ...]]
    contacts: Mapping[str, Contact]
    place: str

    def on(self, day: int) -> Filled:
        """How every slot is filled on a day."""
        return Filled(self, day)


@cache
def councils(*folders: Path) -> dict[str, Council]:
    """Every council by key: each folder with a ``policy.yaml`` beside this file, and in any other folders given.

    Raises ``Refusal`` with everything that is wrong in any of them.
    """
    found, problems = dict[str, Council](), list[Problem]()
    for file in sorted(file for folder in (Path(__file__).parent, *folders) for file in folder.glob("*/policy.yaml")):
        with sheets.kept_for(problems):
            read = read_council(file.parent, law().slots)
            if read.key in found:
                raise Refusal(Problem(read.place, f"{read.key} is also {found[read.key].place}", "Rename one folder"))
            found[read.key] = read
    if problems:
        raise Refusal(*problems)
    return dict(sorted(found.items()))


def council(key: str, *folders: Path) -> Council:
    """The council of that key. Raises ``Refusal`` where there is none, with the nearest key there is."""
    known = councils(*folders)
    if key not in known:
        hint = _did_you_mean(key, known, f"Give one of: {', '.join(known)}")
        raise Refusal(Problem("council", f"is not one that is known: {key!r}", hint))
    return known[key]


def read_council(folder: Path, slots: Mapping[str, Slot]) -> Council:
    """Read the ``policy.yaml`` of a council's folder, which must fill every slot given and no other.

    Raises ``Refusal`` with everything that is wrong, each with its file and line.
    """
    root, key, problems = sheets.root(folder / "policy.yaml"), folder.resolve().name, list[Problem]()
    given = sheets.fields(root, root, key, "name says pages slots", "contacts")
    name, says = (sheets.text_of(given[part], part) for part in ("name", "says"))
    pages = {line.value: _page(line, node) for line, node in sheets.rows(given["pages"], "pages")}
    rows = sheets.rows(given["contacts"], "contacts") if "contacts" in given else []
    contacts = {line.value: _contact(line, node, pages) for line, node in rows}
    settings, filled = dict[str, tuple[Setting, ...]](), sheets.rows(given["slots"], "slots")
    for line, node in filled:
        with sheets.kept_for(problems):
            hint = _did_you_mean(line.value, slots, "Take it out")
            sheets.need(line.value in slots, line, f"{line.value} is not a slot the law leaves open", hint)
            settings[line.value] = _settings(slots[line.value], line, node, pages)
    named = {line.value for line, _ in filled}
    missing = [
        Problem(sheets.place_of(given["slots"]), f"slots has no {each}", "Add it")
        for each in slots
        if each not in named
    ]
    if problems or missing:
        raise Refusal(*problems, *missing)
    return Council(key, name, says, pages, settings, contacts, sheets.place_of(root).rpartition(":")[0])


def _page(line: yaml.Node, node: yaml.Node) -> Page:
    of = f"page {line.value}"
    given = sheets.fields(node, line, of, "title address read")
    title, address = (sheets.text_of(given[name], f"{of} {name}") for name in ("title", "address"))
    return Page(line.value, title, address, sheets.read(given["read"], f"{of} read", days.day))


def _contact(line: yaml.Node, node: yaml.Node, pages: Mapping[str, Page]) -> Contact:
    of = f"contact {line.value}"
    given = sheets.fields(node, line, of, "name telephone page", "open address")
    name, telephone = (sheets.text_of(given[part], f"{of} {part}") for part in ("name", "telephone"))
    hours = sheets.text_of(given["open"], f"{of} open") if "open" in given else None
    lines = given.get("address", yaml.SequenceNode("", []))
    sheets.need(
        isinstance(lines, yaml.SequenceNode), lines, f"{of} address is not a list", "Write it [one line, another]"
    )
    address = tuple(sheets.text_of(each, f"{of} address") for each in lines.value)
    return Contact(line.value, name, telephone, hours, address, _declared(given["page"], of, pages))


def _settings(slot: Slot, line: yaml.Node, node: yaml.Node, pages: Mapping[str, Page]) -> tuple[Setting, ...]:
    entries = node.value if isinstance(node, yaml.SequenceNode) else [node]
    found = tuple(_setting(slot, entry, line if entry is node else entry, pages) for entry in entries)
    sheets.need(found, line, f"{slot.name} has no entry", "Give it one")
    in_order = all(before.since < after.since for before, after in pairwise(found))
    sheets.need(
        in_order, line, f"{slot.name} has an entry that starts no later than the one above", "Put the oldest first"
    )
    return found


def _setting(slot: Slot, entry: yaml.Node, at: yaml.Node, pages: Mapping[str, Page]) -> Setting:
    of = slot.name
    given = sheets.fields(entry, at, of, "", "since value page assumed because unpublished")
    kinds = [kind for kind in _NEEDS if kind in given]
    ways = "Give a value and its page, or what is assumed because of something, or why it is unpublished"
    sheets.need(len(kinds) == 1, at, f"{of} gives {' and '.join(kinds) or 'none of ' + ', '.join(_NEEDS)}", ways)
    kind, needs = kinds[0], _NEEDS[kinds[0]]
    sheets.fields(entry, at, f"{of} {kind}", f"{kind} {needs}", "since")
    since = sheets.read(given["since"], f"{of} since", days.day) if "since" in given else SCHEME_STARTED
    sheets.need(
        since >= SCHEME_STARTED, at, f"{of} starts before the scheme, {days.iso(SCHEME_STARTED)}", "Give a later day"
    )
    page = _declared(given["page"], of, pages) if needs == "page" else None
    reason = sheets.text_of(given["because"], f"{of} because") if needs == "because" else None
    unpublished = sheets.text_of(given[kind], f"{of} unpublished") if kind == "unpublished" else None
    value = None if unpublished else _value(slot, given[kind], f"{of} {kind}")
    return Setting(slot, value, since, page, reason, unpublished, sheets.place_of(at))


def _declared(node: yaml.Node, of: str, pages: Mapping[str, Page]) -> str:
    page = sheets.text_of(node, f"{of} page")
    sheets.need(page in pages, node, f"{of} page {page!r} is not among the pages", _did_you_mean(page, pages, "Add it"))
    return page


def _value(slot: Slot, node: yaml.Node, of: str) -> int:
    text = sheets.text_of(node, of)
    sheets.need(getattr(node, "style", "") in ("'", '"'), node, f"{of} is not in quotes", "Quote it")
    if isinstance(slot.unit, Choices):
        return getattr(slot.unit, sheets.one_of(node, of, *slot.unit.names))
    if slot.unit == "yes/no":
        return sheets.one_of(node, of, "yes", "no", "true", "false") in ("yes", "true")
    if text == "none" and slot.name.startswith("most_"):
        return NO_LIMIT
    value = sheets.read(node, of, sheets.READERS[slot.unit], f"Its unit is {slot.unit}")
    least, most = slot.least or 0, NO_LIMIT if slot.most is None else slot.most
    say = shown if "£" in slot.unit else str
    lawful = f"{say(least)} or more" if slot.most is None else f"{say(least)} to {say(most)}"
    sheets.need(least <= value <= most, node, f"{of} is {say(value)}, and the law allows {lawful}", f"See {slot.law}")
    return value


def _did_you_mean(name: str, known: Mapping[str, object], otherwise: str) -> str:
    near = [] if name in known else get_close_matches(name, known, 1)
    return f"Did you mean {near[0]}?" if near else otherwise

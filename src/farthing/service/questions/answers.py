"""Answers given so far by somebody who estimates or applies, as JSON keeps them: nothing in them knows who the person is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from farthing.law import law

MOST_ITEMS = 60
"""Of one list. Somebody with more is asked to telephone."""


@dataclass(frozen=True, slots=True)
class Item:
    """One account, pension or cost. ``said`` is by fact; ``is_done`` once its own page has been answered."""

    kind: str
    said: Mapping[str, str] = field(default_factory=dict)
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of the person's as far as it is told: its items by key, in order."""

    items: Mapping[str, Item] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        """Whether every item in it has been described."""
        return all(item.is_done for item in self.items.values())


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything answered so far.

    ``said`` holds facts of the person by name, as written in a case file; None is an explicit nothing. ``lists`` holds
    the lists that were gone through. ``passed`` names what somebody did not know. ``about`` is "you" or "them": whom the
    questions are put about. ``trail`` is the order in which pages were answered, by name: a fact, a list, or an item as
    "capital.i1".
    """

    about: str = "you"
    said: Mapping[str, str | None] = field(default_factory=dict)
    lists: Mapping[str, Listed] = field(default_factory=dict)
    passed: tuple[str, ...] = ()
    trail: tuple[str, ...] = ()

    @property
    def are_begun(self) -> bool:
        """Whether anything has been answered."""
        return bool(self.said or self.lists or self.passed)

    def saying(self, fact: str, value: str | None) -> "Answers":
        """With a fact of the person answered."""
        return self._answered(fact, said={**self.said, fact: value})

    def unsaying(self, fact: str) -> "Answers":
        """With a fact of the person that may be left out left empty: nothing is said of it."""
        return self._answered(fact, said={each: value for each, value in self.said.items() if each != fact})

    def passing(self, name: str) -> "Answers":
        """With a question passed: the person does not know. ``name`` is a fact, a list, or an item as "capital.i1"."""
        said = {fact: value for fact, value in self.said.items() if fact != name}
        lists = {each: listed for each, listed in self.lists.items() if each != name}
        answered = self._answered(name, said=said, lists=lists)
        return replace(answered, passed=(*answered.passed, name))

    def having(self, list_name: str, kinds: list[str]) -> "Answers":
        """With a list made of these kinds: what was told of a kind before stays, a kind not among them goes."""
        before = self.lists.get(list_name, Listed()).items
        kept = {key: item for key, item in before.items() if item.kind in kinds}
        new = [kind for kind in kinds if all(item.kind != kind for item in kept.values())]
        items = {**kept, **{_free_key(before, number): Item(kind) for number, kind in enumerate(new)}}
        return self._answered(list_name, lists={**self.lists, list_name: Listed(items)})

    def with_item(self, list_name: str, key: str, item: Item) -> "Answers":
        """With one item of a list as given, in its place or at the end."""
        items = {**self.lists.get(list_name, Listed()).items, key: item}
        names = (list_name, f"{list_name}.{key}") if item.is_done else (list_name,)
        return self._answered(*names, lists={**self.lists, list_name: Listed(items)})

    def without_item(self, list_name: str, key: str) -> "Answers":
        """Without one item of a list; the list itself stays told."""
        items = {each: item for each, item in self.lists[list_name].items.items() if each != key}
        return self._answered(list_name, lists={**self.lists, list_name: Listed(items)})

    def described(self) -> "Answers":
        """Without the items that have not been described yet."""
        lists = {
            name: Listed({key: item for key, item in listed.items.items() if item.is_done})
            for name, listed in self.lists.items()
        }
        return replace(self, lists=lists)

    def new_key(self, list_name: str) -> str:
        """A key for one more item of a list."""
        return _free_key(self.lists.get(list_name, Listed()).items, 0)

    def case(self, council: str, on: date) -> dict[str, Any]:
        """The case file that the answers make, as plain data: a list still being described is not told yet."""
        facts = law().facts
        tree: dict[str, Any] = {"council": council, "on": on.isoformat()}
        for name, value in self.said.items():
            if name in facts:
                tree.setdefault(facts[name].section, {})[name] = value
        for name, listed in self.lists.items():
            if name in law().lists and listed.is_done:
                place = tree.setdefault(law().lists[name].section, {}) if law().lists[name].section else tree
                place[name] = [{"kind": item.kind, **item.said} for item in listed.items.values()]
        return tree

    def as_json(self) -> dict[str, Any]:
        """Plain data that ``from_json`` reads back."""
        lists = {
            name: {key: [item.kind, dict(item.said), item.is_done] for key, item in listed.items.items()}
            for name, listed in self.lists.items()
        }
        kept = {"passed": list(self.passed), "trail": list(self.trail)}
        return {"about": self.about, "said": dict(self.said), "lists": lists, **kept}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Answers":
        """Answers from what ``as_json`` gave."""
        lists = {
            name: Listed({key: Item(kind, said, done) for key, (kind, said, done) in items.items()})
            for name, items in data.get("lists", {}).items()
        }
        passed, trail = tuple(data.get("passed", ())), tuple(data.get("trail", ()))
        return cls(data.get("about", "you"), data.get("said", {}), lists, passed, trail)

    def _answered(self, *names: str, **changed: Any) -> "Answers":
        """With what changed; the pages of those names were gone through, and none of them is passed."""
        answers = replace(self, **changed)
        trail = (*self.trail, *(name for name in names if name not in self.trail))
        passed = tuple(each for each in self.passed if each not in names)
        return replace(answers, passed=tuple(filter(answers._has, passed)), trail=tuple(filter(answers._has, trail)))

    def _has(self, name: str) -> bool:
        """Whether the page of that name is still there: an item's goes with the item."""
        list_name, dot, key = name.partition(".")
        return not dot or key in self.lists.get(list_name, Listed()).items


def _free_key(items: Mapping[str, Item], after: int) -> str:
    taken = [int(key[1:]) for key in items if key[1:].isdigit()]
    return f"i{max(taken, default=0) + 1 + after}"

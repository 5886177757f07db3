"""The law as one graph: facts, lists, figures, slots and rules joined by name, put in an order that can be read."""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from operator import itemgetter
from types import ModuleType
from typing import Any

from farthing.engine.facts import Fact, ItemList
from farthing.engine.figures import DatedValue, Figure
from farthing.engine.rules import Rule
from farthing.engine.slots import Slot

DAY = "on"
"""The name by which a rule takes the day assessed for."""


@dataclass(frozen=True)
class Step:
    """One rule in its place in the order: where each need is found, and which of them hold a value an item."""

    rule: Rule
    keys: tuple[str, ...]
    of_items: tuple[bool, ...]

    @cached_property
    def pick(self) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
        """Takes the needs out of the values, in order."""
        keys = self.keys
        return itemgetter(*keys) if len(keys) > 1 else lambda values: tuple(values[key] for key in keys)

    @cached_property
    def places(self) -> tuple[tuple[str, bool], ...]:
        """Each key with whether it holds a value an item."""
        return tuple(zip(self.keys, self.of_items, strict=True))

    @cached_property
    def first_item(self) -> int:
        """Which need is the first that holds a value an item; for a rule of items only."""
        return self.of_items.index(True)


class Law:
    """Everything declared in the modules given, joined by name.

    Raises ``ValueError`` at start for a name declared twice, a need nobody declares, or rules that go in a circle.
    Keys of an item's facts are "list.fact" ("capital.value"); every other key is the bare name.
    """

    def __init__(self, modules: Iterable[ModuleType], figures: Mapping[str, Figure]):
        self.facts: dict[str, Fact] = {}
        self.lists: dict[str, ItemList] = {}
        self.slots: dict[str, Slot] = {}
        self.rules: dict[str, Rule] = {}
        self.figures = dict(figures)
        for module in modules:
            for declared in vars(module).values():
                self._take(declared)
        self._steps = {rule.name: self._step(rule) for rule in self.rules.values()}
        self._ordered = self._order()

    def _take(self, declared: Any) -> None:
        homes: dict[type, dict[str, Any]] = {Fact: self.facts, ItemList: self.lists, Slot: self.slots, Rule: self.rules}
        home = homes.get(type(declared))
        if home is None or home.get(declared.name) is declared:
            return
        if type(declared) is Fact and declared.section in self.lists:
            return
        for other in (*homes.values(), self.figures):
            if declared.name in other or declared.name == DAY:
                raise ValueError(f"{declared.name!r} is declared twice")
        home[declared.name] = declared

    def _step(self, rule: Rule) -> Step:
        keys = tuple(self._key(rule, need) for need in rule.needs)
        return Step(rule, keys, tuple(self.list_of(key) is not None and self.list_of(key) == rule.each for key in keys))

    def _key(self, rule: Rule, need: str) -> str:
        if rule.each is not None and need in self.lists[rule.each].facts:
            return f"{rule.each}.{need}"
        for home in (self.rules, self.facts, self.slots, self.figures):
            if need in home:
                return need
        if need == DAY:
            return need
        near = get_close_matches(need, [*self.rules, *self.facts, *self.slots, *self.figures], 1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"{rule.place}: {rule.name} needs {need!r}, which nobody declares{hint}")

    def list_of(self, key: str) -> str | None:
        """The list that a key has a value an item of, or None."""
        if "." in key:
            return key.partition(".")[0]
        rule = self.rules.get(key)
        return rule.each if rule else None

    def _order(self) -> tuple[Step, ...]:
        ordered: dict[str, Step] = {}
        under_way: list[str] = []

        def visit(name: str) -> None:
            if name in ordered or name not in self._steps:
                return
            if name in under_way:
                raise ValueError("rules go in a circle: " + " → ".join([*under_way[under_way.index(name) :], name]))
            under_way.append(name)
            for key in self._steps[name].keys:
                visit(key)
            under_way.pop()
            ordered[name] = self._steps[name]

        for name in self._steps:
            visit(name)
        return tuple(ordered.values())

    def step(self, name: str) -> Step:
        """A rule with its needs resolved."""
        return self._steps[name]

    @cached_property
    def of_the_day(self) -> frozenset[str]:
        """The rules that rest on nothing but the day, figures and slots: the same for everyone, so read once."""
        settled = {DAY, *self.slots, *self.figures}
        found = []
        for step in self._ordered:
            if step.rule.each is None and all(key in settled for key in step.keys):
                settled.add(step.rule.name)
                found.append(step.rule.name)
        return frozenset(found)

    def plan(self, answers: Iterable[str]) -> "Plan":
        """What must be read, in which order, to give these answers."""
        return Plan(self, tuple(answers))

    def unit_of(self, key: str) -> Any:
        """The declared unit of a rule, fact, slot or figure; "date" for the day."""
        if "." in key:
            list_name, _, name = key.partition(".")
            return self.lists[list_name].facts[name].unit
        if key == DAY:
            return "date"
        for home in (self.rules, self.facts, self.slots, self.figures):
            if key in home:
                return home[key].unit
        raise KeyError(key)


class Plan:
    """The part of the law that some answers rest on."""

    def __init__(self, law: Law, answers: tuple[str, ...]):
        self.law = law
        self.answers = answers
        wanted = set(answers)
        for step in reversed(law._ordered):
            if step.rule.name in wanted:
                wanted.update(step.keys)
        self.steps = tuple(step for step in law._ordered if step.rule.name in wanted)
        self.day_steps = tuple(step for step in self.steps if step.rule.name in law.of_the_day)
        self.case_steps = tuple(step for step in self.steps if step.rule.name not in law.of_the_day)
        self.keys = frozenset(wanted)
        self.figures = tuple(name for name in law.figures if name in wanted)
        self.slots = tuple(name for name in law.slots if name in wanted)
        self.facts = tuple(name for name in law.facts if name in wanted)
        self.lists = tuple(name for name in law.lists if any(key.startswith(f"{name}.") for key in wanted))

    def facts_of(self, list_name: str) -> tuple[str, ...]:
        """The facts of a list's items that the answers rest on."""
        return tuple(name for name in self.law.lists[list_name].facts if f"{list_name}.{name}" in self.keys)

    @cached_property
    def reached(self) -> dict[str, int]:
        """Each fact ("born", "capital", "capital.value") with its place in the order the law reaches them."""
        order: dict[str, int] = {}
        seen: set[str] = set()

        def visit(key: str) -> None:
            if key in seen:
                return
            seen.add(key)
            if "." in key:
                order.setdefault(key.partition(".")[0], len(order))
                order.setdefault(key, len(order))
            elif key in self.law.facts:
                order.setdefault(key, len(order))
            elif key in self.law.rules:
                for need in self.law.step(key).keys:
                    visit(need)

        for name in self.answers:
            visit(name)
        return order


class Policy:
    """The law of one day in one council: every figure and slot settled, and the rules of the day read.

    ``instead`` holds figures to take in place of the law's own, for a policy that is not the law. Raises ``Refusal``
    where a figure that the plan needs is not known on that day.
    """

    def __init__(self, plan: Plan, *, on: int, slots: Mapping[str, int], instead: Mapping[str, int] | None = None):
        self.plan = plan
        self.law = plan.law
        self.on = on
        own = [name for name in plan.figures if not instead or name not in instead]
        self.figures: dict[str, DatedValue] = {name: plan.law.figures[name].on(on) for name in own}
        self.slots = {name: slots[name] for name in plan.slots}
        self.settled: dict[str, Any] = {DAY: on, **self.slots, **(instead or {})}
        self.settled.update((name, dated.value) for name, dated in self.figures.items())
        for step in plan.day_steps:
            self.settled[step.rule.name] = step.rule.function(*step.pick(self.settled))

    def with_given(self, given: Mapping[str, Any]) -> "Policy":
        """The same policy with facts that are the same for everyone settled too."""
        widened = copy(self)
        widened.settled = {**self.settled, **given}
        return widened

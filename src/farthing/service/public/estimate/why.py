"""Why a line of the working says what it says: the rule, the law behind it, and each thing it was worked out from."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from farthing.base.days import in_words
from farthing.case.assessment import Assessment
from farthing.case.words import said_value
from farthing.engine.asking import Unknown
from farthing.engine.explained import Explanation
from farthing.engine.facts import Fact
from farthing.engine.figures import Source, read_sources
from farthing.engine.kinds import Choices
from farthing.engine.law import DAY
from farthing.engine.one import SomeItems
from farthing.law import FOLDER, law
from farthing.service.design import legislation
from farthing.service.public.estimate.labels import label
from farthing.service.questions.answers import Answers
from farthing.service.questions.forms import wording
from farthing.service.questions.voice import spoken

TOLD = "You told us"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value came from, in words, with the address of a page that says so where there is one."""

    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """One thing a rule was given. ``rule`` names the page that says why it is so, where it was itself worked out."""

    label: str
    values: tuple[str, ...]
    origins: tuple[Origin, ...]
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """One rule as it was read: what the law says, what came out, and from what."""

    label: str
    says: str
    law: list[legislation.Part]
    is_checked: bool
    value: str
    inputs: tuple[Input, ...]


def why(answers: Answers, assessment: Assessment, key: str) -> Why | None:
    """Why the rule of that key ("tariff_income", "counted_value.1") gave what it gave; None for no rule.

    A rule that had no part in this answer is shown without any value.
    """
    name, _, number = key.partition(".")
    rule = law().rules.get(name)
    if rule is None or not (number.isdigit() or not number):
        return None
    wanted = f"{name}[{number}]" if number else name
    step = next((each for each in assessment.steps if each.key == wanted), None)
    words = label(name, answers.about)
    parts, checked = legislation.parts(rule.cited), all(each.checked for each in rule.law)
    if step is None:
        return Why(words, rule.says, parts, checked, "", ())
    found = _Inputs(answers, assessment, step)
    value = _starting_big(said_value(rule.unit, step.value))
    return Why(_item_label(assessment, step) or words, rule.says, parts, checked, value, tuple(found.all()))


class _Inputs:
    """What a rule was given, put in words."""

    def __init__(self, answers: Answers, assessment: Assessment, step: Explanation):
        self.answers, self.assessment, self.step, self.about = answers, assessment, step, answers.about

    def all(self) -> Iterator[Input]:
        for key, value, of_items in zip(self.step.step.keys, self.step.inputs, self.step.step.of_items, strict=True):
            if self._mattered(key):
                yield self._input(key, value, of_items)

    def _mattered(self, key: str) -> bool:
        used = self.assessment.turned_on
        if key in law().facts and law().facts[key].of_council and law().facts[key].meaning in self.assessment.left_out:
            return False
        return key in used or key == DAY or any(each.startswith(f"{key}[") for each in used)

    def _input(self, key: str, value: Any, of_items: bool) -> Input:
        values = _in_words(law().unit_of(key), value)
        if key in law().figures:
            return Input(law().figures[key].says, values, tuple(self._published(key)))
        if key in law().slots:
            return Input(law().slots[key].says, values, (self._chosen(key),))
        if key in law().rules:
            named = f"{key}.{self.step.item}" if of_items else key if law().rules[key].each is None else ""
            return Input(
                label(key, self.about),
                values,
                (Origin("See how this was worked out" if named else "Worked out"),),
                named,
            )
        if key == DAY:
            return Input("The day", values, (Origin("Today"),))
        return self._told(key, values)

    def _published(self, key: str) -> Iterator[Origin]:
        dated = self.assessment.policy.figures[key]
        yield Origin(f"A figure of the law since {in_words(dated.since)}: {law().figures[key].law}")
        for name in dated.source.split(", "):
            source = _sources()[name]
            yield Origin(f"Read in: {source.title}", source.address or "")

    def _chosen(self, key: str) -> Origin:
        filled = self.assessment.council.on(self.assessment.on)
        if page := filled.page_of(key):
            return Origin(f"{self.assessment.council.name}: {page.title}", page.address)
        return Origin(f"Assumed for {self.assessment.council.name}. {filled.assumed.get(key, '')}")

    def _told(self, key: str, values: tuple[str, ...]) -> Input:
        list_name, dot, name = key.partition(".")
        fact: Fact = law().lists[list_name].facts[name] if dot else law().facts[key]
        if dot:
            return Input(wording(fact, self.about), values, (Origin(self._told_of_item(list_name, fact)),))
        if fact.meaning in self.assessment.left_out:
            origin = f"Nobody said otherwise. {spoken(fact.meaning, self.about)}"
        elif fact.presuming and fact.presuming in self.assessment.assumptions:
            origin = f"Assumed. {spoken(fact.presuming, self.about)}"
        else:
            origin = TOLD
        return Input(wording(fact, self.about), values, (Origin(origin),))

    def _told_of_item(self, list_name: str, fact: Fact) -> str:
        items = list(self.answers.lists[list_name].items.values()) if list_name in self.answers.lists else []
        said = self.step.item is None or self.step.item >= len(items) or fact.name in items[self.step.item].said
        return (
            TOLD
            if said or not fact.meaning or fact.name == "kind"
            else f"Left empty. {spoken(fact.meaning, self.about)}"
        )


def _item_label(assessment: Assessment, step: Explanation) -> str:
    """The kind of the item that a rule of items was read for."""
    rule, kinds = step.step.rule, assessment.told.get(f"{step.step.rule.each}.kind")
    if step.item is None or kinds is None or step.item >= len(kinds) or kinds[step.item] is None:
        return ""
    table = law().lists[str(rule.each)].facts["kind"].unit
    return f"{table.says(table.names[kinds[step.item]])}: {rule.name.replace('_', ' ')}"


def _in_words(unit: Any, value: Any) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return tuple(word for each in value for word in _in_words(unit, each)) or ("None",)
    if isinstance(value, Unknown | SomeItems) or value is None:
        return ("Not known",)
    if isinstance(unit, Choices):
        return (unit.says(unit.names[int(value)]),)
    return (_starting_big(said_value(unit, value)),)


def _starting_big(words: str) -> str:
    return words[:1].upper() + words[1:]


@cache
def _sources() -> dict[str, Source]:
    return read_sources(FOLDER / "sources.yaml")

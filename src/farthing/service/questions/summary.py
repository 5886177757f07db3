"""All that was answered, to be checked: each answer as somebody reads it, with the page that changes it."""

from collections.abc import Iterator
from dataclasses import dataclass

from farthing.base.money import shown
from farthing.case.assessment import Assessment
from farthing.case.words import said_value
from farthing.engine.facts import Fact, ItemList
from farthing.engine.kinds import Choices
from farthing.law import law
from farthing.service.questions.answers import Answers, Item, Listed
from farthing.service.questions.forms import wording

NOT_KNOWN = "Not known"
ABOUT = {"you": "About you and your care", "them": "About the person and the care"}
TITLES = {
    "capital": "Savings and property",
    "income": "Income",
    "housing_costs": "What the home costs",
    "disability_related_expenditure": "Costs because of a disability",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One answer. ``page`` is the name of the page that changes it: a fact, a list, or an item as "capital.i1".

    ``values`` are lines. ``matters`` is whether the answer has any part in the charge as far as it is known.
    """

    page: str
    asked: str
    values: tuple[str, ...]
    matters: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Answers that stand together. ``list_name`` is that of a list of the person's; "" for facts of the person."""

    title: str
    list_name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """``parts`` hold what matters; ``beside`` what was answered and has no part in the charge."""

    parts: tuple[Part, ...]
    beside: tuple[Row, ...]


def summary(answers: Answers, assessment: Assessment) -> Summary:
    """Everything that was answered, in the order of the questions."""
    facts = [row for name in answers.trail if name in law().facts for row in _fact_row(answers, assessment, name)]
    lists = [_part(answers, assessment, name) for name in answers.trail if name in law().lists]
    everything = [
        Part(
            "About the person and the care" if answers.about == "them" else "About you and your care", "", tuple(facts)
        ),
        *lists,
    ]
    parts = [Part(part.title, part.list_name, tuple(row for row in part.rows if row.matters)) for part in everything]
    beside = tuple(row for part in everything for row in part.rows if not row.matters)
    return Summary(tuple(part for part in parts if part.rows), beside)


def _fact_row(answers: Answers, assessment: Assessment, name: str) -> Iterator[Row]:
    fact = law().facts[name]
    if name in answers.passed:
        yield Row(name, wording(fact, answers.about), (NOT_KNOWN,), True)
    elif name in answers.said:
        value = _said(fact, answers.said[name])
        yield Row(name, wording(fact, answers.about), (value,), name in assessment.turned_on)


def _part(answers: Answers, assessment: Assessment, name: str) -> Part:
    held, told = law().lists[name], answers.lists.get(name, Listed())
    title = TITLES[name]
    if name in answers.passed:
        return Part(title, name, (Row(name, title, (NOT_KNOWN,), True),))
    if not told.items:
        return Part(title, name, (Row(name, title, ("None",), _list_matters(assessment, name)),))
    rows = [_item_row(answers, assessment, held, key, number) for number, key in enumerate(told.items)]
    return Part(title, name, tuple(rows))


def _item_row(answers: Answers, assessment: Assessment, held: ItemList, key: str, number: int) -> Row:
    item, name = answers.lists[held.name].items[key], f"{held.name}.{key}"
    kinds = held.facts["kind"].unit
    title = kinds.says(item.kind) if isinstance(kinds, Choices) and item.kind in kinds else item.kind
    lines = tuple(_item_lines(held, item, answers.about))
    if name in answers.passed:
        lines = (*lines, NOT_KNOWN)
    if not item.is_done:
        return Row(name, title, ("Not answered yet",), True)
    matters = any(f"{held.name}.{fact}[{number}]" in assessment.turned_on for fact in held.facts)
    return Row(name, title, lines, matters or not answers.lists[held.name].is_done)


def _item_lines(held: ItemList, item: Item, about: str) -> Iterator[str]:
    said = dict(item.said)
    amount, every = said.pop("amount", None), said.pop("every", None)
    if amount is not None and every is not None:
        yield f"{_said(held.facts['amount'], amount)} {_said(held.facts['every'], every).lower()}"
    elif every is not None:
        yield _said(held.facts["every"], every)
    if (value := said.pop("value", None)) is not None:
        yield _said(held.facts["value"], value)
    for name, written in said.items():
        fact = held.facts[name]
        yield f"{wording(fact, about)} {_said(fact, written)}"


def _list_matters(assessment: Assessment, name: str) -> bool:
    facts = law().lists[name].facts
    step = {rule.name for rule in law().rules.values() if rule.each == name}
    return any(f"{name}.{fact}" in assessment.turned_on for fact in facts) or any(
        need in step for key in assessment.turned_on if key in law().rules for need in law().rules[key].needs
    )


def _said(fact: Fact, written: str | None) -> str:
    """An answer in words."""
    if written is None:
        return "Not yet" if fact.unit == "date" else "None"
    if isinstance(fact.unit, Choices):
        return _starting_big(fact.unit.says(written)) if written in fact.unit else written
    value = fact.read(written)
    return shown(value) if fact.unit == "£" else _starting_big(said_value(fact.unit, value))


def _starting_big(words: str) -> str:
    return words[:1].upper() + words[1:]

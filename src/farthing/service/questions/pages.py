"""Which page comes next: asked of the law itself, by reading it with what has been answered so far."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from farthing.case.assessment import Assessment, Question, assess, still_waiting
from farthing.case.reading import Case, read_case
from farthing.case.tree import tree_of
from farthing.engine.facts import Fact
from farthing.engine.kinds import Choices, Kinds
from farthing.law import law
from farthing.service.questions.answers import Answers, Item, Listed

FIRST = ("setting",)
"""Asked before all else, because it says which words the other questions need."""


@dataclass(frozen=True, slots=True)
class FactPage:
    """A page that asks for one fact of the person."""

    fact: str
    question: Question


@dataclass(frozen=True, slots=True)
class KindsPage:
    """A page that asks which kinds of a list the person has."""

    list_name: str
    question: Question


@dataclass(frozen=True, slots=True)
class ItemPage:
    """A page that asks about one item of a list."""

    list_name: str
    key: str


Page = FactPage | KindsPage | ItemPage


def case_of(answers: Answers, council: str, on: date) -> Case:
    """The answers read at the door of the law. Raises ``Refusal`` with every answer that cannot be."""
    return read_case(tree_of(answers.case(council, on), name="your answers"))


def assessed(answers: Answers, council: str, on: date, *, estimate: bool = False) -> Assessment:
    """The law read with the answers; an ``estimate`` takes stated assumptions for what was passed."""
    return assess(case_of(answers, council, on), estimate=estimate)


def next_page(answers: Answers, assessment: Assessment) -> Page | None:
    """The page that comes next, or None where nothing more can change the answer or everything else was passed."""
    for list_name, listed in answers.lists.items():
        for key, item in listed.items.items():
            if not item.is_done:
                return ItemPage(list_name, key)
    return next(iter(_pages(answers, assessment)), None)


def settled(answers: Answers, council: str, on: date) -> tuple[Answers, Assessment, Page | None]:
    """The answers with every item done about which nothing need be asked, the law read with them, and the page to come."""
    while True:
        assessment = assessed(answers, council, on)
        page = next_page(answers, assessment)
        if not isinstance(page, ItemPage) or facts_to_ask(answers, page.list_name, page.key, council, on):
            return answers, assessment, page
        item = answers.lists[page.list_name].items[page.key]
        if item.is_done:
            answers = answers.passing(f"{page.list_name}.{page.key}")
        else:
            answers = answers.with_item(page.list_name, page.key, replace(item, is_done=True))


def pages_left(answers: Answers, assessment: Assessment) -> int:
    """How many questions may still come, at most."""
    return sum(1 for _ in _pages(answers, assessment))


def _pages(answers: Answers, assessment: Assessment) -> Iterator[Page]:
    first = [name for name in FIRST if name not in answers.said]
    by_name = {each.fact: each for each in assessment.still_to_ask}
    yield from (FactPage(name, by_name[name]) for name in first if name in by_name)
    seen: set[str] = set(first)
    for question in assessment.still_to_ask:
        list_name, bracket, rest = question.fact.partition("[")
        if bracket:
            key = list(answers.lists[list_name].items)[int(rest.partition("]")[0])]
            page: Page = ItemPage(list_name, key)
            name = f"{list_name}.{key}"
        elif list_name in law().lists:
            page, name = KindsPage(list_name, question), list_name
        else:
            page, name = FactPage(list_name, question), list_name
        if name not in seen and name not in answers.passed and not _of_council(list_name):
            seen.add(name)
            yield page


def _of_council(name: str) -> bool:
    lists, facts = law().lists, law().facts
    return (lists[name] if name in lists else facts[name]).of_council


def facts_to_ask(answers: Answers, list_name: str, key: str, council: str, on: date) -> list[Fact]:
    """The facts of an item to ask for on its page; none where nothing about it can change the answer.

    What its kind must have comes first, with whatever the law waits for whichever way that is answered. Once that is
    said, there is what the law still waits for, with what may be left out.
    """
    held, item = law().lists[list_name].facts, answers.lists[list_name].items[key]
    needed = [fact for fact in held.values() if fact.name != "kind" and fact.required and _is_for(fact, held, item)]
    missing = [fact for fact in needed if fact.name not in item.said]
    waited = _waited_for(answers, list_name, key, missing, council, on)
    asked = [fact for fact in held.values() if fact in needed or fact.name in waited or fact.name in item.said]
    if any(fact not in needed for fact in asked):
        asked += [fact for fact in held.values() if _is_offered(fact, held, item) and fact not in asked]
    return [fact for fact in held.values() if fact in asked and fact.name != "kind"]


def is_described(answers: Answers, list_name: str, key: str, council: str, on: date) -> bool:
    """Whether nothing about the item is still to be asked."""
    item = answers.lists[list_name].items[key]
    asked = facts_to_ask(answers, list_name, key, council, on)
    return all(fact.name in item.said for fact in asked if fact.left_out is None)


def _waited_for(answers: Answers, list_name: str, key: str, missing: list[Fact], council: str, on: date) -> set[str]:
    """The facts of the item that the law waits for whichever way the missing ones are answered."""
    item = answers.lists[list_name].items[key]
    found: set[str] | None = None
    ways = [fact.unit.names for fact in missing if isinstance(fact.unit, Choices)]
    for chosen in product(*ways):
        supposed = dict(zip((fact.name for fact in missing), chosen, strict=True))
        probe = Item(item.kind, {**item.said, **supposed}, is_done=True)
        others = {each: one for each, one in answers.lists[list_name].items.items() if one.is_done and each != key}
        with_probe = replace(answers, lists={**answers.lists, list_name: Listed({**others, key: probe})})
        place = f"{list_name}[{len(others)}]."
        waiting = still_waiting(case_of(with_probe, council, on))
        waits = {name.removeprefix(place) for name in waiting if name.startswith(place)}
        found = waits if found is None else found & waits
    return found or set()


def _row(held: dict[str, Fact], item: Item) -> dict[str, object]:
    table = held["kind"].unit
    return dict(table.rows[item.kind]) if isinstance(table, Kinds) else {}


def _is_for(fact: Fact, held: dict[str, Fact], item: Item) -> bool:
    return fact.wanted is None or bool(_row(held, item).get(fact.wanted))


def _is_offered(fact: Fact, held: dict[str, Fact], item: Item) -> bool:
    if fact.of_council or fact.left_out is None or not _is_for(fact, held, item):
        return False
    return not fact.offered_for or bool(_row(held, item).get(fact.offered_for))

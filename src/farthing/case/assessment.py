"""One person assessed on one day in one council: the answer, every step, and what it rests on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from farthing.base.refusal import Problem, Refusal
from farthing.case.reading import Case
from farthing.case.words import said_value
from farthing.councils import NO_LIMIT, Council
from farthing.councils import council as find_council
from farthing.engine.asking import Unknown, ask, complete, waiting_for
from farthing.engine.explained import Explanation, explain, turned_on
from farthing.engine.facts import Fact, ItemList
from farthing.engine.law import Plan, Policy
from farthing.engine.slots import Slot
from farthing.law import ALSO, ANSWERS, NOT_WITH_FULL_COST, law, plan, remarks
from farthing.law.allowances.facts import PREMIUMS


@dataclass(frozen=True, slots=True)
class Question:
    """A fact still to be told. ``field`` is its place in the case file ("person.born", "capital[0].value").

    ``fact`` is how the engine names it: a fact of the person ("born"), a list ("capital"), or a gap in an item of one
    ("capital[0].value").
    """

    field: str
    fact: str
    question: str
    hint: str
    evidence: str
    why: str
    law: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the law gives for a case.

    ``values`` holds every rule's value by name, an ``Unknown`` where it is not known yet. ``steps`` are the steps that
    the answer turned on, in order. ``still_to_ask`` is empty once the answer is certain. ``left_out`` says in words
    what was taken from things the case does not mention; ``assumptions`` what was assumed.
    """

    council: Council
    on: int
    policy: Policy
    told: Mapping[str, Any]
    values: Mapping[str, Any]
    steps: tuple[Explanation, ...]
    turned_on: frozenset[str]
    remarks: tuple[str, ...]
    assumptions: tuple[str, ...]
    left_out: tuple[str, ...]
    still_to_ask: tuple[Question, ...]
    is_estimate: bool

    def value(self, name: str) -> Any:
        """The value of an answer, or None where it is not known or has no meaning for this case."""
        value = self.values[name]
        if isinstance(value, Unknown) or (name in NOT_WITH_FULL_COST and self.values["pays_full_cost"] is True):
            return None
        return value

    @property
    def is_certain(self) -> bool:
        """Whether nothing more need be asked."""
        return not self.still_to_ask

    def range_of(self, name: str) -> tuple[int, int | None]:
        """The least and the most a sum can be, as far as is known; None for no known limit."""
        value = self.values[name]
        if not isinstance(value, Unknown):
            return value, value
        return value.least, value.most if value.most < NO_LIMIT else None


@cache
def policy_of(council: Council, on: int, wanted: Plan) -> Policy:
    """The law of a day in a council. Raises ``Refusal`` for a day without figures or a slot that is not published."""
    return Policy(wanted, on=on, slots=council.on(on))


@cache
def whole_plan() -> Plan:
    """The answers, what is said beside them, and every remark."""
    return plan((*ANSWERS, *ALSO, *remarks()))


def assess(case: Case, *, council: str | None = None, on: int | None = None, estimate: bool = False) -> Assessment:
    """Assess a case. ``council`` and ``on`` (a day number) stand before what the case itself says.

    An estimate fills what was not told with stated assumptions; otherwise it stays unknown and is asked for. Raises
    ``Refusal`` where no council or day is given, the council is not known, or a figure is not known for the day.
    """
    place, day = _place_and_day(case, council, on)
    policy = policy_of(place, day, whole_plan())
    asking = policy_of(place, day, plan(ANSWERS))
    told = dict(case.told)
    presumed = _presume(asking, told) if estimate else []
    whole = complete(policy, told)
    values, steps = explain(policy, whole)
    waiting = waiting_for(asking, values)
    used = turned_on(asking, complete(asking, told), ANSWERS)
    known_steps = tuple(step for step in steps if step.key in used and not isinstance(step.value, Unknown))
    return Assessment(
        council=place,
        on=day,
        policy=policy,
        told=told,
        values=values,
        steps=known_steps,
        turned_on=used,
        remarks=(*case.remarks, *_remarks(policy, values), *(() if waiting else _derived(policy, known_steps, used))),
        assumptions=(*presumed, *_council_assumptions(place, day, used)),
        left_out=tuple(law().facts[name].meaning for name in case.left_out if name in used),
        still_to_ask=tuple(question(asking, name) for name in waiting),
        is_estimate=estimate,
    )


def still_waiting(case: Case) -> list[str]:
    """The names of the facts the answers still wait for, in the order the law reaches them, without any working."""
    place, day = _place_and_day(case, None, None)
    return ask(policy_of(place, day, plan(ANSWERS)), case.told)[1]


def _place_and_day(case: Case, council: str | None, on: int | None) -> tuple[Council, int]:
    problems = []
    if (council or case.council) is None:
        problems.append(
            Problem("council", "is not told", "Name a council, or 'england' for the law with no local choice")
        )
    day = on if on is not None else case.on
    if day is None:
        problems.append(Problem("on", "is not told", "Give the day to assess for, such as 2026-05-04"))
    if problems or day is None:
        raise Refusal(*problems)
    return find_council(str(council or case.council)), day


def _presume(asking: Policy, told: dict[str, Any]) -> list[str]:
    """Fill what matters and was not told with what an estimate may take it to be; say each in words."""
    said: list[str] = []
    while True:
        values, _ = explain(asking, complete(asking, told))
        filled = [sentence for name in waiting_for(asking, values) if (sentence := _presume_one(name, told))]
        if not filled:
            return said
        said.extend(filled)


def _presume_one(name: str, told: dict[str, Any]) -> str | None:
    facts, lists = law().facts, law().lists
    if name in lists and lists[name].presuming_empty:
        told.update((f"{name}.{fact}", ()) for fact in lists[name].facts)
        return lists[name].presuming_empty
    fact = facts.get(name)
    presumed = fact and (told.get(fact.presumed_as) if fact.presumed_as else fact.presumed)
    if fact is None or presumed is None:
        return None
    told[name] = presumed
    return fact.presuming


def _remarks(policy: Policy, values: Mapping[str, Any]) -> Iterator[str]:
    for name in remarks():
        value = values[name]
        if value is True or (isinstance(value, tuple) and any(each is True for each in value)):
            yield policy.law.rules[name].remark


def _derived(policy: Policy, steps: Iterable[Explanation], used: frozenset[str]) -> Iterator[str]:
    inputs = {key for step in steps for key in step.step.keys} & used
    for name, dated in policy.figures.items():
        if name in inputs and dated.status == "derived":
            yield f"A figure was worked out, not read: {name.replace('_', ' ')}. {dated.note}"


def _council_assumptions(council: Council, day: int, used: frozenset[str]) -> list[str]:
    filled = council.on(day)
    return [
        f"{name.replace('_', ' ').capitalize()}: {_said_slot(slot, filled[name])}. {filled.assumed[name]}"
        for name, slot in law().slots.items()
        if name in used and name in filled.assumed
    ]


def _said_slot(slot: Slot, value: int) -> str:
    return "none" if value == NO_LIMIT else said_value(slot.unit, value)


def question(policy: Policy, name: str) -> Question:
    """The question for a fact still to be told, and the rule that needs it."""
    list_name, bracket, rest = name.partition("[")
    if bracket:
        number, _, fact_name = rest.partition("].")
        field = f"{_list_place(list_name)}[{number}].{fact_name}"
        return _asked(policy, field, name, f"{list_name}.{fact_name}", law().lists[list_name].facts[fact_name])
    if name in law().lists:
        return _asked(policy, _list_place(name), name, name, law().lists[name])
    fact = law().facts[name]
    return _asked(policy, f"{fact.section}.{fact_file_name(name)}", name, name, fact)


def fact_file_name(name: str) -> str:
    """What a person's fact is called in the case file: the premiums stand together in one list."""
    return "premiums" if name in PREMIUMS.values() else name


def _list_place(list_name: str) -> str:
    section = law().lists[list_name].section
    return f"{section}.{list_name}" if section else list_name


def _asked(policy: Policy, field: str, name: str, key: str, asked: Fact | ItemList) -> Question:
    why, cited = "", ""
    for step in policy.plan.case_steps:
        if any(need == key or need.startswith(f"{key}.") for need in step.keys):
            why, cited = step.rule.says, step.rule.cited
            break
    return Question(field, name, asked.question, asked.hint, asked.evidence, why, cited)

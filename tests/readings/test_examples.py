"""Every worked example gives the same pennies alone, explained, half-answered, in a shuffled crowd, and fused."""

import random
from typing import Any

import numpy as np
import pytest

from farthing.engine import many
from farthing.engine.asking import SomeItems, Unknown, complete
from farthing.engine.explained import explain
from farthing.engine.law import Policy
from farthing.engine.one import read
from farthing.engine.written import one_person
from farthing.law import law
from tests.readings.examples import Example, examples

EXAMPLES = list(examples())
CROWD = 17


def ids(example: Example) -> str:
    return f"{example.place} {example.title}"


def known(policy: Policy, told: dict[str, Any]) -> dict[str, Any]:
    """What was told, with something for each gap: a settled answer is the same whatever stands there."""
    whole = complete(policy, told)
    return {key: _some(value) for key, value in whole.items()}


def _some(value: Any) -> Any:
    if isinstance(value, SomeItems):
        return ()
    if isinstance(value, tuple):
        return tuple(_some(each) for each in value)
    if isinstance(value, Unknown):
        return value.least if value.among is None else min(value.among)
    return value


def alone_it_gives_the_published_answer(example: Example) -> None:
    policy = example.policy()
    values = read(policy, complete(policy, example.values()))
    assert {name: values[name] for name in example.gives} == example.gives


def explained_it_gives_the_same_and_records_every_step(example: Example) -> None:
    policy = example.policy()
    values, steps = explain(policy, complete(policy, example.values()))
    assert {name: values[name] for name in example.gives} == example.gives
    recorded = {step.step.rule.name for step in steps}
    stood_in = set(example.given)
    empty = {step.rule.name for step in policy.plan.case_steps if _is_empty(values[step.rule.name])}
    assert recorded | stood_in | empty >= {step.rule.name for step in policy.plan.case_steps}


def half_answered_the_answer_lies_within_the_range(example: Example) -> None:
    policy = example.policy()
    told = example.values()
    for left in [key for key in told if key not in law().rules]:
        some = {key: value for key, value in told.items() if key != left}
        if "." in left:
            some = {key: value for key, value in some.items() if not key.startswith(left.partition(".")[0] + ".")}
        values = read(policy, complete(policy, some))
        for name, answer in example.gives.items():
            value = values[name]
            if isinstance(value, SomeItems):
                value = value.typical
            for one in answer if isinstance(answer, tuple) else (answer,):
                if isinstance(value, Unknown):
                    assert value.least <= one <= value.most, f"without {left}, {name}"
                elif not isinstance(value, tuple):
                    assert value == one, f"without {left}, {name}"


def in_a_shuffled_crowd_the_answer_is_the_same(example: Example) -> None:
    policy = example.policy()
    told = known(policy, example.values())
    place = random.Random(example.title).randrange(CROWD)
    people = [told if number == place else _stranger(policy, told, number) for number in range(CROWD)]
    columns, starts = _columns(policy, people)
    for name, column in many.read(policy, columns, starts, CROWD, block=5).items():
        list_name = policy.law.list_of(name)
        if list_name is None:
            assert column[place] == example.gives[name], name
        else:
            own = slice(*starts[list_name][[place, place + 1]])
            assert tuple(column[own]) == example.gives[name], name


def fused_into_one_function_the_answer_is_the_same(example: Example) -> None:
    if set(example.given) & set(law().rules) or not _of_the_person(example):
        return
    policy = example.policy()
    answers = one_person(policy)(known(policy, example.values()))
    assert dict(zip(policy.plan.answers, answers, strict=True)) == example.gives


READINGS = (
    alone_it_gives_the_published_answer,
    explained_it_gives_the_same_and_records_every_step,
    half_answered_the_answer_lies_within_the_range,
    in_a_shuffled_crowd_the_answer_is_the_same,
    fused_into_one_function_the_answer_is_the_same,
)


@pytest.mark.parametrize("example", EXAMPLES, ids=ids)
def test_every_reading_gives_the_published_answer(example: Example) -> None:
    for holds in READINGS:
        holds(example)


def _is_empty(value: Any) -> bool:
    return isinstance(value, tuple) and not value


def _of_the_person(example: Example) -> bool:
    return not any(isinstance(answer, tuple) for answer in example.gives.values())


def _stranger(policy: Policy, told: dict[str, Any], seed: int) -> dict[str, Any]:
    """Somebody else: the same lists, other amounts and more or fewer items."""
    chance = random.Random(seed)
    lengths: dict[str, int] = {}
    stranger = {}
    for key, value in told.items():
        list_name = policy.law.list_of(key)
        if list_name is None:
            stranger[key] = value
            continue
        lengths.setdefault(list_name, chance.randrange(4) if value else 0)
        stranger[key] = tuple(chance.choice(value) for _ in range(lengths[list_name]))
    return stranger


def _columns(policy: Policy, people: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    columns, starts = {}, {}
    for key in people[0]:
        list_name = policy.law.list_of(key)
        if list_name is None:
            columns[key] = np.array([person[key] for person in people])
        else:
            columns[key] = np.array([each for person in people for each in person[key]], dtype=_type_of(policy, key))
            lengths = [len(person[key]) for person in people]
            starts[list_name] = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    for name in policy.plan.lists:
        starts.setdefault(name, np.zeros(len(people) + 1, dtype=np.int64))
    return columns, starts


def _type_of(policy: Policy, key: str) -> Any:
    return np.bool_ if policy.law.unit_of(key) == "yes/no" else np.int64


def test_every_rule_is_what_some_example_gives() -> None:
    tested = {name for example in EXAMPLES for name in example.gives}
    assert sorted(set(law().rules) - tested) == []


LIMITS = {
    "upper_capital_limit": ("under", "at", "over"),
    "lower_capital_limit": ("under", "at", "over", "end"),
    "tariff_step": ("under", "at", "over", "end"),
    "property_disregard_days": ("under", "at", "over"),
    "twelve_week_return_days": ("under", "at", "over"),
    "short_stay_days": ("under", "at", "over"),
    "free_reablement_days": ("under", "at", "over"),
    "minor_adaptation_limit": ("under", "at", "over"),
    "first_ten_pounds_disregard": ("under", "at", "over"),
    "savings_credit_threshold_single": ("under", "at", "over"),
    "savings_credit_threshold_couple": ("under", "at", "over"),
    "pension_credit_standard_minimum_guarantee_single": ("under", "at", "over"),
    "pension_credit_standard_minimum_guarantee_couple": ("under", "at", "over"),
    "savings_credit_disregard_single": ("under", "at", "over"),
    "savings_credit_disregard_couple": ("under", "at", "over"),
    "disposable_income_allowance": ("under", "at", "over"),
    "personal_expenses_allowance": ("under", "at", "over"),
    "minimum_income_guarantee_single_pension_age": ("under", "at", "over"),
    "deferred_payment_review_percent": ("under", "at", "over"),
    "equity_limit": ("under", "at", "over"),
    "capital_notice_level": ("under", "at", "over"),
    "cost_of_care": ("under", "at", "over"),
    "age_25": ("under", "at", "over"),
    "pension_age": ("under", "at", "over"),
    "disregarded_26_weeks": ("under", "at", "over"),
    "disregarded_52_weeks": ("under", "at", "over"),
}
"""Each limit of the law and where its examples must stand: one under, at, one over, and the end of the step."""


@pytest.mark.parametrize("limit", LIMITS)
def test_each_limit_has_examples_under_at_and_over_it(limit: str) -> None:
    places = {example.limit for example in EXAMPLES}
    assert [where for where in LIMITS[limit] if f"{limit} {where}" not in places] == []


def test_every_example_names_its_source() -> None:
    assert [example.place for example in EXAMPLES if not example.source.strip()] == []

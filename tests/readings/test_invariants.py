"""What must hold for anybody at all: tried on people that Hypothesis invents, and on a hundred thousand more."""

import os
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from farthing.base.days import day
from farthing.councils import council
from farthing.engine import many
from farthing.engine.asking import SomeItems, Unknown, complete, waiting_for
from farthing.engine.explained import explain
from farthing.engine.law import Policy
from farthing.engine.one import read
from farthing.engine.written import one_person
from farthing.law.capital.facts import CAPITAL
from farthing.law.charge.facts import LIGHT_TOUCH
from farthing.law.income.facts import EVERY, INCOME
from farthing.law.person.facts import SAID
from tests.councils.marshland import marshland
from tests.readings.people import (
    crowd,
    crowd_of,
    each_told,
    each_with_item,
    partly_told,
    policy_of,
    whole_cases,
    with_item,
)

ENGLAND = policy_of(council("england"), "2026-05-04")
CAMBRIDGESHIRE = policy_of(council("cambridgeshire"), "2024-06-01")
MARSHLAND = policy_of(marshland(), "2025-06-01")
POLICIES = {"england": ENGLAND, "cambridgeshire": CAMBRIDGESHIRE, "marshland": MARSHLAND}

PEOPLE = 100_000
A_LOT_MORE = st.one_of(st.integers(1, 3), st.sampled_from([250_00, 9_000_00]), st.integers(1, 30_000_00))
SLOW_TO_INVENT = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]

MEANS_TESTED = {"tells_finances": True, "light_touch": int(LIGHT_TOUCH.none), "vcjd": False}
"""Whoever is not pays the same whatever they have."""

everywhere = pytest.mark.parametrize("place", POLICIES)
settings.register_profile("some", max_examples=25, suppress_health_check=SLOW_TO_INVENT)
settings.register_profile("many", settings.get_profile("some"), max_examples=2_000)
some = settings.get_profile(os.environ.get("PEOPLE_INVENTED", "some"))
"""PEOPLE_INVENTED=many looks longer, before a release or after a change of the engine."""


@cache
def fused(place: str) -> Any:
    return one_person(POLICIES[place])


# The charge


@st.composite
def means_tested(draw: st.DrawFn, policy: Policy) -> dict[str, Any]:
    """Somebody who is not charged the full cost whatever they have, nor nothing, and who has some income."""
    told = draw(whole_cases(policy, **MEANS_TESTED))
    amount = draw(st.one_of(st.just(0), st.integers(150_00, 900_00)))
    return with_item(told, policy, "income", kind=int(INCOME.other), amount=amount, every=int(EVERY.week))


@everywhere
@some
@given(data=st.data())
def test_the_charge_is_never_below_nought_nor_above_the_cost(place: str, data: st.DataObject) -> None:
    values = read(POLICIES[place], data.draw(st.one_of(whole_cases(POLICIES[place]), means_tested(POLICIES[place]))))
    assert 0 <= values["weekly_charge"] <= values["cost_of_care"]
    assert values["weekly_charge"] + values["council_pays"] == values["cost_of_care"]
    assert 0 <= values["charge_for_part_week"] <= values["weekly_charge"]


@everywhere
@some
@given(data=st.data())
def test_the_charge_never_leaves_less_than_the_protected_income(place: str, data: st.DataObject) -> None:
    """Unless the full cost is paid. A person without that much income is charged nothing.

    A contribution agreed under a light-touch assessment is left out: no income was counted before it was agreed.
    """
    values = read(POLICIES[place], data.draw(means_tested(POLICIES[place])))
    assert leaves_enough(values)


def leaves_enough(values: dict[str, Any]) -> Any:
    """Whether enough is left after the charge; of columns, of each person."""
    kept = values["counted_income"] - values["weekly_charge"]
    for_costs = values["housing_costs_allowed"] + values["disability_expenditure_allowed"]
    enough = kept >= values["protected_income"] + for_costs
    return values["pays_full_cost"] | (values["weekly_charge"] == 0) | enough


@everywhere
@some
@given(data=st.data(), value=st.integers(0, 30_000_00), more=A_LOT_MORE)
def test_the_charge_never_falls_when_savings_rise(place: str, data: st.DataObject, value: int, more: int) -> None:
    policy = POLICIES[place]
    told = data.draw(means_tested(policy))
    charges = [
        read(policy, with_item(told, policy, "capital", kind=int(CAPITAL.bank_account), value=each))["weekly_charge"]
        for each in (value, value + more)
    ]
    assert charges[0] <= charges[1]


@everywhere
@some
@given(data=st.data(), amount=st.integers(0, 500_00), more=st.integers(1, 500_00))
def test_the_charge_never_falls_when_counted_income_rises(
    place: str, data: st.DataObject, amount: int, more: int
) -> None:
    """For somebody who cannot have Savings Credit.

    For somebody who can, the law itself lets the charge fall: a little more income that takes them over the guarantee
    turns a disregard of what Savings Credit they get into a disregard of the whole cap. The income added is of the kind
    ``other``, because a disability benefit that starts to count brings disability costs that are left to the person.
    """
    policy = POLICIES[place]
    told = {**data.draw(means_tested(policy)), "may_have_savings_credit": False}
    charges = []
    for each in (amount, amount + more):
        richer = with_item(told, policy, "income", kind=int(INCOME.other), amount=each, every=int(EVERY.week))
        charges.append(read(policy, richer)["weekly_charge"])
    assert charges[0] <= charges[1]


@everywhere
def test_all_that_holds_of_the_charge_holds_of_a_hundred_thousand_people_at_once(place: str) -> None:
    """The same four, where Hypothesis would have to be lucky: people at the edges of several rules at once."""
    policy, chance = POLICIES[place], np.random.default_rng(15)
    everybody = each_told(crowd(policy, PEOPLE, seed=20_260_406), **MEANS_TESTED)
    savings, income = chance.integers(0, 25_000_00, PEOPLE), chance.integers(0, 700_00, PEOPLE)
    more = np.where(chance.random(PEOPLE) < 0.5, chance.integers(1, 500, PEOPLE), chance.integers(1, 20_000_00, PEOPLE))

    def charged(savings: Any, income: Any, **fixed: Any) -> dict[str, np.ndarray]:
        people = each_told(everybody, **fixed)
        people = each_with_item(people, policy, "capital", kind=int(CAPITAL.bank_account), value=savings)
        people = each_with_item(people, policy, "income", kind=int(INCOME.other), amount=income, every=int(EVERY.week))
        return many.read(policy, people.columns, people.starts, PEOPLE)

    values = charged(savings, income)
    assert (values["weekly_charge"] >= 0).all() and (values["weekly_charge"] <= values["cost_of_care"]).all()
    assert leaves_enough(values).all()
    assert (charged(savings + more, income)["weekly_charge"] >= values["weekly_charge"]).all()
    no_savings_credit = {"born": day("1960-01-01"), "pension_age_reached": int(SAID.true)}
    before, after = charged(savings, income, **no_savings_credit), charged(savings, income + more, **no_savings_credit)
    assert (after["weekly_charge"] >= before["weekly_charge"]).all()


# The readings


@everywhere
@some
@given(data=st.data())
def test_every_reading_of_the_law_gives_the_same(place: str, data: st.DataObject) -> None:
    policy = POLICIES[place]
    people = data.draw(st.lists(whole_cases(policy), min_size=1, max_size=3))
    alone = [read(policy, told) for told in people]
    answers = [{name: values[name] for name in policy.plan.answers} for values in alone]
    assert [explain(policy, told)[0] for told in people] == alone
    assert [dict(zip(policy.plan.answers, fused(place)(told), strict=True)) for told in people] == answers
    together = crowd_of(policy, people)
    columns = many.read(policy, together.columns, together.starts, together.people, block=2)
    assert [{name: columns[name][number] for name in columns} for number in range(len(people))] == answers


@everywhere
@some
@given(data=st.data())
def test_half_told_the_true_answer_lies_within_the_range(place: str, data: st.DataObject) -> None:
    """Of every rule, not only of the answers; and what is certain is the true answer."""
    policy = POLICIES[place]
    whole, told = data.draw(partly_told(policy))
    true = read(policy, whole)
    values = read(policy, complete(policy, told))
    for step in policy.plan.case_steps:
        name = step.rule.name
        for so_far, at_last in pairs(values[name], true[name]):
            assert lies_within(so_far, at_last), f"{name} is {at_last}, which is not in {so_far}"
    if not waiting_for(policy, values):
        assert [values[name] for name in policy.plan.answers] == [true[name] for name in policy.plan.answers]


@everywhere
@some
@given(data=st.data())
def test_the_range_never_widens_as_more_is_told(place: str, data: st.DataObject) -> None:
    policy = POLICIES[place]
    whole, told = data.draw(partly_told(policy))
    more = {**whole, **told}
    for key in data.draw(st.sets(st.sampled_from(sorted(whole)))):
        if key not in told and "." not in key:
            del more[key]
    before, after = read(policy, complete(policy, told)), read(policy, complete(policy, more))
    for name in policy.plan.answers:
        assert least(before[name]) <= least(after[name]) <= most(after[name]) <= most(before[name]), name


def least(value: Any) -> Any:
    return value.least if isinstance(value, Unknown) else value


def most(value: Any) -> Any:
    return value.most if isinstance(value, Unknown) else value


def pairs(so_far: Any, at_last: Any) -> list[tuple[Any, Any]]:
    """What is known so far beside what it turns out to be, item by item."""
    if not isinstance(at_last, tuple):
        return [(so_far, at_last)]
    if isinstance(so_far, SomeItems):
        return [(so_far.typical, each) for each in at_last]
    return list(zip(so_far, at_last, strict=True))


def lies_within(so_far: Any, at_last: Any) -> bool:
    if not isinstance(so_far, Unknown):
        return bool(so_far == at_last)
    return so_far.least <= at_last <= so_far.most and (so_far.among is None or at_last in so_far.among)


@pytest.mark.slow
def test_one_and_many_agree_on_a_hundred_thousand_people_with_lists() -> None:
    policy: Policy = MARSHLAND
    people = crowd(policy, PEOPLE, seed=20_260_504)
    columns = many.read(policy, people.columns, people.starts, PEOPLE)
    answer = fused("marshland")
    alone = np.array([answer(person) for person in people.each()], dtype=np.int64)
    for place, name in enumerate(policy.plan.answers):
        differing = np.flatnonzero(alone[:, place] != columns[name])
        assert not len(differing), f"{name} differs for {len(differing)} people, the first number {differing[0]}"
    paying = columns["weekly_charge"] > 0
    assert 0.2 < paying.mean() < 0.95, "the people invented are too much alike to prove anything"

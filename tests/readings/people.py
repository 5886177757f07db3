"""Invented people, made from what the law declares: any fact or kind added to the law is in them from then on.

Three makers share one spread of values: Hypothesis, for whole cases that can be made smaller; a seed by name, for people
that stay the same when the law grows; and columns of numbers, for very many people at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import Any

import numpy as np
from hypothesis import strategies as st

from farthing.base.days import day
from farthing.councils import Council
from farthing.engine.constants import PAST
from farthing.engine.facts import Fact
from farthing.engine.kinds import Choices
from farthing.engine.law import Plan, Policy
from farthing.law import ALSO, ANSWERS, plan

MOST_ITEMS = 6
YEAR = 365

LIKELY = {
    "capital.value": (0, 12_000_00), "capital.secured_debt": (0, 5_000_00), "capital.currency_cost": (0, 100_00),
    "capital.amount_received": (0, 10_000_00), "capital.diminished_by": (0, 10_000_00),
    "income.amount": (0, 450_00), "income.tax": (0, 50_00), "income.housing_element": (0, 60_00),
    "partner_qualifying_income": (0, 400_00), "agreed_extra_allowance": (0, 50_00),
    "housing_costs.amount": (0, 150_00), "housing_costs.paid_by_benefit": (0, 150_00),
    "disability_related_expenditure.amount": (0, 40_00),
    "services.weekly_cost": (0, 300_00), "services.cost": (900_00, 1_100_00), "weeks.cost": (0, 600_00),
    "weekly_cost": (0, 500_00), "usual_rate": (600_00, 1_200_00), "fee": (600_00, 1_600_00),
    "cheapest_available_rate": (0, 1_300_00), "light_touch_contribution": (0, 300_00),
    "security_value": (0, 300_000_00), "other_charges_on_security": (0, 50_000_00), "deferred_so_far": (0, 200_000_00),
    "allowance_kept": (0, 200_00), "responsible_for_children": (0, 3), "capital.owners": (1, 4),
}  # fmt: skip
"""The least and the most that is likely; an amount (in pence) that is not named here is up to £1,000."""

NEAR_A_LIMIT = {"capital.value": tuple(limit + over for limit in (14_250_00, 23_250_00) for over in (-1, 0, 1, 250_00)),
                "services.cost": (1_000_00, 1_000_01)}  # fmt: skip
DAYS_NEAR_A_LIMIT = (0, 1, 41, 42, 55, 56, 83, 84, 181, 182, 363, 364)
OFTEN = {"tells_finances": (1, 1, 1, 1), "vcjd": (0, 0, 0, 0), "responsible_for_children": (0,), "income.every": (0,)}
"""What most people tell, where the other answers would decide everything or be unlikely."""


@dataclass(frozen=True)
class Spread:
    """What an invented person may tell of one fact: a value from ``least`` to ``most``, half the time one ``often`` told."""

    least: int
    most: int
    often: tuple[int, ...]
    truth: bool

    def strategy(self) -> st.SearchStrategy[Any]:
        """For Hypothesis."""
        if self.truth:
            return st.one_of(st.sampled_from([bool(each) for each in self.often or (0, 1)]), st.booleans())
        return st.one_of(*map(st.sampled_from, [self.often] if self.often else ()), st.integers(self.least, self.most))

    def column(self, chance: np.random.Generator, rows: int) -> np.ndarray:
        """A column of so many people or items."""
        values = chance.integers(self.least, self.most + 1, rows)
        if self.often:
            values = np.where(chance.random(rows) < 0.5, chance.choice(np.array(self.often), rows), values)
        return values.astype(np.bool_) if self.truth else values


def spread(fact: Fact, key: str, on: int) -> Spread:
    """The values that are likely of a fact, within what it declares. ``key`` is its name, with its list's for an item."""
    usual = tuple(int(each) for each in (fact.left_out, fact.empty) if each is not None) + OFTEN.get(key, ())
    if isinstance(fact.unit, Choices):
        return Spread(0, len(fact.unit) - 1, usual, truth=False)
    if fact.unit == "yes/no":
        return Spread(0, 1, usual, truth=True)
    if fact.unit == "date":
        least, most = (on - 100 * YEAR, on - 18 * YEAR - 5) if key == "born" else (on - 2 * YEAR, on + 60)
        near = () if key == "born" else tuple(on - days for days in DAYS_NEAR_A_LIMIT)
        return Spread(least, most, usual + near, truth=False)
    if "£" in fact.unit:
        return Spread(*LIKELY.get(key, (0, 1_000_00)), usual + NEAR_A_LIMIT.get(key, ()), truth=False)
    return Spread(*LIKELY.get(key, (fact.least or 0, fact.most or 10)), usual, truth=False)


def whole_plan() -> Plan:
    """Every answer, everything said beside it, and what must be left for costs."""
    return plan((*ANSWERS, *ALSO, "housing_costs_allowed", "disability_expenditure_allowed"))


@cache
def policy_of(council: Council, on: str) -> Policy:
    """The law of a day in a council, for every answer."""
    return Policy(whole_plan(), on=day(on), slots=council.on(day(on)))


def spreads(policy: Policy) -> tuple[dict[str, Spread], dict[str, dict[str, Spread]]]:
    """The spread of each fact of the plan, and of each fact of the items of each list, by key."""
    law, wanted, on = policy.law, policy.plan, policy.on
    own = {name: spread(law.facts[name], name, on) for name in wanted.facts}
    items = {
        name: {
            f"{name}.{fact}": spread(law.lists[name].facts[fact], f"{name}.{fact}", on)
            for fact in wanted.facts_of(name)
        }
        for name in wanted.lists
    }
    return own, items


# Made by Hypothesis


def whole_cases(policy: Policy, **fixed: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Everything told of one person, lists of nought to six items; ``fixed`` facts are the same in every case."""
    own, items = spreads(policy)
    facts = {name: st.just(fixed[name]) if name in fixed else each.strategy() for name, each in own.items()}
    lists = {
        name: st.lists(st.tuples(*(each.strategy() for each in held.values())), max_size=MOST_ITEMS)
        for name, held in items.items()
    }
    return st.fixed_dictionaries({**facts, **lists}).map(
        lambda told: {
            **{name: told[name] for name in own},
            **{
                key: tuple(row[place] for row in told[name])
                for name, held in items.items()
                for place, key in enumerate(held)
            },
        }
    )


@st.composite
def partly_told(draw: st.DrawFn, policy: Policy) -> tuple[dict[str, Any], dict[str, Any]]:
    """A whole case, and what is told of it so far: facts, lists and facts of items left untold."""
    whole = draw(whole_cases(policy))
    told = {name: value for name, value in whole.items() if "." in name or draw(st.booleans())}
    for name in policy.plan.lists:
        keys = [key for key in whole if key.startswith(f"{name}.")]
        how = draw(st.sampled_from(["whole", "gaps", "untold"]))
        for key in keys if how != "whole" else ():
            if how == "untold":
                del told[key]
            else:
                told[key] = tuple(each if draw(st.booleans()) else None for each in whole[key])
    return whole, told


def with_item(told: dict[str, Any], policy: Policy, list_name: str, **item: Any) -> dict[str, Any]:
    """The same person with one more item, whose other facts are what leaving them out means, or the least there is."""
    facts = policy.law.lists[list_name].facts
    more = dict(told)
    for name in policy.plan.facts_of(list_name):
        value = item.get(name, _usual(facts[name]))
        more[f"{list_name}.{name}"] = (*told[f"{list_name}.{name}"], value)
    return more


def _usual(fact: Fact) -> Any:
    if fact.left_out is not None:
        return fact.left_out
    if fact.unit == "yes/no":
        return False
    return int(PAST) if fact.unit == "date" else fact.least or 0


# Made by name, so that a fact or kind added to the law leaves everyone else as they were


def person_by_name(reference: str, policy: Policy) -> dict[str, Any]:
    """The invented person of that name: each value rests on the name and the fact's own key alone."""
    own, items = spreads(policy)
    told: dict[str, Any] = {name: _by_name(f"{reference} {name}", name, each, policy) for name, each in own.items()}
    for list_name, held in items.items():
        length = _below(5, f"{reference} {list_name}")
        for key, each in held.items():
            told[key] = tuple(
                _by_name(f"{reference} {list_name}[{number}] {key}", key, each, policy) for number in range(length)
            )
    return told


def _below(bound: int, name: str) -> int:
    """A number below the bound, the same for the same name in every version of Python."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest()) % bound


def _by_name(name: str, key: str, spread_of: Spread, policy: Policy) -> Any:
    unit = policy.law.unit_of(key)
    if spread_of.often and _below(2, f"{name} often"):
        value = spread_of.often[_below(len(spread_of.often), f"{name} which")]
    elif isinstance(unit, Choices):
        value = max(range(len(unit)), key=lambda number: _below(2**32, f"{name} {unit.names[number]}"))
    else:
        value = spread_of.least + _below(spread_of.most - spread_of.least + 1, name)
    return bool(value) if spread_of.truth else value


# Made by the column


@dataclass(frozen=True)
class Crowd:
    """Very many invented people: a column a fact, a column a fact of items, and each person's start in each list."""

    columns: dict[str, np.ndarray]
    starts: dict[str, np.ndarray]
    people: int

    def each(self) -> Iterator[dict[str, Any]]:
        """Each person alone, in plain numbers."""
        plain: dict[str, list[Any]] = {key: column.tolist() for key, column in self.columns.items()}
        bounds = {name: starts.tolist() for name, starts in self.starts.items()}
        list_of = {key: key.partition(".")[0] if "." in key else None for key in plain}
        for number in range(self.people):
            yield {
                key: column[number] if list_of[key] is None else _slice(column, bounds[list_of[key]], number)
                for key, column in plain.items()
            }


def _slice(column: list[Any], bounds: Sequence[int], number: int) -> tuple[Any, ...]:
    return tuple(column[bounds[number] : bounds[number + 1]])


def crowd(policy: Policy, people: int, seed: int) -> Crowd:
    """So many invented people, each with lists of nought to six items."""
    chance = np.random.default_rng(seed)
    own, items = spreads(policy)
    columns = {name: each.column(chance, people) for name, each in own.items()}
    starts = {}
    for name, held in items.items():
        lengths = chance.integers(0, MOST_ITEMS + 1, people)
        starts[name] = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        columns.update((key, each.column(chance, int(starts[name][-1]))) for key, each in held.items())
    return Crowd(columns, starts, people)


def each_with_item(people: Crowd, policy: Policy, list_name: str, **item: Any) -> Crowd:
    """The same people, each with one more item as ``with_item`` gives it; a value may be a column, one a person."""
    columns, starts = dict(people.columns), people.starts[list_name]
    facts = policy.law.lists[list_name].facts
    for name in policy.plan.facts_of(list_name):
        key = f"{list_name}.{name}"
        value = item.get(name, _usual(facts[name]))
        columns[key] = np.insert(columns[key], starts[1:], np.broadcast_to(value, people.people))
    return Crowd(columns, {**people.starts, list_name: starts + np.arange(len(starts))}, people.people)


def each_told(people: Crowd, **fixed: Any) -> Crowd:
    """The same people, all of whom tell the same of some facts."""
    columns = {name: np.full(people.people, value) for name, value in fixed.items()}
    return Crowd({**people.columns, **columns}, people.starts, people.people)


def crowd_of(policy: Policy, people: Sequence[dict[str, Any]]) -> Crowd:
    """The people given, as columns."""
    columns, starts = {}, {}
    for key in people[0]:
        kind = np.bool_ if policy.law.unit_of(key) == "yes/no" else np.int64
        if "." not in key:
            columns[key] = np.array([person[key] for person in people], dtype=kind)
            continue
        columns[key] = np.array([each for person in people for each in person[key]], dtype=kind)
        lengths = [len(person[key]) for person in people]
        starts[key.partition(".")[0]] = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return Crowd(columns, starts, len(people))

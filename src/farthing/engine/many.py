"""Many: the rules read with columns, block by block, so that a block stays in the processor's cache."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from farthing.engine.kinds import Column
from farthing.engine.law import Policy, Step
from farthing.engine.verbs import Rounding, reads

BLOCK = 8192
"""Rows read at a time."""


class Ragged:
    """An item column with each person's start in it: ``starts`` is one longer than there are people."""

    __slots__ = ("starts", "values")

    def __init__(self, values: Any, starts: np.ndarray):
        self.values, self.starts = values, starts


@reads(np.ndarray, Ragged)
class Reading:
    """The verbs, for columns."""

    @staticmethod
    def choose(condition: Any, yes: Any, no: Any) -> Any:
        """Row by row."""
        return np.where(condition, yes, no)

    @staticmethod
    def not_(condition: Any) -> Any:
        """Row by row."""
        return np.logical_not(condition)

    @staticmethod
    def lesser_of(one: Any, other: Any) -> Any:
        """Row by row."""
        return np.minimum(one, other)

    @staticmethod
    def greater_of(one: Any, other: Any) -> Any:
        """Row by row."""
        return np.maximum(one, other)

    @staticmethod
    def at_least_zero(amount: Any) -> Any:
        """Row by row."""
        return np.maximum(amount, 0)

    @staticmethod
    def steps_or_part(excess: Any, step: Any) -> Any:
        """Row by row."""
        return -(-excess // step)

    @staticmethod
    def part_of(amount: Any, numerator: Any, denominator: Any, rounding: Rounding) -> Any:
        """Row by row."""
        product = amount * numerator
        return -(-product // denominator) if rounding.up else product // denominator

    @staticmethod
    def share(amount: Any, percent: Any, rounding: Rounding) -> Any:
        """Row by row."""
        return Reading.part_of(amount, percent, 100, rounding)

    @staticmethod
    def total(items: Ragged) -> Any:
        """Each person's items added up."""
        running = np.zeros(len(items.values) + 1, dtype=np.int64)
        np.cumsum(items.values, out=running[1:])
        return running[items.starts[1:]] - running[items.starts[:-1]]

    @staticmethod
    def any_of(items: Ragged) -> Any:
        """Whether any of each person's items holds."""
        return Reading.total(items) > 0

    @staticmethod
    def look_up(kind: Any, column: Column) -> Any:
        """By the number of the kind."""
        return _column_values(column).take(kind)


@cache
def _column_values(column: Column) -> np.ndarray:
    values = np.array(column.values)
    return values if values.dtype == np.bool_ else values.astype(np.int64)


def read(
    policy: Policy, columns: Mapping[str, Any], starts: Mapping[str, np.ndarray], people: int, block: int = BLOCK
) -> dict[str, np.ndarray]:
    """Each of the plan's answers as a column: a row a person, or a row an item for a rule of items.

    ``columns`` holds an array a fact (a row a person) and an array an item fact ("capital.value", a row an item);
    ``starts`` each list's start positions, one longer than there are people.
    """
    answers: dict[str, np.ndarray] = {}
    for name in policy.plan.answers:
        list_name = policy.law.list_of(name)
        rows = int(starts[list_name][-1]) if list_name else people
        answers[name] = np.empty(rows, dtype=np.bool_ if policy.law.unit_of(name) == "yes/no" else np.int64)
    for first in range(0, people, block):
        last = min(first + block, people)
        values = _read_block(policy, columns, starts, first, last)
        for name, answer in answers.items():
            list_name = policy.law.list_of(name)
            at = starts[list_name][[first, last]] if list_name else (first, last)
            answer[at[0] : at[1]] = values[name]
    return answers


def _read_block(
    policy: Policy, columns: Mapping[str, Any], starts: Mapping[str, np.ndarray], first: int, last: int
) -> dict[str, Any]:
    values: dict[str, Any] = dict(policy.settled)
    bounds = {name: (int(at[first]), int(at[last])) for name, at in starts.items()}
    own_starts = {name: at[first : last + 1] - at[first] for name, at in starts.items()}
    for key, column in columns.items():
        list_name = policy.law.list_of(key)
        low, high = bounds[list_name] if list_name else (first, last)
        values[key] = column[low:high]
    spread: dict[tuple[str, str], Any] = {}

    def for_items(key: str, list_name: str) -> Any:
        value = values[key]
        if not isinstance(value, np.ndarray):
            return value
        if (key, list_name) not in spread:
            spread[key, list_name] = np.repeat(value, np.diff(own_starts[list_name]))
        return spread[key, list_name]

    for step in policy.plan.case_steps:
        if step.rule.name not in values:
            values[step.rule.name] = _read_step(step, values, own_starts, for_items, policy)
    return values


def _read_step(
    step: Step, values: dict[str, Any], starts: Mapping[str, np.ndarray], for_items: Any, policy: Policy
) -> Any:
    each = step.rule.each
    if each is None:
        inputs = []
        for key in step.keys:
            list_name = policy.law.list_of(key)
            inputs.append(Ragged(values[key], starts[list_name]) if list_name else values[key])
        return step.rule.function(*inputs)
    answer = step.rule.function(
        *[
            values[key] if of_items else for_items(key, each)
            for key, of_items in zip(step.keys, step.of_items, strict=True)
        ]
    )
    items = int(starts[each][-1])
    return answer if isinstance(answer, np.ndarray) and answer.shape else np.full(items, answer)

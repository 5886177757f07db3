"""One: the answer for one person, by calling each rule in order. Explained and Asking read by the same call."""

from collections.abc import Callable, Mapping
from itertools import repeat
from typing import Any

from farthing.engine.law import Policy, Step

Recorder = Callable[[Step, Any], Any]


class SomeItems:
    """A list that has not been told: any number of items, each of them like ``typical``."""

    __slots__ = ("typical",)

    def __init__(self, typical: Any):
        self.typical = typical


def read(policy: Policy, told: Mapping[str, Any], record: Recorder | None = None) -> dict[str, Any]:
    """Every value the plan reaches, by key.

    ``told`` holds a value for each fact, and for each item fact ("capital.value") a tuple with a value an item (or
    ``SomeItems``). A rule's name in ``told`` stands in its place, and the rule is not read. ``record`` is called with
    each step and each value it gives, and gives the value to go on with.
    """
    values: dict[str, Any] = {**policy.settled, **told}
    for step in policy.plan.case_steps:
        rule = step.rule
        if rule.name in told:
            continue
        if rule.each is not None:
            values[rule.name] = _for_each_item(step, values, record)
        elif record is None:
            values[rule.name] = rule.function(*step.pick(values))
        else:
            values[rule.name] = record(step, rule.function(*step.pick(values)))
    return values


def _for_each_item(step: Step, values: dict[str, Any], record: Recorder | None) -> Any:
    first = values[step.keys[step.first_item]]
    function = step.rule.function
    if isinstance(first, SomeItems):
        typical = [getattr(values[key], "typical", values[key]) for key in step.keys]
        answer = function(*typical)
        return type(first)(answer if record is None else record(step, answer))
    if not first:
        return ()
    columns = [values[key] if of_items else repeat(values[key]) for key, of_items in step.places]
    if record is None:
        return tuple(map(function, *columns))
    return tuple(record(step, answer) for answer in map(function, *columns))

"""One: the answer for one person, by calling each rule in order. Explained and Asking read by the same call."""

from collections.abc import Callable, Mapping
from typing import Any

from farthing.engine.law import Policy, Step

Recorder = Callable[[Step, list[Any], Any], Any]


class SomeItems:
    """A list that has not been told: any number of items, each of them like ``typical``."""

    __slots__ = ("typical",)

    def __init__(self, typical: Any):
        self.typical = typical


def read(policy: Policy, told: Mapping[str, Any], record: Recorder | None = None) -> dict[str, Any]:
    """Every value the plan reaches, by key.

    ``told`` holds a value for each fact, and for each item fact ("capital.value") a tuple with a value an item (or
    ``SomeItems``). A rule's name in ``told`` stands in its place, and the rule is not read. ``record`` is called with
    each step, its inputs and its value, and gives the value to go on with.
    """
    values: dict[str, Any] = {**policy.settled, **told}
    for step in policy.plan.case_steps:
        name = step.rule.name
        if name in told:
            continue
        if step.rule.each is None:
            inputs = [values[key] for key in step.keys]
            value = step.rule.function(*inputs)
            values[name] = value if record is None else record(step, inputs, value)
        else:
            values[name] = _for_each_item(step, values, record)
    return values


def _for_each_item(step: Step, values: dict[str, Any], record: Recorder | None) -> Any:
    inputs = [values[key] for key in step.keys]
    lists = [value for value, of_items in zip(inputs, step.of_items, strict=True) if of_items]
    if lists and isinstance(lists[0], SomeItems):
        typical = [value.typical if isinstance(value, SomeItems) else value for value in inputs]
        answer = step.rule.function(*typical)
        return type(lists[0])(answer if record is None else record(step, typical, answer))
    answers = []
    for number in range(len(lists[0])):
        one = [value[number] if of_items else value for value, of_items in zip(inputs, step.of_items, strict=True)]
        answer = step.rule.function(*one)
        answers.append(answer if record is None else record(step, one, answer))
    return tuple(answers)

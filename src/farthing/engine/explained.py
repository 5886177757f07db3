"""Explained: the same calls recorded, and then which of them the answer really turned on."""

from collections.abc import Iterable, Mapping
from itertools import repeat
from typing import Any, NamedTuple

from farthing.engine import verbs
from farthing.engine.law import Policy, Step
from farthing.engine.one import SomeItems, read
from farthing.engine.verbs import Rounding, reads


class Explanation(NamedTuple):
    """One rule as it was read: its value and its inputs. ``item`` is the place in its list, None for the person."""

    step: Step
    value: Any
    inputs: tuple[Any, ...]
    item: int | None

    @property
    def key(self) -> str:
        """The rule's name, with the place in its list for a rule of items: "counted_value[1]"."""
        return self.step.rule.name if self.item is None else f"{self.step.rule.name}[{self.item}]"


def explain(policy: Policy, told: Mapping[str, Any]) -> tuple[dict[str, Any], list[Explanation]]:
    """Every value by key, and every step in the order it was taken, with the inputs it was given."""
    values = read(policy, told)
    steps: list[Explanation] = []
    made = tuple.__new__
    for step in policy.plan.case_steps:
        name = step.rule.name
        if name in told:
            continue
        answer = values[name]
        if step.rule.each is None:
            steps.append(made(Explanation, (step, answer, step.pick(values), None)))
        elif isinstance(answer, SomeItems):
            steps.append(Explanation(step, answer.typical, step.pick(values), 0))
        elif answer:
            columns = [values[key] if of_items else repeat(values[key]) for key, of_items in step.places]
            rows = zip(*columns, strict=False)
            steps += map(made, repeat(Explanation), zip(repeat(step), answer, rows, range(len(answer)), strict=False))
    return values, steps


class Traced:
    """A value that remembers what it turned on: the branch taken, not the one left."""

    __slots__ = ("because", "value")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, value: Any, because: frozenset[str]):
        self.value, self.because = value, because

    def __bool__(self) -> bool:
        raise TypeError("a rule asks Python to decide; use choose(), & and |")

    def __add__(self, other: Any) -> "Traced":
        return _joined(self.value + _plain(other), self, other)

    __radd__ = __add__

    def __sub__(self, other: Any) -> "Traced":
        return _joined(self.value - _plain(other), self, other)

    def __rsub__(self, other: Any) -> "Traced":
        return _joined(_plain(other) - self.value, self, other)

    def __mul__(self, other: Any) -> "Traced":
        nought = [each for each in (self, other) if _is_nought(each)]
        return _joined(self.value * _plain(other), *(nought[:1] or (self, other)))

    __rmul__ = __mul__

    def __lt__(self, other: Any) -> Any:
        return _joined(self.value < _plain(other), self, other)

    def __le__(self, other: Any) -> Any:
        return _joined(self.value <= _plain(other), self, other)

    def __gt__(self, other: Any) -> Any:
        return _joined(self.value > _plain(other), self, other)

    def __ge__(self, other: Any) -> Any:
        return _joined(self.value >= _plain(other), self, other)

    def __eq__(self, other: Any) -> Any:
        return _joined(self.value == _plain(other), self, other)

    def __ne__(self, other: Any) -> Any:
        return _joined(self.value != _plain(other), self, other)

    def __and__(self, other: Any) -> Any:
        return _decided(self.value & _plain(other), False, self, other)

    __rand__ = __and__

    def __or__(self, other: Any) -> Any:
        return _decided(self.value | _plain(other), True, self, other)

    __ror__ = __or__


class TracedItems(SomeItems):
    """A list not told, whose typical item is traced."""

    __slots__ = ()


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Traced) else value


def _is_nought(value: Any) -> bool:
    return type(_plain(value)) is int and _plain(value) == 0


_NOTHING: frozenset[str] = frozenset()


def _because(*values: Any) -> frozenset[str]:
    return _NOTHING.union(*[value.because for value in values if isinstance(value, Traced)])


def _joined(value: Any, *inputs: Any) -> Traced:
    return Traced(value, _because(*inputs))


def _decided(value: Any, alone: bool, one: Any, other: Any) -> Traced:
    for each in (one, other):
        if value is alone and _plain(each) is alone:
            return Traced(value, _because(each))
    return _joined(value, one, other)


@reads(Traced, TracedItems)
class Reading:
    """The verbs, for traced values: each remembers only what it turned on."""

    @staticmethod
    def choose(condition: Traced, yes: Any, no: Any) -> Traced:
        """The branch taken, and the condition."""
        decided = condition.value
        taken = (yes,) if decided is True else (no,) if decided is False else (yes, no)
        return _joined(verbs.choose(decided, _plain(yes), _plain(no)), condition, *taken)

    @staticmethod
    def not_(condition: Traced) -> Traced:
        """The opposite."""
        return _joined(verbs.not_(condition.value), condition)

    @staticmethod
    def lesser_of(one: Any, other: Any) -> Traced:
        """Both were weighed."""
        return _joined(verbs.lesser_of(_plain(one), _plain(other)), one, other)

    @staticmethod
    def greater_of(one: Any, other: Any) -> Traced:
        """Both were weighed."""
        return _joined(verbs.greater_of(_plain(one), _plain(other)), one, other)

    @staticmethod
    def at_least_zero(amount: Traced) -> Traced:
        """The amount was weighed."""
        return _joined(verbs.at_least_zero(amount.value), amount)

    @staticmethod
    def steps_or_part(excess: Any, step: Any) -> Traced:
        """Both mattered."""
        return _joined(verbs.steps_or_part(_plain(excess), _plain(step)), excess, step)

    @staticmethod
    def part_of(amount: Any, numerator: Any, denominator: Any, rounding: Rounding) -> Traced:
        """All mattered."""
        value = verbs.part_of(_plain(amount), _plain(numerator), _plain(denominator), rounding)
        return _joined(value, amount, numerator, denominator)

    @staticmethod
    def share(amount: Any, percent: Any, rounding: Rounding) -> Traced:
        """Both mattered."""
        return _joined(verbs.share(_plain(amount), _plain(percent), rounding), amount, percent)

    @staticmethod
    def look_up(kind: Traced, column: Any) -> Traced:
        """The kind mattered."""
        return _joined(verbs.look_up(kind.value, column), kind)

    @staticmethod
    def total(items: Any) -> Traced:
        """A list not told: its typical item mattered."""
        return _joined(verbs.total(SomeItems(_plain(items.typical))), items.typical)

    @staticmethod
    def any_of(items: Any) -> Traced:
        """A list not told: its typical item mattered."""
        return _joined(verbs.any_of(SomeItems(_plain(items.typical))), items.typical)


def turned_on(policy: Policy, told: Mapping[str, Any], answers: Iterable[str]) -> frozenset[str]:
    """The keys that the answers turned on: every rule, fact, figure and slot on the way that was taken.

    ``told`` must be whole (see ``asking.complete``). A rule of items is named by its key with the item's place,
    "counted_value[1]"; a fact of an item likewise, "capital.value[1]".
    """
    chain: dict[str, frozenset[str]] = {}
    items: dict[str, int] = {}

    def traced(key: str, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(Traced(each, frozenset([f"{key}[{number}]"])) for number, each in enumerate(value))
        if isinstance(value, SomeItems):
            return TracedItems(Traced(value.typical, frozenset([key])))
        return Traced(value, frozenset([key]))

    def record(step: Step, value: Any) -> Any:
        name = step.rule.name
        if step.rule.each is not None:
            number = items.get(name, 0)
            items[name] = number + 1
            name = f"{name}[{number}]"
        chain[name] = _because(value)
        return Traced(_plain(value), frozenset([name]))

    for step in policy.plan.day_steps:
        chain[step.rule.name] = frozenset(step.keys)
    day = {key: traced(key, value) for key, value in policy.settled.items()}
    read(policy, {**day, **{key: traced(key, value) for key, value in told.items()}}, record)
    found: set[str] = set()
    waiting = list(answers)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting.extend(chain.get(key, ()))
    return frozenset(found)

"""The words that rules are written in, beside ``+ - *``, comparisons, and ``&`` and ``|`` on yes/no.

Each verb answers at once for plain values (whole pence, yes/no, day numbers). For any other value it asks the
arithmetic of that value's reading, registered with ``reads``: columns, unknowns, units, traced values.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from farthing.base.citation import Citation
from farthing.base.days import moved_back as _moved_back


@dataclass(frozen=True, slots=True)
class Rounding:
    """What becomes of part of a penny, and the law that says so."""

    up: bool
    law: Citation


_ARITHMETIC: dict[type, Any] = {}


def reads(*types: type) -> Callable[[Any], Any]:
    """Register a reading's arithmetic: a class with the verbs as static methods, for values of these types."""

    def register(arithmetic: Any) -> Any:
        for each in types:
            _ARITHMETIC[each] = arithmetic
        return arithmetic

    return register


def _arithmetic_of(*values: Any) -> Any:
    for value in values:
        found = _ARITHMETIC.get(type(value))
        if found is not None:
            return found
    raise TypeError(f"no reading takes {', '.join(type(value).__name__ for value in values)}")


def choose(condition: Any, yes: Any, no: Any) -> Any:
    """``yes`` where the condition holds, ``no`` where it does not."""
    if condition is True:
        return yes
    if condition is False:
        return no
    return _arithmetic_of(condition).choose(condition, yes, no)


def not_(condition: Any) -> Any:
    """The opposite of a yes/no. (``~`` on a Python yes/no gives a number, so it is not in the vocabulary.)"""
    if condition is True:
        return False
    if condition is False:
        return True
    return _arithmetic_of(condition).not_(condition)


def lesser_of(one: Any, other: Any) -> Any:
    """The smaller of two amounts."""
    if isinstance(one, int) and isinstance(other, int):
        return one if one <= other else other
    return _arithmetic_of(one, other).lesser_of(one, other)


def greater_of(one: Any, other: Any) -> Any:
    """The larger of two amounts."""
    if isinstance(one, int) and isinstance(other, int):
        return one if one >= other else other
    return _arithmetic_of(one, other).greater_of(one, other)


def at_least_zero(amount: Any) -> Any:
    """The amount, or nought where it is below nought."""
    if isinstance(amount, int):
        return amount if amount > 0 else 0
    return _arithmetic_of(amount).at_least_zero(amount)


def steps_or_part(excess: Any, step: Any) -> Any:
    """How many whole steps, a part of a step counting as one. ``excess`` is not below nought, ``step`` is above it."""
    if isinstance(excess, int) and isinstance(step, int):
        return -(-excess // step)
    return _arithmetic_of(excess, step).steps_or_part(excess, step)


def part_of(amount: Any, numerator: Any, denominator: Any, rounding: Rounding) -> Any:
    """``amount`` times ``numerator`` over ``denominator``, none below nought, part of a penny as ``rounding`` says."""
    if isinstance(amount, int) and isinstance(numerator, int) and isinstance(denominator, int):
        product = amount * numerator
        return -(-product // denominator) if rounding.up else product // denominator
    return _arithmetic_of(amount, numerator, denominator).part_of(amount, numerator, denominator, rounding)


def share(amount: Any, percent: Any, rounding: Rounding) -> Any:
    """``percent`` hundredths of ``amount``, part of a penny as ``rounding`` says."""
    if isinstance(amount, int) and isinstance(percent, int):
        product = amount * percent
        return -(-product // 100) if rounding.up else product // 100
    return _arithmetic_of(amount, percent).share(amount, percent, rounding)


def total(items: Any) -> Any:
    """The sum over a person's list; nought for an empty one."""
    if type(items) is tuple:
        result: Any = 0
        for item in items:
            result = result + item
        return result
    return _arithmetic_of(items).total(items)


def any_of(items: Any) -> Any:
    """Whether the yes/no holds for any item of a person's list."""
    if type(items) is tuple:
        result: Any = False
        for item in items:
            result = result | item
        return result
    return _arithmetic_of(items).any_of(items)


def look_up(kind: Any, column: Any) -> Any:
    """What the table of kinds says of this kind in that column."""
    if isinstance(kind, int):
        return column.values[kind]
    return _arithmetic_of(kind).look_up(kind, column)


def moved_back(day: Any, years: int, months: int = 0) -> Any:
    """The day so many years and months earlier. Only of the day assessed for, which is one day for a whole caseload."""
    if isinstance(day, int):
        return _moved_back(day, years, months)
    return _arithmetic_of(day).moved_back(day, years, months)

"""Units: the rules read with a unit in place of each value, so pounds, pounds a week, days and yes/no never mix."""

from collections.abc import Mapping
from typing import Any

from farthing.engine.constants import Constant
from farthing.engine.kinds import Choice, Choices, Column
from farthing.engine.law import DAY, Law
from farthing.engine.one import SomeItems
from farthing.engine.verbs import Rounding, reads

_DIMENSIONS: dict[str, dict[str, int]] = {
    "number": {},
    "£": {"£": 1},
    "£ a week": {"£": 1, "week": -1},
    "£ a year": {"£": 1, "year": -1},
    "weeks": {"week": 1},
    "weeks a year": {"week": 1, "year": -1},
    "days": {"day": 1},
    "days a week": {"day": 1, "week": -1},
    "percent": {"percent": 1},
    "times a year": {"year": -1},
    "times a week": {"week": -1},
    "hundredths of a percent": {"percent": 1},
}
_WORDS = ("yes/no", "date")


class UnitError(TypeError):
    """Two units that do not go together, or a bare number where a dated figure belongs."""


class Measure:
    """The unit of a value: dimensions with their powers, or a word ("yes/no", "date"), or a set of choices."""

    __slots__ = ("powers", "word")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, word: Any = None, powers: Mapping[str, int] | None = None):
        self.word = word
        self.powers = {name: power for name, power in (powers or {}).items() if power}

    def same_as(self, other: "Measure") -> bool:
        """Whether both are the same unit."""
        return bool(self.word == other.word) and self.powers == other.powers

    def __repr__(self) -> str:
        if self.word is not None:
            return self.word.name if isinstance(self.word, Choices) else str(self.word)
        return next((name for name, powers in _DIMENSIONS.items() if powers == self.powers), str(self.powers))

    def __bool__(self) -> bool:
        raise UnitError("a rule asks Python to decide; use choose(), & and |")

    def __add__(self, other: Any) -> "Measure":
        if self.word == "date" and _is(other, "days"):
            return self
        if _is(other, "date") and self.same_as(measure("days")):
            return measure("date")
        return _alike("added", self, other)

    __radd__ = __add__

    def __sub__(self, other: Any) -> "Measure":
        if self.word == "date" and (_is(other, "date") or getattr(other, "unit", None) == "date"):
            return measure("days")
        if self.word == "date" and _is(other, "days"):
            return self
        return _alike("taken away", self, other)

    def __rsub__(self, other: Any) -> "Measure":
        return _alike("taken away", self, other)

    def __mul__(self, other: Any) -> "Measure":
        return _multiplied(self, _number(other))

    __rmul__ = __mul__

    def _compare(self, other: Any) -> "Measure":
        if isinstance(other, Choice):
            if self.word is not other.choices:
                raise UnitError(f"{self!r} compared with {other!r}")
        elif self.word == "yes/no":
            raise UnitError("a yes/no is compared; use it as it stands")
        else:
            _alike("compared", self, other, dates=True)
        return measure("yes/no")

    __lt__ = __le__ = __gt__ = __ge__ = _compare
    __eq__ = __ne__ = _compare  # type: ignore[assignment]

    def __and__(self, other: Any) -> "Measure":
        for each in (self, other):
            if not isinstance(each, Measure) or each.word != "yes/no":
                raise UnitError(f"{each!r} is not a yes/no")
        return self

    __or__ = __rand__ = __ror__ = __and__


class MeasuredItems(SomeItems):
    """A list whose items have this unit."""

    __slots__ = ()


def measure(unit: Any) -> Measure:
    """The measure of a declared unit."""
    if isinstance(unit, Choices) or unit in _WORDS:
        return Measure(unit)
    return Measure(powers=_DIMENSIONS[unit])


def _is(value: Any, unit: str) -> bool:
    return isinstance(value, Measure) and value.same_as(measure(unit))


def _number(value: Any) -> Measure:
    if isinstance(value, Measure):
        return value
    if isinstance(value, Constant):
        return measure(value.unit)
    if type(value) is not int:
        raise UnitError(f"{value!r} is no whole number")
    return measure("number")


def _typical(items: Any) -> Any:
    if not isinstance(items, MeasuredItems):
        raise UnitError(f"{items!r} is no list")
    return items.typical


def _multiplied(one: Measure, other: Measure, power: int = 1) -> Measure:
    if one.word is not None or other.word is not None:
        raise UnitError(f"{one!r} multiplied with {other!r}")
    names = {*one.powers, *other.powers}
    return Measure(powers={name: one.powers.get(name, 0) + power * other.powers.get(name, 0) for name in names})


def _alike(doing: str, one: Any, other: Any, *, dates: bool = False) -> Measure:
    one, other = (measure(value.unit) if isinstance(value, Constant) else value for value in (one, other))
    for value, against in ((one, other), (other, one)):
        if not isinstance(value, Measure):
            if isinstance(value, Choice) and isinstance(against, Measure) and against.word is value.choices:
                return against
            if type(value) is bool and isinstance(against, Measure) and against.word == "yes/no":
                return against
            if type(value) is not int or value != 0:
                raise UnitError(f"a bare {value!r} is {doing}: a figure needs a name, a date and a source")
            if isinstance(against, Measure):
                return against
    if not one.same_as(other):
        raise UnitError(f"{one!r} and {other!r} are {doing}")
    if one.word is not None and doing in ("added", "taken away") and not dates:
        raise UnitError(f"{one!r} is {doing}")
    return one  # type: ignore[no-any-return]


@reads(Measure, MeasuredItems)
class Reading:
    """The verbs, for units."""

    @staticmethod
    def choose(condition: Measure, yes: Any, no: Any) -> Any:
        """Both branches have the same unit."""
        if not _is(condition, "yes/no"):
            raise UnitError(f"{condition!r} is not a yes/no")
        if isinstance(yes, Choice) and isinstance(no, Choice) and yes.choices is no.choices:
            return measure(yes.choices)
        if type(yes) is int and type(no) is int:
            return measure("number")
        return _alike("chosen between", yes, no, dates=True)

    @staticmethod
    def not_(condition: Measure) -> Measure:
        """Of a yes/no."""
        return condition & condition

    @staticmethod
    def lesser_of(one: Any, other: Any) -> Measure:
        """Of two of the same unit."""
        return _alike("weighed", one, other, dates=True)

    greater_of = lesser_of

    @staticmethod
    def at_least_zero(amount: Measure) -> Measure:
        """Of an amount."""
        return _alike("weighed", amount, 0)

    @staticmethod
    def steps_or_part(excess: Any, step: Any) -> Measure:
        """How many of one go into the other."""
        return _multiplied(_number(excess), _number(step), -1)

    @staticmethod
    def part_of(amount: Any, numerator: Any, denominator: Any, rounding: Rounding) -> Measure:
        """Multiplied and divided."""
        return _multiplied(_multiplied(_number(amount), _number(numerator)), _number(denominator), -1)

    @staticmethod
    def share(amount: Any, percent: Any, rounding: Rounding) -> Measure:
        """A percentage keeps the unit of what it is of."""
        if isinstance(percent, Measure) and not _is(percent, "percent"):
            raise UnitError(f"{percent!r} is not a percentage")
        return _number(amount)

    @staticmethod
    def total(items: Any) -> Measure:
        """The unit of the items."""
        return _alike("added", _typical(items), 0)

    @staticmethod
    def any_of(items: Any) -> Measure:
        """Of yes/no."""
        return Reading.not_(_typical(items))

    @staticmethod
    def look_up(kind: Measure, column: Column) -> Measure:
        """The column of the table that the kind belongs to."""
        if kind.word is not column.kinds:
            raise UnitError(f"{kind!r} looked up in a table of {column.kinds.name}")
        return measure(column.unit)

    @staticmethod
    def moved_back(day: Any, years: int, months: int = 0) -> Measure:
        """Of a date."""
        if not _is(day, "date"):
            raise UnitError(f"{day!r} is not a date")
        return measure("date")


def faults(law: Law) -> list[str]:
    """Every rule whose units do not go together, or do not give the unit it declares. Empty when all is well."""
    found = []
    for name in law.rules:
        step = law.step(name)
        inputs: list[Any] = []
        for key, of_items in zip(step.keys, step.of_items, strict=True):
            unit = measure("date" if key == DAY else law.unit_of(key))
            inputs.append(unit if of_items or law.list_of(key) is None else MeasuredItems(unit))
        try:
            given = step.rule.function(*inputs)
            declared = measure(step.rule.unit)
            if not isinstance(given, Measure):
                given = _alike("given", given, declared)
            if not given.same_as(declared):
                found.append(f"{step.rule.place}: {name} says {declared!r} and gives {given!r}")
        except UnitError as error:
            found.append(f"{step.rule.place}: {name}: {error}")
    return found

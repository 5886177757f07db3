"""Fused: the rules read once with symbols, which leaves the whole sum written out as one plain function.

The rules are not rewritten: they are called, as in every reading, and the values passed in take down what is done to
them. One writer turns the record into Python for one person; the caseload compiles the same text for many.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from farthing.engine.kinds import Column
from farthing.engine.law import Plan
from farthing.engine.one import SomeItems, read
from farthing.engine.verbs import Rounding, reads


class Record:
    """Everything done to the symbols, each distinct operation once, in the order it was first done."""

    def __init__(self) -> None:
        self.symbols: list[Symbol] = []
        self.tables: dict[Column, int] = {}
        self._known: dict[tuple[Any, ...], Symbol] = {}

    def take(self, operation: str, *inputs: Any, of_list: str | None = None) -> "Symbol":
        """The symbol for an operation, new or met before."""
        known = (operation, of_list, *map(_part, inputs))
        if known not in self._known:
            symbol = Symbol(self, len(self.symbols), operation, inputs, of_list)
            self.symbols.append(symbol)
            self._known[known] = symbol
        return self._known[known]

    def table(self, column: Column) -> int:
        """The number a table of kinds goes by in the text."""
        return self.tables.setdefault(column, len(self.tables))


def _part(value: Any) -> Any:
    return ("symbol", value.number) if isinstance(value, Symbol) else (type(value) is bool, value)


class Symbol:
    """A value not known yet: which operation gives it from which inputs. ``of_list`` where there is one an item."""

    __slots__ = ("inputs", "number", "of_list", "operation", "record")
    __hash__ = object.__hash__

    def __init__(self, record: Record, number: int, operation: str, inputs: tuple[Any, ...], of_list: str | None):
        self.record, self.number, self.operation, self.inputs, self.of_list = record, number, operation, inputs, of_list

    def __bool__(self) -> bool:
        raise TypeError("a rule asks Python to decide; use choose(), & and |")

    def __add__(self, other: Any) -> Any:
        return self if _is(other, 0) else _do("+", self, other)

    def __radd__(self, other: Any) -> Any:
        return self if _is(other, 0) else _do("+", other, self)

    def __sub__(self, other: Any) -> Any:
        return self if _is(other, 0) else _do("-", self, other)

    def __rsub__(self, other: Any) -> Any:
        return _do("-", other, self)

    def __mul__(self, other: Any) -> Any:
        return self if _is(other, 1) else 0 if _is(other, 0) else _do("*", self, other)

    __rmul__ = __mul__

    def __lt__(self, other: Any) -> Any:
        return _do("<", self, other)

    def __le__(self, other: Any) -> Any:
        return _do("<=", self, other)

    def __gt__(self, other: Any) -> Any:
        return _do(">", self, other)

    def __ge__(self, other: Any) -> Any:
        return _do(">=", self, other)

    def __eq__(self, other: Any) -> Any:
        return _do("==", self, other)

    def __ne__(self, other: Any) -> Any:
        return _do("!=", self, other)

    def __and__(self, other: Any) -> Any:
        return False if other is False else self if other is True else _do("and", self, other)

    __rand__ = __and__

    def __or__(self, other: Any) -> Any:
        return True if other is True else self if other is False else _do("or", self, other)

    __ror__ = __or__


class SymbolItems(SomeItems):
    """A list whose every item is read as this symbol."""

    __slots__ = ("of_list",)

    def __init__(self, typical: Any, of_list: str = ""):
        super().__init__(typical)
        self.of_list = of_list or (typical.of_list if isinstance(typical, Symbol) else "")


def _is(value: Any, number: int) -> bool:
    return isinstance(value, int) and value == number


def _do(operation: str, *inputs: Any) -> Symbol:
    symbols = [each for each in inputs if isinstance(each, Symbol)]
    lists = {each.of_list for each in symbols if each.of_list}
    if len(lists) > 1:
        raise TypeError(f"a rule mixes the items of {' and '.join(sorted(lists))}")
    return symbols[0].record.take(operation, *inputs, of_list=lists.pop() if lists else None)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Symbol) or isinstance(other, Symbol):
        return one is other
    return bool(one == other)


@reads(Symbol, SymbolItems)
class Reading:
    """The verbs, for symbols."""

    @staticmethod
    def choose(condition: Symbol, yes: Any, no: Any) -> Any:
        """Taken down, unless both branches are the same or it only restates the condition."""
        if _same(yes, no):
            return yes
        if yes is True and no is False:
            return condition
        if no is False:
            return condition & yes
        if yes is True:
            return condition | no
        if yes is False:
            return Reading.not_(condition) & no
        if no is True:
            return Reading.not_(condition) | yes
        return _do("choose", condition, yes, no)

    @staticmethod
    def not_(condition: Symbol) -> Symbol:
        """Taken down."""
        return _do("not", condition)

    @staticmethod
    def lesser_of(one: Any, other: Any) -> Symbol:
        """Taken down."""
        return _do("lesser", one, other)

    @staticmethod
    def greater_of(one: Any, other: Any) -> Symbol:
        """Taken down."""
        return _do("greater", one, other)

    @staticmethod
    def at_least_zero(amount: Symbol) -> Symbol:
        """Taken down, unless it is a fact that is told as nought or more."""
        return amount if amount.operation == "fact" and amount.inputs[-1] is True else _do("greater", amount, 0)

    @staticmethod
    def steps_or_part(excess: Any, step: Any) -> Symbol:
        """Taken down."""
        return _do("part up", excess, 1, step)

    @staticmethod
    def part_of(amount: Any, numerator: Any, denominator: Any, rounding: Rounding) -> Any:
        """Taken down, unless it is the whole."""
        if _same(numerator, denominator):
            return amount
        if _is(amount, 0) or _is(numerator, 0):
            return 0
        return _do("part up" if rounding.up else "part down", amount, numerator, denominator)

    @staticmethod
    def share(amount: Any, percent: Any, rounding: Rounding) -> Any:
        """Taken down."""
        return Reading.part_of(amount, percent, 100, rounding)

    @staticmethod
    def total(items: SymbolItems) -> Any:
        """Taken down as a sum over the list."""
        if _is(items.typical, 0):
            return 0
        return _reduced("total", items)

    @staticmethod
    def any_of(items: SymbolItems) -> Any:
        """Taken down as a search of the list."""
        if items.typical is False:
            return False
        return _reduced("any", items)

    @staticmethod
    def look_up(kind: Symbol, column: Column) -> Any:
        """Taken down, unless the table says the same of every kind."""
        if len(set(column.values)) == 1:
            return column.values[0]
        return kind.record.take("look up", kind.record.table(column), kind, of_list=kind.of_list)


def _reduced(operation: str, items: SymbolItems) -> Symbol:
    if not isinstance(items.typical, Symbol) or items.typical.of_list is None:
        raise TypeError("a total of items that do not differ is not in the vocabulary")
    symbol = items.typical.record.take(f"{operation} {items.typical.of_list}", items.typical)
    return symbol


@dataclass(frozen=True, slots=True)
class Fused:
    """The text of the sum. ``facts`` are the person's facts in the order they are passed, ``items`` each list's, and
    ``settled`` the names of the figures, slots and rules of the day that are passed in, where they are not written in.
    """

    plan: Plan
    facts: tuple[str, ...]
    items: Mapping[str, tuple[str, ...]]
    settled: tuple[str, ...]
    tables: tuple[Column, ...]
    record: Record
    answers: Mapping[str, Any]


def fuse(plan: Plan, *, settled: Mapping[str, Any], given: Mapping[str, Any], open_names: Iterable[str] = ()) -> Fused:
    """Read the plan with symbols.

    ``settled`` holds the day, figures, slots and rules of the day as known; ``given`` facts that are the same for
    everyone (an item's by its key). Names in ``open_names`` are passed in each time instead of being written in.
    """
    record = Record()
    told: dict[str, Any] = {}
    facts, items, opened = [], {}, tuple(open_names)
    for name in plan.facts:
        if name in given:
            told[name] = given[name]
        else:
            facts.append(name)
            told[name] = record.take("fact", name, _never_below_nought(plan, name))
    for list_name in plan.lists:
        held = []
        for fact in plan.facts_of(list_name):
            key = f"{list_name}.{fact}"
            if key in given:
                told[key] = SymbolItems(given[key], list_name)
            else:
                held.append(fact)
                told[key] = SymbolItems(
                    record.take("fact", key, _never_below_nought(plan, key), of_list=list_name), list_name
                )
        items[list_name] = tuple(held)
    known = dict(settled)
    for name in opened:
        known[name] = record.take("fact", name, False)
    policy = _Settled(plan, known)
    values = read(policy, told)  # type: ignore[arg-type]
    answers = {name: values[name] for name in plan.answers}
    return Fused(plan, tuple(facts), items, opened, tuple(record.tables), record, answers)


@dataclass(frozen=True, slots=True)
class _Settled:
    plan: Plan
    settled: Mapping[str, Any]


def _never_below_nought(plan: Plan, key: str) -> bool:
    list_name, _, name = key.rpartition(".")
    facts = plan.law.lists[list_name].facts if list_name else plan.law.facts
    least = facts[name].least
    return least is not None and least >= 0

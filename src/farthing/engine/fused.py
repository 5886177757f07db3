"""Fused: the rules read once with symbols, which leaves the whole sum written out as one plain function.

The rules are not rewritten: they are called, as in every reading, and the values passed in take down what is done to
them. One writer turns the record into Python for one person; the caseload compiles the same text for many.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from farthing.engine.kinds import Column
from farthing.engine.law import Plan, Policy
from farthing.engine.one import SomeItems, read
from farthing.engine.verbs import Rounding, reads

_DEEPEST = 30
"""Expressions nested deeper than this are given a name of their own, within what Python's parser takes."""


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
        """Taken down."""
        return _do("greater", amount, 0)

    @staticmethod
    def steps_or_part(excess: Any, step: Any) -> Symbol:
        """Taken down."""
        return _do("part up", excess, 1, step)

    @staticmethod
    def part_of(amount: Any, numerator: Any, denominator: Any, rounding: Rounding) -> Any:
        """Taken down, unless it is the whole."""
        if _same(numerator, denominator):
            return amount
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
            told[name] = record.take("fact", name)
    for list_name in plan.lists:
        held = []
        for fact in plan.facts_of(list_name):
            key = f"{list_name}.{fact}"
            if key in given:
                told[key] = SymbolItems(given[key], list_name)
            else:
                held.append(fact)
                told[key] = SymbolItems(record.take("fact", key, of_list=list_name), list_name)
        items[list_name] = tuple(held)
    known = dict(settled)
    for name in opened:
        known[name] = record.take("fact", name)
    policy = _Settled(plan, known)
    values = read(policy, told)  # type: ignore[arg-type]
    answers = {name: values[name] for name in plan.answers}
    return Fused(plan, tuple(facts), items, opened, tuple(record.tables), record, answers)


@dataclass(frozen=True, slots=True)
class _Settled:
    plan: Plan
    settled: Mapping[str, Any]


class Writer:
    """Writes the record as text: one statement a shared symbol, one loop a list and stage."""

    def __init__(self, fused: Fused, *, leaf: Callable[[str, str | None], str], loop: Callable[[str], str]):
        self.fused, self.leaf, self.loop = fused, leaf, loop
        self.lines: list[str] = []
        self._stage: dict[int, int] = {}
        self._uses: dict[int, int] = {}

    def write(self, margin: int) -> tuple[list[str], dict[str, str]]:
        """The statements, and the expression of each answer."""
        roots = [each for each in self.fused.answers.values() if isinstance(each, Symbol)]
        needed = self._needed(roots)
        for symbol in needed:
            self._stage[symbol.number] = self._stage_of(symbol)
        self._count_uses(needed, roots)
        names: dict[int, str] = {}
        last = max(self._stage.values(), default=0)
        for stage in range(last + 1):
            for symbol in needed:
                if symbol.of_list is None and self._stage[symbol.number] == stage and not _reduces(symbol):
                    self._state(symbol, names, margin)
            for list_name in self.fused.plan.lists:
                sums = [s for s in needed if _reduces(s) == list_name and self._stage[s.number] == stage + 1]
                if sums:
                    self._write_loop(list_name, sums, names, margin)
        return self.lines, {name: self._text(each, names, 0) for name, each in self.fused.answers.items()}

    def _needed(self, roots: list[Symbol]) -> list[Symbol]:
        found: dict[int, Symbol] = {}
        waiting = list(roots)
        while waiting:
            symbol = waiting.pop()
            if symbol.number not in found:
                found[symbol.number] = symbol
                waiting.extend(each for each in symbol.inputs if isinstance(each, Symbol))
        return [found[number] for number in sorted(found)]

    def _stage_of(self, symbol: Symbol) -> int:
        stage = max((self._stage[each.number] for each in symbol.inputs if isinstance(each, Symbol)), default=0)
        return stage + 1 if _reduces(symbol) else stage

    def _count_uses(self, needed: list[Symbol], roots: list[Symbol]) -> None:
        for symbol in needed:
            twice = 2 if symbol.operation in ("lesser", "greater") else 1
            for each in symbol.inputs:
                if isinstance(each, Symbol):
                    crosses = each.of_list is None and symbol.of_list is not None
                    self._uses[each.number] = self._uses.get(each.number, 0) + (2 if crosses else twice)
        for root in roots:
            self._uses[root.number] = self._uses.get(root.number, 0) + 1

    def _state(self, symbol: Symbol, names: dict[int, str], margin: int) -> None:
        if symbol.operation == "fact" or self._uses.get(symbol.number, 0) > 1 or self._depth(symbol, names) > _DEEPEST:
            text = self._text(symbol, names, 0)
            names[symbol.number] = f"v{symbol.number}"
            self.lines.append(f"{' ' * margin}v{symbol.number} = {text}")

    def _depth(self, symbol: Symbol, names: dict[int, str]) -> int:
        if symbol.number in names:
            return 0
        return 1 + max((self._depth(each, names) for each in symbol.inputs if isinstance(each, Symbol)), default=0)

    def _write_loop(self, list_name: str, sums: list[Symbol], names: dict[int, str], margin: int) -> None:
        for each in sums:
            names[each.number] = f"v{each.number}"
            start = "0" if each.operation.startswith("total") else "False"
            self.lines.append(f"{' ' * margin}v{each.number} = {start}")
        self.lines.append(f"{' ' * margin}{self.loop(list_name)}")
        inside = dict(names)
        for symbol in self._needed([each.inputs[0] for each in sums]):
            if symbol.of_list == list_name:
                self._state(symbol, inside, margin + 4)
        for each in sums:
            text = self._text(each.inputs[0], inside, 0)
            joined = f"+= {text}" if each.operation.startswith("total") else f"|= {text}"
            self.lines.append(f"{' ' * (margin + 4)}v{each.number} {joined}")

    def _text(self, value: Any, names: dict[int, str], depth: int) -> str:
        if not isinstance(value, Symbol):
            return str(value) if type(value) is bool else str(int(value))
        if value.number in names:
            return names[value.number]
        if value.operation == "fact":
            return self.leaf(value.inputs[0], value.of_list)
        texts = [self._text(each, names, depth + 1) for each in value.inputs]
        return _TEXT[value.operation].format(*texts)


_TEXT = {
    "choose": "({1} if {0} else {2})",
    "not": "(not {0})",
    "lesser": "({0} if {0} < {1} else {1})",
    "greater": "({0} if {0} > {1} else {1})",
    "part down": "({0} * {1} // {2})",
    "part up": "(-(-({0} * {1}) // {2}))",
    "look up": "t{0}[{1}]",
    **{each: f"({{0}} {each} {{1}})" for each in ("+", "-", "*", "<", "<=", ">", ">=", "==", "!=", "and", "or")},
}


def _reduces(symbol: Symbol) -> str | None:
    operation, _, list_name = symbol.operation.partition(" ")
    return list_name if operation in ("total", "any") else None


def one_person(policy: Policy) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    """A function from everything told of one person to the plan's answers, in the plan's order.

    It takes what ``one.read`` takes, whole (every fact told); figures and slots are written in.
    """
    fused = fuse(policy.plan, settled=policy.settled, given={})

    def leaf(key: str, of_list: str | None) -> str:
        return f"told[{key!r}]" if of_list is None else f"i{fused.items[of_list].index(key.partition('.')[2])}"

    def loop(list_name: str) -> str:
        held = fused.items[list_name]
        columns = ", ".join(f"told['{list_name}.{fact}']" for fact in held)
        return f"for {', '.join(f'i{number}' for number in range(len(held)))}, in zip({columns}):"

    lines, answers = Writer(fused, leaf=leaf, loop=loop).write(4)
    text = "\n".join(["def answer(told):", *lines, f"    return ({', '.join(answers.values())},)"])
    names: dict[str, Any] = {
        f"t{number}": tuple(map(_plain, table.values)) for number, table in enumerate(fused.tables)
    }
    exec(compile(text, f"<the law on day {policy.on}>", "exec"), names)
    return names["answer"]  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    return value if type(value) is bool else int(value)

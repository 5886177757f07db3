"""Writing a fused sum as text: for one person as a Python function, for many as the body of a compiled loop."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from farthing.engine.fused import Fused, Symbol, fuse
from farthing.engine.law import Policy

_DEEPEST = 30
"""Expressions nested deeper than this are given a name of their own, within what Python's parser takes."""

_SHORT_CIRCUIT = {"and": "({0} and {1})", "or": "({0} or {1})"}
_BRANCH_FREE = {"and": "({0} & {1})", "or": "({0} | {1})"}
_TEXT = {
    "choose": "({1} if {0} else {2})",
    "not": "(not {0})",
    "lesser": "({0} if {0} < {1} else {1})",
    "greater": "({0} if {0} > {1} else {1})",
    "part down": "({0} * {1} // {2})",
    "part up": "(-(-({0} * {1}) // {2}))",
    "look up": "t{0}[{1}]",
    **{each: f"({{0}} {each} {{1}})" for each in ("+", "-", "*", "<", "<=", ">", ">=", "==", "!=")},
}


@dataclass
class Text:
    """The written sum: statements to run ``once``, statements for ``each`` person, and each answer's expression."""

    once: list[str] = field(default_factory=list)
    each: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)


class Writer:
    """Writes a record: one loop a list and stage, a statement where a value is used again.

    ``leaf`` gives the text of a fact by its key and list, ``loop`` the head of the loop over a list. ``every_step``
    gives each operation a statement of its own and joins yes/no without branches, which suits a compiler; without it
    values used once are written where they are used, and the branch not taken is not worked out, which suits Python.
    """

    def __init__(
        self, fused: Fused, *, leaf: Callable[[str, str | None], str], loop: Callable[[str], str], every_step: bool
    ):
        self.fused, self.leaf, self.loop, self.every_step = fused, leaf, loop, every_step
        self.forms = {**_TEXT, **(_BRANCH_FREE if every_step else _SHORT_CIRCUIT)}
        self._stage: dict[int, int] = {}
        self._uses: dict[int, int] = {}
        self._once: set[int] = set()

    def write(self, margin: int) -> Text:
        """The text, with the statements for each person at this margin and those to run once four to the left."""
        text, names = Text(), dict[int, str]()
        roots = [each for each in self.fused.answers.values() if isinstance(each, Symbol)]
        needed = _needed(roots)
        for symbol in needed:
            self._stage[symbol.number] = self._stage_of(symbol)
            if symbol.of_list is None and not reduces(symbol) and self._is_settled(symbol):
                self._once.add(symbol.number)
        self._count_uses(needed, roots)
        for stage in range(max(self._stage.values(), default=0) + 1):
            for symbol in needed:
                if symbol.of_list is None and self._stage[symbol.number] == stage and not reduces(symbol):
                    once = symbol.number in self._once
                    self._state(symbol, names, text.once if once else text.each, margin - 4 if once else margin)
            for list_name in self.fused.plan.lists:
                sums = [each for each in needed if reduces(each) == list_name and self._stage[each.number] == stage + 1]
                if sums:
                    self._write_loop(list_name, sums, names, text.each, margin)
        text.answers = {name: self._text(each, names) for name, each in self.fused.answers.items()}
        return text

    def _is_settled(self, symbol: Symbol) -> bool:
        if symbol.operation == "fact":
            return symbol.inputs[0] in self.fused.settled
        return all(each.number in self._once for each in symbol.inputs if isinstance(each, Symbol))

    def _stage_of(self, symbol: Symbol) -> int:
        stage = max((self._stage[each.number] for each in symbol.inputs if isinstance(each, Symbol)), default=0)
        return stage + 1 if reduces(symbol) else stage

    def _count_uses(self, needed: list[Symbol], roots: list[Symbol]) -> None:
        for symbol in needed:
            times = 2 if symbol.operation in ("lesser", "greater") else 1
            for each in symbol.inputs:
                if isinstance(each, Symbol):
                    apart = each.of_list != symbol.of_list or (each.number in self._once) != (
                        symbol.number in self._once
                    )
                    self._uses[each.number] = self._uses.get(each.number, 0) + (2 if apart else times)
        for root in roots:
            self._uses[root.number] = self._uses.get(root.number, 0) + 1

    def _state(self, symbol: Symbol, names: dict[int, str], lines: list[str], margin: int) -> None:
        again = self._uses.get(symbol.number, 0) > 1
        if self.every_step or again or symbol.operation == "fact" or _depth(symbol, names) > _DEEPEST:
            text = self._text(symbol, names)
            names[symbol.number] = f"v{symbol.number}"
            lines.append(f"{' ' * margin}v{symbol.number} = {text}")

    def _write_loop(
        self, list_name: str, sums: list[Symbol], names: dict[int, str], lines: list[str], margin: int
    ) -> None:
        for each in sums:
            names[each.number] = f"v{each.number}"
            start = "0" if each.operation.startswith("total") else "False"
            lines.append(f"{' ' * margin}v{each.number} = {start}")
        lines.append(f"{' ' * margin}{self.loop(list_name)}")
        inside = dict(names)
        for symbol in _needed([each.inputs[0] for each in sums]):
            if symbol.of_list == list_name:
                self._state(symbol, inside, lines, margin + 4)
        for each in sums:
            joined = "+=" if each.operation.startswith("total") else "|="
            lines.append(f"{' ' * (margin + 4)}v{each.number} {joined} {self._text(each.inputs[0], inside)}")

    def _text(self, value: Any, names: Mapping[int, str]) -> str:
        if not isinstance(value, Symbol):
            return str(value) if type(value) is bool else str(int(value))
        if value.number in names:
            return names[value.number]
        if value.operation == "fact":
            return self.leaf(value.inputs[0], value.of_list)
        return self.forms[value.operation].format(*(self._text(each, names) for each in value.inputs))


def reduces(symbol: Symbol) -> str | None:
    """The list that a symbol is a total over, or None."""
    operation, _, list_name = symbol.operation.partition(" ")
    return list_name if operation in ("total", "any") else None


def _needed(roots: list[Symbol]) -> list[Symbol]:
    found: dict[int, Symbol] = {}
    waiting = list(roots)
    while waiting:
        symbol = waiting.pop()
        if symbol.number not in found:
            found[symbol.number] = symbol
            waiting.extend(each for each in symbol.inputs if isinstance(each, Symbol))
    return [found[number] for number in sorted(found)]


def _depth(symbol: Symbol, names: Mapping[int, str]) -> int:
    if symbol.number in names:
        return 0
    return 1 + max((_depth(each, names) for each in symbol.inputs if isinstance(each, Symbol)), default=0)


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

    text = Writer(fused, leaf=leaf, loop=loop, every_step=False).write(4)
    whole = "\n".join(["def answer(told):", *text.each, f"    return ({', '.join(text.answers.values())},)"])
    names: dict[str, Any] = {
        f"t{number}": tuple(map(_plain, table.values)) for number, table in enumerate(fused.tables)
    }
    exec(compile(whole, f"<the law on day {policy.on}>", "exec"), names)
    return names["answer"]  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    return value if type(value) is bool else int(value)

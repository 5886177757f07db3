"""Sheets: YAML files of declarations, read strictly, line by line, with nothing in them turned into a number or a date.

Every fault is a ``Refusal`` with its file and line.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import cast

import yaml

from farthing.base.money import pence
from farthing.base.refusal import Problem, Refusal
from farthing.base.yaml_files import LOADER


def whole_number(text: str) -> int:
    """Read a whole number. Raises ``ValueError`` with what is wrong."""
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise ValueError(f"is not a whole number: {text!r}")
    return int(text)


READERS: dict[str, Callable[[str], int]] = {
    **dict.fromkeys(("£", "£ a week", "£ a year", "hundredths of a percent"), pence),  # 4.65 is 465
    **dict.fromkeys(("days", "weeks", "percent", "number"), whole_number),
}
"""How a value of each unit is read from text: money as pence, rates as hundredths of a percent."""


def root(file: Path) -> yaml.Node:
    """The top of a file. Raises ``Refusal`` where it cannot be read."""
    name = "/".join(file.resolve().parts[-3:])
    try:
        text = BytesIO(file.read_bytes())
        text.name = name  # the parser puts it on every line mark
        return yaml.compose(text, LOADER) or yaml.MappingNode("", [], yaml.Mark(name, 0, 0, 0, "", 0))
    except (OSError, yaml.YAMLError) as wrong:
        raise Refusal(Problem(name, f"cannot be read: {wrong}", "Put the file right")) from None


def rows(node: yaml.Node, of: str) -> list[tuple[yaml.Node, yaml.Node]]:
    """The names of a mapping and what each holds, refusing an empty one and a name given twice."""
    need(isinstance(node, yaml.MappingNode) and node.value, node, f"{of} holds no names", "Write name: and what it is")
    names = [text_of(key, f"a name in {of}") for key, _ in node.value]
    for place, (key, _) in enumerate(node.value):
        need(key.value not in names[:place], key, f"{of} gives {key.value} twice", "Keep one")
    return cast(list[tuple[yaml.Node, yaml.Node]], node.value)


def fields(node: yaml.Node, at: yaml.Node, of: str, must: str, may: str = "") -> dict[str, yaml.Node]:
    """The fields of a mapping by name: all of ``must`` (names with spaces between), any of ``may``, and no other."""
    given, taken = {}, f"{must} {may}".split()
    for key, given[key.value] in rows(node, of):
        need(key.value in taken, key, f"{of} does not take {key.value!r}", f"It takes: {', '.join(taken)}")
    missing = [name for name in must.split() if name not in given]
    need(not missing, at, f"{of} has no {' or '.join(missing)}", "Add it")
    return given


def text_of(node: yaml.Node, of: str) -> str:
    """The text of a single value, refusing an empty one."""
    need(isinstance(node, yaml.ScalarNode) and node.value.strip(), node, f"{of} is not some text", "Write it out")
    return cast(str, node.value)


def one_of(node: yaml.Node, of: str, *choices: str) -> str:
    """The text of a single value that is one of some choices."""
    need(text_of(node, of) in choices, node, f"{of} is {node.value!r}", f"Write one of: {', '.join(choices)}")
    return text_of(node, of)


def read(node: yaml.Node, of: str, reader: Callable[[str], int], what_to_do: str = "Write it like 2026-04-06") -> int:
    """A single value by a reader whose ``ValueError`` says what is wrong."""
    try:
        return reader(text_of(node, of))
    except ValueError as wrong:
        raise Refusal(Problem(place_of(node), f"{of} {wrong}", what_to_do)) from None


def need(holds: object, node: yaml.Node, problem: str, what_to_do: str) -> None:
    """Refuse, with the file and line, where something does not hold."""
    if not holds:
        raise Refusal(Problem(place_of(node), problem, what_to_do))


def place_of(node: yaml.Node) -> str:
    """The file and line of a value: "capital/rates.yaml:6"."""
    return f"{node.start_mark.name}:{node.start_mark.line + 1}"


@contextmanager
def kept_for(problems: list[Problem]) -> Iterator[None]:
    """Keep what is refused inside for later, so that everything wrong is told at once."""
    try:
        yield
    except Refusal as refusal:
        problems.extend(refusal.problems)

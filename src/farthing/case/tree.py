"""A case as it is written: a tree of plain values, each with its line. Nothing here knows what they mean."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from farthing.base.refusal import Problem, Refusal
from farthing.case.notation import Part, json_parts, plain_parts, refused, yaml_parts

MOST_BYTES = 1_000_000
DEEPEST = 20
MOST_PARTS = 100_000
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Node:
    """A value as written: text, nothing (None), a mapping by name, or a list.

    ``line`` counts from 1, and is where the value's name stands if it has one; None where there are no lines.
    """

    value: "str | dict[str, Node] | tuple[Node, ...] | None"
    line: int | None = None

    def __str__(self) -> str:
        """What it is, in words for a person."""
        if isinstance(self.value, str):
            return "a single value"
        return {type(None): "empty", dict: "a group of named fields"}.get(type(self.value), "a list")


def read_file(path: str | Path) -> Node:
    """Read a case file. Raises ``Refusal`` for one that is missing, not a file, too large, or that cannot be read."""
    name = str(path)
    try:
        with open(path, "rb") as file:
            _check_size(os.fstat(file.fileno()).st_size, name)
            content = file.read(MOST_BYTES + 1)  # a pipe has no size to check before
    except FileNotFoundError:
        raise refused(name, "is not there", "Check the name of the file and its folder") from None
    except IsADirectoryError:
        raise refused(name, "is a folder", "Name the case file inside it") from None
    except PermissionError:
        raise refused(name, "may not be read by you", "Ask for permission to read the file") from None
    except (OSError, ValueError) as error:
        problem = f"cannot be opened: {getattr(error, 'strerror', None) or error}"
        raise refused(repr(name), problem, "Check the name of the file and its folder") from None
    return read_tree(content, name=name)


def read_tree(text: str | bytes, *, name: str) -> Node:
    """Read a case written in YAML, or in JSON where the name ends in .json or the text begins with a brace.

    ``name`` is what the text is called where something is wrong with the whole of it. Scalars stay the text they are
    written as; an empty one, ``null`` and ``~`` are None. Raises ``Refusal``.
    """
    written = _decoded(text, name)
    is_json = name.lower().endswith(".json") or written.lstrip().startswith("{")
    return _top(json_parts(written, name) if is_json else yaml_parts(written, name), name)


def tree_of(mapping: object, *, name: str = "the case") -> Node:
    """The tree of values parsed elsewhere: text, int, bool, None, list and dict, as from JSON. Raises ``Refusal``."""
    return _top(plain_parts(mapping, name), name)


def _check_size(size: int, name: str) -> None:
    if size > MOST_BYTES:
        tenths = -(-size // 100_000)
        problem = f"is too large for one case: {tenths // 10}.{tenths % 10} MB"
        raise refused(name, problem, "Give one person's case, of no more than 1 MB")


def _decoded(text: str | bytes, name: str) -> str:
    try:
        content = text if isinstance(text, bytes) else text.encode("utf-8")
        _check_size(len(content), name)
        written = content.decode("utf-8-sig")
    except UnicodeError:
        raise refused(name, "is not text in UTF-8", "Save it as plain text, with the encoding UTF-8") from None
    if "\0" in written:
        raise refused(name, "holds a NUL byte, so it is not plain text", "Save it as plain text in UTF-8")
    return written


def _top(parts: Iterator[Part], name: str) -> Node:
    first = next(parts, None)
    if first is None or (first.mark == "=" and first.text is None):
        raise refused(name, "is empty", "Write a case: council, on, person, care, capital, income")
    grower = _Grower(parts, name)
    top = grower.grow(first, "", 1)
    for _ in parts:
        pass  # what stands after the end is refused as it is read
    if not isinstance(top.value, dict):
        problem = f"is {top} where named fields belong"
        raise refused(name, problem, "Begin with named fields, for example council: england")
    if grower.problems:
        raise Refusal(*grower.problems)
    return top


class _Grower:
    """Grows the tree from its parts, within the limits."""

    def __init__(self, parts: Iterator[Part], name: str):
        self.parts, self.name = parts, name
        self.count = 0
        self.problems: list[Problem] = []

    def grow(self, part: Part, path: str, depth: int) -> Node:
        self._counted(part)
        if part.mark == "=":
            return Node(part.text, part.line)
        if depth > DEEPEST:
            problem = f"is nested more than {DEEPEST} deep{_at(part.line)}"
            raise refused(self.name, problem, "Write the case as in the guide, which goes four deep")
        if part.mark == "[":
            return self._list(part, path, depth)
        return self._mapping(part, path, depth)

    def _list(self, opened: Part, path: str, depth: int) -> Node:
        items: list[Node] = []
        for part in self.parts:
            if part.mark == "]":
                break
            items.append(self.grow(part, f"{path}[{len(items)}]", depth + 1))
        return Node(tuple(items), opened.line)

    def _mapping(self, opened: Part, path: str, depth: int) -> Node:
        entries: dict[str, Node] = {}
        for part in self.parts:
            if part.mark == "}":
                break
            key = self._key(part)
            field = f"{path}.{key}" if path else key
            value = Node(self.grow(next(self.parts), field, depth + 1).value, part.line)
            if key not in entries:
                entries[key] = value
            else:
                where = f", on line {entries[key].line} and on line {part.line}" if part.line else ""
                self.problems.append(Problem(field, f"is given twice{where}", "Keep the one that is right"))
        return Node(entries, opened.line)

    def _key(self, part: Part) -> str:
        self._counted(part)
        if part.mark != "=" or not part.text:
            problem = f"has something other than a name before a colon{_at(part.line)}"
            raise refused(self.name, problem, "Write one name before each colon, for example council: england")
        if part.text == "<<":
            raise refused(self.name, f"uses a merge key, '<<'{_at(part.line)}", "Write the values out")
        if len(part.text) > LONGEST_NAME:
            problem = f"has a name of {len(part.text)} letters{_at(part.line)}"
            raise refused(self.name, problem, "Use the names in the guide; put the value after the colon")
        return part.text

    def _counted(self, part: Part) -> None:
        self.count += 1
        if self.count > MOST_PARTS:
            problem = f"holds more than {MOST_PARTS:,} names and values"
            raise refused(self.name, problem, "Give one person's case; for many people use a caseload")
        if part.text and not part.text.isprintable():
            problem = f"holds a line break, tab or sign that cannot be printed, inside a value or name{_at(part.line)}"
            raise refused(self.name, problem, "Write the value on one line, in plain letters and figures")


def _at(line: int | None) -> str:
    return f" (line {line})" if line else ""

"""The notations a case may be written in, YAML and JSON, as one stream of parts. What a value is, is never guessed."""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from farthing.base.refusal import Problem, Refusal
from farthing.base.yaml_files import LOADER

_NOTHING = {"", "~", "null", "Null", "NULL"}
_JSON_TOKEN = re.compile(r'[{}\[\],:"]|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null')
_JSON_SPACE = re.compile(r"[ \t\r\n]*")
_STRINGS = json.JSONDecoder()
_BEGINS_A_VALUE = '{["-0123456789tfn'

_IN_PLAIN_WORDS = {
    "mapping values are not allowed": "a colon stands where none is expected, or a line is out of its column",
    "cannot start any token": "a tab, or a sign that cannot begin a value, stands here",
    "tab character that violates indentation": "a tab stands where spaces are needed",
    "did not find expected key": "a name followed by a colon was expected here",
    "did not find expected ',' or ']'": "a list opened with [ is not closed, or lacks a comma",
    "did not find expected ',' or '}'": "a group opened with { is not closed, or lacks a comma",
    "did not find expected '-' indicator": "an item beginning with a dash was expected here",
    "did not find expected node content": "a value was expected here",
    "unexpected end of stream": "a quotation mark is not closed",
    "could not find expected ':'": "a colon is missing after a name",
    "unknown escape character": "a backslash stands before a letter that it cannot stand before",
}
_RIGHT_JSON = (
    "Put that right: names and texts stand in double quotes, and a comma stands between two, never after the last"
)


class Part(NamedTuple):
    """One part of a written tree: a scalar ("=" with its text, or None), or where a mapping or list opens or closes.

    ``mark`` is one of = { } [ ]; ``line`` counts from 1, and is None where there are no lines.
    """

    mark: str
    text: str | None = None
    line: int | None = None


def refused(field: str, problem: str, what_to_do: str) -> Refusal:
    """A refusal of one thing."""
    return Refusal(Problem(field, problem, what_to_do))


def yaml_parts(text: str, name: str) -> Iterator[Part]:
    """The parts of a YAML document. Raises ``Refusal``; anchors, aliases and tags are refused and never followed."""
    documents = 0
    try:
        for event in yaml.parse(text, Loader=LOADER):
            line = event.start_mark.line + 1 if event.start_mark else None
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                problem = f"holds more than one document (line {line})"
                raise refused(name, problem, "Write one case a file, without a line of three dashes inside it")
            _check_plain(event, line, name)
            if isinstance(event, yaml.ScalarEvent):
                is_nothing = event.style in (None, "") and event.value in _NOTHING
                yield Part("=", None if is_nothing else event.value, line)
            elif type(event) in _MARKS:
                yield Part(_MARKS[type(event)], None, line)
    except yaml.MarkedYAMLError as error:
        raise _not_yaml(error, name) from None
    except yaml.YAMLError:
        raise refused(name, "holds a character that cannot be printed", "Save it as plain text in UTF-8") from None


def _check_plain(event: yaml.Event, line: int | None, name: str) -> None:
    if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
        problem = f"uses an anchor or alias, {event.anchor[:40]!r} (line {line})"
        raise refused(name, problem, "Write the values out; put quotes round a text that begins with & or *")
    if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
        problem = f"uses a tag, {event.tag[:40]!r} (line {line})"
        raise refused(name, problem, "Write the value without it; put quotes round a text that begins with !")


def _not_yaml(error: yaml.MarkedYAMLError, name: str) -> Refusal:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    said = error.problem or "it is not YAML"
    plainly = next((words for key, words in _IN_PLAIN_WORDS.items() if key in said), said)
    what_to_do = "Put that line right: a name, a colon, a space, a value; fields of one group begin in the same column"
    return _unreadable(name, line, column, plainly, what_to_do)


_MARKS = {
    yaml.MappingStartEvent: "{",
    yaml.MappingEndEvent: "}",
    yaml.SequenceStartEvent: "[",
    yaml.SequenceEndEvent: "]",
}


def json_parts(text: str, name: str) -> Iterator[Part]:
    """The parts of a JSON text, numbers as they are written. Raises ``Refusal``."""
    tokens = _JsonTokens(text, name)
    yield from _json_value(tokens, tokens.next("a value", _BEGINS_A_VALUE))
    if tokens.at < len(text):
        raise tokens.unexpected("nothing more")


class _JsonTokens:
    """Takes token after token. ``at`` and ``line`` are where the next stands; ``starts_on`` where the last did."""

    def __init__(self, text: str, name: str):
        self.text, self.name = text, name
        self.at, self.line, self.starts_on, self.string = 0, 1, 1, ""
        self._move_to(0)

    def _move_to(self, end: int) -> None:
        start, self.at = self.at, _JSON_SPACE.match(self.text, end).end()  # type: ignore[union-attr]
        self.line += self.text.count("\n", start, self.at)

    def next(self, expected: str, among: str) -> str:
        """The next token, which must begin with a sign among those given; for a string '"', its text in ``string``."""
        found = _JSON_TOKEN.match(self.text, self.at)
        if found is None or found[0][0] not in among:
            raise self.unexpected(expected)
        end = found.end()
        if found[0] == '"':
            try:
                self.string, end = _STRINGS.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                words = "a text in quotation marks is not closed, or holds a sign that must be escaped"
                raise _unreadable(self.name, error.lineno, error.colno, words, _RIGHT_JSON) from None
        self.starts_on = self.line
        self._move_to(end)
        return found[0]

    def unexpected(self, expected: str) -> Refusal:
        column = self.at - self.text.rfind("\n", 0, self.at)
        what = "the file ends" if self.at >= len(self.text) else f"{self.text[self.at]!r} stands"
        return _unreadable(self.name, self.line, column, f"{what} where {expected} was expected", _RIGHT_JSON)


def _json_value(tokens: _JsonTokens, token: str) -> Iterator[Part]:
    line = tokens.starts_on
    if token == "{":
        yield Part("{", None, line)
        token = tokens.next("a name in double quotes, or }", '"}')
        while token != "}":
            yield Part("=", tokens.string, tokens.starts_on)
            tokens.next("a colon", ":")
            yield from _json_value(tokens, tokens.next("a value", _BEGINS_A_VALUE))
            token = tokens.next("a comma or }", ",}")
            if token == ",":
                token = tokens.next("a name in double quotes", '"')
        yield Part("}", None, tokens.starts_on)
    elif token == "[":
        yield Part("[", None, line)
        token = tokens.next("a value, or ]", _BEGINS_A_VALUE + "]")
        while token != "]":
            yield from _json_value(tokens, token)
            token = tokens.next("a comma or ]", ",]")
            if token == ",":
                token = tokens.next("a value", _BEGINS_A_VALUE)
        yield Part("]", None, tokens.starts_on)
    else:
        yield Part("=", tokens.string if token == '"' else None if token == "null" else token, line)


def plain_parts(value: object, name: str) -> Iterator[Part]:
    """The parts of a tree of plain Python values: text, int, bool, None, list and dict. Raises ``Refusal``."""
    if value is None or isinstance(value, str):
        yield Part("=", value)
    elif isinstance(value, bool):
        yield Part("=", "true" if value else "false")
    elif isinstance(value, int):
        if abs(value) >= 10**15:
            raise refused(name, "holds a number that is too large", "Write amounts in pounds and pence, as quoted text")
        yield Part("=", str(value))
    elif isinstance(value, float):
        problem = f"holds {value!r} as a number with a point, which may have lost pennies"
        raise refused(name, problem, 'Write amounts as quoted text, for example "6400.00"')
    elif isinstance(value, dict):
        yield Part("{")
        for key, held in value.items():
            if not isinstance(key, str):
                raise refused(name, f"has a name that is not text: {key!r}", "Write every name as text")
            yield Part("=", key)
            yield from plain_parts(held, name)
        yield Part("}")
    elif isinstance(value, list | tuple):
        yield Part("[")
        for held in value:
            yield from plain_parts(held, name)
        yield Part("]")
    else:
        problem = f"holds a {type(value).__name__}, which is not a plain value"
        raise refused(name, problem, "Write dates and amounts as text")


def _unreadable(name: str, line: int, column: int, plainly: str, what_to_do: str) -> Refusal:
    return refused(name, f"cannot be read at line {line}, column {column}: {plainly}", what_to_do)

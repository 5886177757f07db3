"""Dated figures: what each amount, percentage or number of days in the law was, from when, and who says so.

They are kept in ``rates.yaml`` beside the rules of their subject, and where they were read in ``sources.yaml`` of the
folder above. A day no figure is known for is refused: the answer is never the last one known, and never nought.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Literal, cast

import yaml

from farthing.base import days
from farthing.base.citation import Citation
from farthing.base.money import pence
from farthing.base.refusal import Problem, Refusal


@dataclass(frozen=True, slots=True)
class Source:
    """A page figures were read in. ``date`` is in the page's own words; ``address`` is not always known."""

    key: str
    title: str
    address: str | None
    date: str
    kind: str


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A figure's value from the day ``since``.

    ``value`` is pence where the figure's unit has a £ in it, else a number of the unit (4.65% is 465 hundredths).
    ``source`` is a key of ``sources.yaml``, or several ("S14, S15"), last compared on ``checked``: ``read`` is written
    there, ``derived`` was worked out as ``note`` says. ``known_until`` is given where it ends before the next starts.
    """

    since: int
    value: int
    source: str
    checked: str
    status: Literal["read", "derived"]
    note: str | None = None
    known_until: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A named figure of the law with all its values, oldest first. ``place`` is where it is written ("file:line")."""

    name: str
    says: str
    unit: str
    law: Citation
    known_until: int
    dates: tuple[DatedValue, ...]
    place: str

    def on(self, day: int) -> DatedValue:
        """The value on a day. Raises ``Refusal`` where none is known, saying which days are."""
        if found := self.known_on(day):
            return found
        known, asked = self._known_spells(), days.in_words(day)
        what_to_do = f"Figures are known {known}. Ask about one of those days, or add a line at {self.place}"
        raise Refusal(Problem("on", f"there is no {self.name} for {asked}", what_to_do, self.law.law))

    def known_on(self, day: int) -> DatedValue | None:
        """The value on a day, or ``None`` where none is known."""
        place = bisect_right(self.dates, day, key=lambda dated: dated.since) - 1
        return self.dates[place] if place >= 0 and day <= self._last_day(place) else None

    def _last_day(self, place: int) -> int:
        next_start = self.dates[place + 1].since if place + 1 < len(self.dates) else self.known_until + 1
        return self.dates[place].known_until or next_start - 1

    def _known_spells(self) -> str:
        spells: list[tuple[int, int]] = []
        for place, dated in enumerate(self.dates):
            runs_on = bool(spells) and spells[-1][1] + 1 == dated.since
            spells.append((spells.pop()[0] if runs_on else dated.since, self._last_day(place)))
        return " and ".join(f"from {days.in_words(first)} to {days.in_words(last)}" for first, last in spells)


def due(figures: Mapping[str, Figure], day: int) -> list[Figure]:
    """The figures with no value on a day: those to be found out before charging for it."""
    return [figure for figure in figures.values() if figure.known_on(day) is None]


def changed(figures: Mapping[str, Figure], before: int, after: int) -> list[tuple[Figure, DatedValue, DatedValue]]:
    """The figures that differ between two days, with both values. One not known on both is left out: see ``due``."""
    pairs = ((figure, figure.known_on(before), figure.known_on(after)) for figure in figures.values())
    return [(figure, old, new) for figure, old, new in pairs if old and new and old.value != new.value]


def period_name(day: int) -> str:
    """The charging year, 6 April to 5 April, that a day lies in: "2026-27"."""
    at = date.fromordinal(day)
    start = at.year - ((at.month, at.day) < (4, 6))
    return f"{start}-{(start + 1) % 100:02d}"


def read_figures(*files: Path) -> dict[str, Figure]:
    """Read ``rates.yaml`` files into figures by name; sources are looked up in ``sources.yaml`` of the folder above.

    Raises ``Refusal`` with every figure, and every dated line of one, that is wrong, each with its file and line.
    """
    figures, problems, sources_of = dict[str, Figure](), list[Problem](), cache(read_sources)
    for file in files:
        with _kept_for(problems):
            sources = sources_of(file.resolve().parent.parent / "sources.yaml")
            for key, node in _rows(_root(file), "the file"):
                with _kept_for(problems):
                    twice = figures.get(key.value)
                    _need(twice is None, key, f"{key.value} is given twice", f"Keep one; see {twice and twice.place}")
                    figures[key.value] = _figure(key, node, sources)
    if problems:
        raise Refusal(*problems)
    return figures


def read_sources(file: Path) -> dict[str, Source]:
    """Read ``sources.yaml`` into sources by key. Raises ``Refusal`` with what is wrong, with its file and line."""
    sources = {}
    for key, node in _rows(_root(file), "the file"):
        given = _fields(node, key, key.value, "title date kind", "address")
        text = {name: _text(part, f"{key.value} {name}") for name, part in given.items()}
        sources[key.value] = Source(key=key.value, address=text.pop("address", None), **text)
    return sources


def _figure(key: yaml.Node, node: yaml.Node, sources: Mapping[str, Source]) -> Figure:
    name, dates, problems = key.value, list[DatedValue](), list[Problem]()
    _need(name.isidentifier() and name.islower(), key, f"{name!r} is not a name", "Write it like_this")
    given = _fields(node, key, name, "says unit law known_until dates")
    law = _fields(given["law"], given["law"], f"{name} law", "text checked")
    says, unit = _text(given["says"], f"{name} says"), _one_of(given["unit"], f"{name} unit", *_READERS)
    checked = _one_of(law["checked"], f"{name} law checked", "true", "false") == "true"
    cited = Citation(_text(law["text"], f"{name} law text"), checked)
    known_until = _read(given["known_until"], f"{name} known_until", days.day)
    for line, value in _rows(given["dates"], f"{name} dates"):
        with _kept_for(problems):
            of = f"{name} {line.value}"
            dated = _dated_value(line, value, of, unit, sources)
            in_order = not dates or (dates[-1].known_until or dates[-1].since) < dated.since
            _need(in_order, line, f"{of} starts before the line above ends", "Put the oldest first")
            in_time = dated.since <= (dated.known_until or dated.since) <= known_until
            _need(in_time, line, f"{of} does not end between its start and known_until of {name}", "Put one right")
            dates.append(dated)
    if problems:
        raise Refusal(*problems)
    return Figure(name, says, unit, cited, known_until, tuple(dates), _place(key))


def _dated_value(line: yaml.Node, node: yaml.Node, of: str, unit: str, sources: Mapping[str, Source]) -> DatedValue:
    given = _fields(node, line, of, "value source checked status", "note known_until")
    since = _read(line, of, days.day)
    value = _read(given["value"], f"{of} value", _READERS[unit], f"Its unit is {unit}")
    _need(getattr(given["value"], "style", "") != "", given["value"], f"{of} value is not in quotes", "Quote it")
    cited = given["source"].value if isinstance(given["source"], yaml.SequenceNode) else [given["source"]]
    source = ", ".join(_text(key, f"{of} source") for key in cited)
    known = cited and all(key.value in sources for key in cited)
    _need(known, given["source"], f"{of} source {source!r} is not in sources.yaml", "Add it there")
    _read(given["checked"], f"{of} checked", days.day)
    status = cast(Literal["read", "derived"], _one_of(given["status"], f"{of} status", "read", "derived"))
    note = _text(given["note"], f"{of} note") if "note" in given else None
    _need(status == "read" or note is not None, line, f"{of} is derived and has no note", "Say how it was worked out")
    until = _read(given["known_until"], f"{of} known_until", days.day) if "known_until" in given else None
    return DatedValue(since, value, source, given["checked"].value, status, note, until)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise ValueError(f"is not a whole number: {text!r}")
    return int(text)


_READERS: dict[str, Callable[[str], int]] = {
    **dict.fromkeys(("£", "£ a week", "£ a year", "hundredths of a percent"), pence),  # 4.65 is 465
    **dict.fromkeys(("days", "weeks", "percent", "number"), _whole),
}


def _root(file: Path) -> yaml.Node:
    """The file as text with line numbers: YAML never turns anything in it into a number or a date."""
    name = "/".join(file.resolve().parts[-3:])
    try:
        text = BytesIO(file.read_bytes())
        text.name = name  # the parser puts it on every line mark
        return yaml.compose(text, yaml.CSafeLoader) or yaml.MappingNode("", [], yaml.Mark(name, 0, 0, 0, "", 0))
    except (OSError, yaml.YAMLError) as wrong:
        raise Refusal(Problem(name, f"cannot be read: {wrong}", "Put the file right")) from None


def _rows(node: yaml.Node, of: str) -> list[tuple[yaml.Node, yaml.Node]]:
    _need(isinstance(node, yaml.MappingNode) and node.value, node, f"{of} holds no names", "Write name: and what it is")
    names = [_text(key, f"a name in {of}") for key, _ in node.value]
    for place, (key, _) in enumerate(node.value):
        _need(key.value not in names[:place], key, f"{of} gives {key.value} twice", "Keep one")
    return cast(list[tuple[yaml.Node, yaml.Node]], node.value)


def _fields(node: yaml.Node, at: yaml.Node, of: str, must: str, may: str = "") -> dict[str, yaml.Node]:
    given, taken = {}, f"{must} {may}".split()
    for key, given[key.value] in _rows(node, of):
        _need(key.value in taken, key, f"{of} does not take {key.value!r}", f"It takes: {', '.join(taken)}")
    missing = [name for name in must.split() if name not in given]
    _need(not missing, at, f"{of} has no {' or '.join(missing)}", "Add it")
    return given


def _text(node: yaml.Node, of: str) -> str:
    _need(isinstance(node, yaml.ScalarNode) and node.value.strip(), node, f"{of} is not some text", "Write it out")
    return cast(str, node.value)


def _one_of(node: yaml.Node, of: str, *choices: str) -> str:
    _need(_text(node, of) in choices, node, f"{of} is {node.value!r}", f"Write one of: {', '.join(choices)}")
    return _text(node, of)


def _read(node: yaml.Node, of: str, reader: Callable[[str], int], what_to_do: str = "Write it like 2026-04-06") -> int:
    try:
        return reader(_text(node, of))
    except ValueError as wrong:
        raise Refusal(Problem(_place(node), f"{of} {wrong}", what_to_do)) from None


def _need(holds: object, node: yaml.Node, problem: str, what_to_do: str) -> None:
    if not holds:
        raise Refusal(Problem(_place(node), problem, what_to_do))


def _place(node: yaml.Node) -> str:
    return f"{node.start_mark.name}:{node.start_mark.line + 1}"


@contextmanager
def _kept_for(problems: list[Problem]) -> Iterator[None]:
    try:
        yield
    except Refusal as refusal:
        problems.extend(refusal.problems)

"""Dated figures: what each amount, percentage or number of days in the law was, from when, and who says so.

They are kept in ``rates.yaml`` beside the rules of their subject, and where they were read in ``sources.yaml`` of the
folder above. A day no figure is known for is refused: the answer is never the last one known, and never nought.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, cast

import yaml

from farthing.base import days
from farthing.base.citation import Citation
from farthing.base.refusal import Problem, Refusal
from farthing.engine import sheets


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
        with sheets.kept_for(problems):
            sources = sources_of(file.resolve().parent.parent / "sources.yaml")
            for key, node in sheets.rows(sheets.root(file), "the file"):
                with sheets.kept_for(problems):
                    twice = figures.get(key.value)
                    sheets.need(
                        twice is None, key, f"{key.value} is given twice", f"Keep one; see {twice and twice.place}"
                    )
                    figures[key.value] = _figure(key, node, sources)
    if problems:
        raise Refusal(*problems)
    return figures


def read_sources(file: Path) -> dict[str, Source]:
    """Read ``sources.yaml`` into sources by key. Raises ``Refusal`` with what is wrong, with its file and line."""
    sources = {}
    for key, node in sheets.rows(sheets.root(file), "the file"):
        given = sheets.fields(node, key, key.value, "title date kind", "address")
        text = {name: sheets.text_of(part, f"{key.value} {name}") for name, part in given.items()}
        sources[key.value] = Source(key=key.value, address=text.pop("address", None), **text)
    return sources


def _figure(key: yaml.Node, node: yaml.Node, sources: Mapping[str, Source]) -> Figure:
    name, dates, problems = key.value, list[DatedValue](), list[Problem]()
    sheets.need(name.isidentifier() and name.islower(), key, f"{name!r} is not a name", "Write it like_this")
    given = sheets.fields(node, key, name, "says unit law known_until dates")
    law = sheets.fields(given["law"], given["law"], f"{name} law", "text checked")
    says, unit = (
        sheets.text_of(given["says"], f"{name} says"),
        sheets.one_of(given["unit"], f"{name} unit", *sheets.READERS),
    )
    checked = sheets.one_of(law["checked"], f"{name} law checked", "true", "false") == "true"
    cited = Citation(sheets.text_of(law["text"], f"{name} law text"), checked)
    known_until = sheets.read(given["known_until"], f"{name} known_until", days.day)
    for line, value in sheets.rows(given["dates"], f"{name} dates"):
        with sheets.kept_for(problems):
            of = f"{name} {line.value}"
            dated = _dated_value(line, value, of, unit, sources)
            in_order = not dates or (dates[-1].known_until or dates[-1].since) < dated.since
            sheets.need(in_order, line, f"{of} starts before the line above ends", "Put the oldest first")
            in_time = dated.since <= (dated.known_until or dated.since) <= known_until
            sheets.need(
                in_time, line, f"{of} does not end between its start and known_until of {name}", "Put one right"
            )
            dates.append(dated)
    if problems:
        raise Refusal(*problems)
    return Figure(name, says, unit, cited, known_until, tuple(dates), sheets.place_of(key))


def _dated_value(line: yaml.Node, node: yaml.Node, of: str, unit: str, sources: Mapping[str, Source]) -> DatedValue:
    given = sheets.fields(node, line, of, "value source checked status", "note known_until")
    since = sheets.read(line, of, days.day)
    value = sheets.read(given["value"], f"{of} value", sheets.READERS[unit], f"Its unit is {unit}")
    sheets.need(getattr(given["value"], "style", "") != "", given["value"], f"{of} value is not in quotes", "Quote it")
    cited = given["source"].value if isinstance(given["source"], yaml.SequenceNode) else [given["source"]]
    source = ", ".join(sheets.text_of(key, f"{of} source") for key in cited)
    known = cited and all(key.value in sources for key in cited)
    sheets.need(known, given["source"], f"{of} source {source!r} is not in sources.yaml", "Add it there")
    sheets.read(given["checked"], f"{of} checked", days.day)
    status = cast(Literal["read", "derived"], sheets.one_of(given["status"], f"{of} status", "read", "derived"))
    note = sheets.text_of(given["note"], f"{of} note") if "note" in given else None
    sheets.need(
        status == "read" or note is not None, line, f"{of} is derived and has no note", "Say how it was worked out"
    )
    until = sheets.read(given["known_until"], f"{of} known_until", days.day) if "known_until" in given else None
    return DatedValue(since, value, source, given["checked"].value, status, note, until)

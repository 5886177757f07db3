"""Printing a letter: checked fields and a template in, the bytes of an accessible PDF out."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import typst

from farthing.base.refusal import Problem, Refusal
from farthing.letters.reading import HERE, Letter, letter

NOT_IN_FONT = re.compile(r"the text `\"(.+?)\"` could not be displayed")
TOO_BIG = re.compile("the (address|council's name|council's contact) does not fit its place")
BAD_DRAWING = re.compile(r"failed to (parse|load) (SVG|image)", re.IGNORECASE)


class Form(StrEnum):
    """The forms any letter can be printed in. In large print no text is smaller than 18 points, but for the address."""

    STANDARD = "standard"
    LARGE_PRINT = "large_print"


def render(
    name: str, data: Mapping[str, Any], *, form: Form = Form.STANDARD, at: datetime, folders: tuple[Path, ...] = ()
) -> bytes:
    """Print a letter as a PDF that is both PDF/UA-1 and PDF/A-2a; the same in gives the same bytes out.

    ``at`` is the moment written into the file, with its time zone; ``folders`` are more places to look for letters.
    Raises ``Refusal`` for a letter that is not known, data that do not fit its fields, and text that cannot be printed.
    """
    found = letter(name, *folders)
    found.check(data)
    try:
        pdf, warnings = _compiler().compile_with_warnings(
            _sources(found),  # type: ignore[type-var]  # a mapping of files is taken too
            format="pdf",
            sys_inputs={"data": json.dumps(data), "form": form, "envelope": json.dumps(envelope(data["to"]))},
            pdf_standards=["ua-1", "a-2a"],
            timestamp=at.replace(microsecond=0),  # as fine as a PDF writes a moment
        )
    except typst.TypstError as error:
        problems = tuple(_refused(error.message, data))
        if not problems:
            raise
        raise Refusal(*problems) from error
    if warnings:
        raise ValueError(f"The template of {name} warns: {'; '.join(each.message for each in warnings)}")
    assert isinstance(pdf, bytes)
    return pdf


def envelope(to: Mapping[str, Any] | None) -> list[str]:
    """The lines in the envelope's window: name and address, or the personal representatives of somebody who died."""
    if to is None:
        return []
    name = ["The personal representatives of", f"the estate of {to['name']}"] if to["estate"] else [to["name"]]
    return [*name, *to["address"]]


def _compiler() -> typst.Compiler:
    """One for the life of the process: it keeps the fonts, and what did not change between two letters."""
    compiler, process = _started()
    if process != os.getpid():  # its threads stayed behind in the parent: it would wait for them for ever
        raise RuntimeError(
            "A letter was printed before this process was forked from its parent. Print the first letter after the fork, "
            "or start processes by spawning them."
        )
    return compiler


@cache
def _started() -> tuple[typst.Compiler, int]:
    """The compiler, and the process it was started in."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[HERE / "fonts"])
    return typst.Compiler(font_paths=fonts), os.getpid()


@cache
def _sources(found: Letter) -> dict[str, bytes]:
    shared = {file.name: file.read_bytes() for file in HERE.glob("*.typ")}
    return {**shared, "main.typ": found.template.encode()}


def _refused(message: str, data: Mapping[str, Any]) -> Iterator[Problem]:
    """What a failed print says about the data; nothing where the template itself is at fault."""
    if missing := NOT_IN_FONT.search(message):
        unprintable = missing[1]
        for place, text in _texts("", data):
            if unprintable in text:
                say = "Write it in Latin, Greek, Cyrillic or Hebrew letters"
                yield Problem(place, f"has a character the letter's font does not have: {unprintable}", say)
    elif too_big := TOO_BIG.search(message):
        place = "to" if too_big[1] == "address" else "council"
        yield Problem(place, f"does not fit: {too_big[0]} on the first page", "Shorten it, or put it on fewer lines")
    elif BAD_DRAWING.search(message):
        yield Problem("", f"A drawing cannot be read: {message}", "Give it as the text of a whole SVG file")


def _texts(place: str, value: Any) -> Iterator[tuple[str, str]]:
    """Every text in the data, with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for name, inside in value.items():
            yield from _texts(f"{place}.{name}" if place else name, inside)
    elif isinstance(value, list | tuple):
        for number, inside in enumerate(value):
            yield from _texts(f"{place}[{number}]", inside)

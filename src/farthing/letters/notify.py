"""What GOV.UK Notify asks of a letter it is handed as a finished PDF, and of the address it is sent to.

Where the words stand on the page is the layout's affair and is proved once, in the tests; what differs from letter to
letter is checked here before it is sent.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from farthing.base.refusal import Problem

LEAST_LINES, MOST_LINES = 3, 7
MOST_PAGES = 10
MOST_BYTES = 2 * 1024 * 1024
MUST_NOT_START = '@()=[]"\\/,<>~'
A4 = (595, 842)
"""Points across and down, to the nearest."""

_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}|GIR ?0AA|BFPO ?[0-9]{1,4}", re.IGNORECASE)
_OTHERWISE = "Send it by other means: print it, or send it by e-mail"


def address_problems(lines: Sequence[str]) -> list[Problem]:
    """Everything that would make Notify refuse an address; ``lines`` start with the name and end with the postcode."""
    return list(_address_problems(lines))


def letter_problems(pdf: bytes) -> list[Problem]:
    """Everything that would make Notify refuse a PDF: its size, its pages and their paper, fonts left out of it."""
    return list(_letter_problems(pdf))


def _address_problems(lines: Sequence[str]) -> Iterator[Problem]:
    if len(lines) < LEAST_LINES:
        yield Problem("address", f"has {len(lines)} lines with the name", f"Give at least {LEAST_LINES}")
    if len(lines) > MOST_LINES:
        yield Problem("address", f"has {len(lines)} lines with the name", f"Put it on {MOST_LINES} at most")
    for number, line in enumerate(lines):
        if not line.strip():
            yield Problem(f"address[{number}]", "is empty", "Leave the line out")
        elif line.lstrip()[0] in MUST_NOT_START:
            say = "Start it with a letter or a figure"
            yield Problem(f"address[{number}]", f"starts with a character Notify refuses: {line.lstrip()[0]}", say)
    if lines and not _ends_an_address(lines[-1].strip()):
        problem = f"ends with neither a UK postcode nor a country: {lines[-1]!r}"
        yield Problem("address", problem, "Put the postcode, or the country it goes to, on the last line")


def _ends_an_address(line: str) -> bool:
    return _POSTCODE.fullmatch(line) is not None or line.casefold() in _countries()


@cache
def _countries() -> frozenset[str]:
    text = Path(__file__).with_name("countries.txt").read_text(encoding="utf-8")
    return frozenset(line.casefold() for line in text.splitlines() if line and not line.startswith("#"))


def _letter_problems(pdf: bytes) -> Iterator[Problem]:
    if len(pdf) > MOST_BYTES:
        yield Problem("letter", f"is {len(pdf):,} bytes and Notify takes {MOST_BYTES:,}", _OTHERWISE)
    try:
        with pikepdf.open(BytesIO(pdf)) as opened:
            yield from _page_problems(opened)
    except pikepdf.PdfError as error:
        yield Problem("letter", f"cannot be read as a PDF: {error}", "Print the letter again")


def _page_problems(pdf: pikepdf.Pdf) -> Iterator[Problem]:
    pages = len(pdf.pages)
    if pages > MOST_PAGES:
        yield Problem("letter", f"has {pages} pages and Notify takes {MOST_PAGES}", _OTHERWISE)
    for number, page in enumerate(pdf.pages, 1):
        left, bottom, right, top = (round(side) for side in page.mediabox)
        if (right - left, top - bottom) != A4 or page.get("/Rotate", 0) % 180:
            yield Problem(f"page {number}", "is not A4 upright", "Print it on A4")
        for name, font in page.resources.get("/Font", {}).items():
            if not _is_embedded(font):
                yield Problem(f"page {number}", f"uses the font {name} without carrying it", "Put the font in the PDF")


def _is_embedded(font: Any) -> bool:
    fonts = font.get("/DescendantFonts", [font])
    files = ("/FontFile", "/FontFile2", "/FontFile3")
    return all(any(file in each.get("/FontDescriptor", {}) for file in files) for each in fonts)

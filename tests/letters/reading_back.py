"""A printed letter read back from its PDF: the words, where each stands on the paper, how big it is, and its structure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from farthing.letters import Form, letters, render

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
EVERY_LETTER = [(name, form) for name in letters() for form in Form]
POINTS_IN_A_MILLIMETRE = 72 / 25.4
AMOUNT = re.compile(r"£[0-9][0-9,]*(?:\.[0-9]{2})?")


@dataclass(frozen=True)
class Mark:
    """A character and the box it fills, in millimetres from the paper's top left corner; its size is in points."""

    character: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


def printed(name: str, form: Form = Form.STANDARD, **changes: Any) -> bytes:
    """A letter's example with some fields changed, printed."""
    return render(name, {**letters()[name].example, **changes}, form=form, at=AT)


def pages(pdf: bytes) -> list[str]:
    """The words of each page, a line a line."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def words(pdf: bytes) -> str:
    """Every word of the letter on one line, however the lines were broken."""
    return " ".join(" ".join(pages(pdf)).replace("\u200b", "").split())


def marks(pdf: bytes, page: int) -> list[Mark]:
    """Every character that can be seen on a page."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        height, text = sheet.get_height(), sheet.get_textpage()
        return [_mark(text, number, height) for number in range(text.count_chars()) if _seen(text, number)]


def _seen(text: pypdfium2.PdfTextPage, number: int) -> bool:
    return not chr(pdfium.FPDFText_GetUnicode(text, number)).isspace()


def _mark(text: pypdfium2.PdfTextPage, number: int, height: float) -> Mark:
    left, bottom, right, top = text.get_charbox(number)
    box = (left, height - top, right, height - bottom)
    character = chr(pdfium.FPDFText_GetUnicode(text, number))
    return Mark(character, *(side / POINTS_IN_A_MILLIMETRE for side in box), pdfium.FPDFText_GetFontSize(text, number))


def amounts(value: Any) -> set[str]:
    """Every amount of money in a text, or in any text of what was handed in."""
    if isinstance(value, str):
        return {found.rstrip(",") for found in AMOUNT.findall(value)}
    inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return set().union(*map(amounts, inside))


def elements(pdf: bytes) -> list[tuple[str, str]]:
    """The structure a screen reader follows, in order: the kind of each element, and its words in place of a picture."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        return list(_elements(opened.Root.StructTreeRoot))


def _elements(node: pikepdf.Object) -> Iterator[tuple[str, str]]:
    if "/S" in node:
        yield str(node.S).removeprefix("/"), str(node.get("/Alt", ""))
    inside = node.get("/K", [])
    for each in inside if isinstance(inside, pikepdf.Array) else [inside]:
        if isinstance(each, pikepdf.Dictionary) and ("/S" in each or "/K" in each):
            yield from _elements(each)

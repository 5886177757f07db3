"""Amounts of money as pages and letters print them."""

import re

import pypdfium2

AMOUNT = re.compile(r"£[\d,]+(?:\.\d\d)?")


def amounts(text: str) -> list[str]:
    """Every amount in a text, in order."""
    return AMOUNT.findall(text)


def text_of(pdf: bytes) -> str:
    """The words of a PDF, spaces made single."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    finally:
        document.close()

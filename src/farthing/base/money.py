"""Money is whole pence, held as ``int``. Pounds exist only as text, at the doors."""

import re

_AMOUNT = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,2}))?")


def pence(text: str) -> int:
    """Read pounds and pence written as text ("216.50", "48") into whole pence (21650, 4800).

    Raises ``ValueError`` whose message says what is wrong with the text, for a person to read.
    """
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise ValueError(_what_is_wrong(text))
    pounds_part, pence_part = found.groups()
    return int(pounds_part) * 100 + int((pence_part or "0").ljust(2, "0"))


def pounds(amount: int) -> str:
    """Write whole pence as pounds and pence without a sign for the currency: 21650 is "216.50"."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}"


def shown(amount: int) -> str:
    """Write whole pence as a person reads them: 1234567 is "£12,345.67"."""
    sign = "-" if amount < 0 else ""
    return f"{sign}£{abs(amount) // 100:,}.{abs(amount) % 100:02d}"


def _what_is_wrong(text: str) -> str:
    if not text.strip():
        return "is empty"
    if "£" in text:
        return f"has a pound sign: {text!r}"
    if text.lstrip().startswith("-"):
        return f"is below nought: {text!r}"
    if "," in text:
        return f"has a comma: {text!r}"
    if re.fullmatch(r"\d+\.\d{3,}", text):
        return f"has more than two figures after the point: {text!r}"
    if re.fullmatch(r"\d{13,}(\.\d*)?", text):
        return f"is too large: {text!r}"
    return f"is not an amount of money: {text!r}"

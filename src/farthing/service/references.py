"""References people can read out over the telephone: random, holding nothing personal, with a letter that catches slips."""

import random
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXY"
"""No nought, one, I, L, O, U or Z, which are mistaken for others; and a prime number of them, so that every slip counts."""

LENGTH = 11
"""Letters that are drawn: among ten million references of one kind, two are the same once in two hundred times."""

LONGEST = 18
"""The most characters of a reference as it is written, which a bank statement has room for too."""

_source: ContextVar[random.Random | None] = ContextVar("source", default=None)
"""What references are drawn from, where it is not chance itself."""


def new_reference(prefix: str) -> str:
    """A new reference such as "FA-7K3M-2QXT-H4WR". ``prefix`` says what it is of."""
    choice = (_source.get() or secrets.SystemRandom()).choice
    drawn = "".join(choice(LETTERS) for _ in range(LENGTH))
    return _written(prefix, drawn)


@contextmanager
def references_drawn_from(source: random.Random) -> Iterator[None]:
    """Draw references from ``source`` for a while, so that an invented caseload has the same ones each time it is made."""
    before = _source.set(source)
    try:
        yield
    finally:
        _source.reset(before)


def read_reference(text: str) -> str | None:
    """A reference as it is stored, from what somebody typed; None where a letter was mistaken or it is no reference."""
    letters = re.sub(r"[^0-9A-Z]", "", text.upper())
    prefix, drawn = letters[: -LENGTH - 1], letters[-LENGTH - 1 : -1]
    if not prefix.isalpha() or len(drawn) != LENGTH or any(letter not in LETTERS for letter in drawn):
        return None
    written = _written(prefix, drawn)
    return written if written.replace("-", "") == letters else None


def _written(prefix: str, drawn: str) -> str:
    whole = drawn + _check_letter(prefix, drawn)
    return "-".join([prefix, *(whole[start : start + 4] for start in range(0, len(whole), 4))])


def _check_letter(prefix: str, drawn: str) -> str:
    """Weighted by place, modulo the prime number of letters, so one wrong letter or two swapped are caught."""
    weighed = sum(place * (LETTERS.find(letter) + 1 or ord(letter)) for place, letter in enumerate(prefix + drawn, 1))
    return LETTERS[weighed % len(LETTERS)]

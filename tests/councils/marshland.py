"""Marshland, the invented council of the tests: it makes every choice the law leaves a council."""

from functools import cache
from pathlib import Path

from farthing.councils import Council, read_council
from farthing.law import law

FOLDER = Path(__file__).parent / "invented"


@cache
def marshland() -> Council:
    """The invented council."""
    return read_council(FOLDER, law().slots)

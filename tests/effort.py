"""How much work something is, counted in lines run, so that no test depends on how busy a machine is; and how often to try."""

import os
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

FEWER = os.environ.get("TRIES") == "fewer"
"""Whether the same is tried on another database beside: `make test` says so for PostgreSQL."""

PAGES = ("tests/service/officer/", "tests/service/public/")
"""Where pages are tried. They ask nothing of a database themselves (``tests/house``)."""


def lines_run(work: Callable[[], object]) -> int:
    """How many lines of Python ``work`` runs, in all functions it calls."""
    count = 0

    def trace(_frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def grows_evenly(work_on: Callable[[int], Callable[[], object]], size: int) -> bool:
    """True if twice ``size`` is at most about twice the work, and not four times."""
    return lines_run(work_on(2 * size)) < 2.5 * lines_run(work_on(size)) + 1_000


def tries(number: int) -> int:
    """How often to try what is drawn anew each time: a third as often where it is tried on another database beside."""
    return -(-number // 3) if FEWER else number


def left_to_the_other(test: pytest.Item) -> bool:
    """Whether the run beside is enough for a test: of a page, unless it is marked ``on_both``."""
    return FEWER and test.nodeid.startswith(PAGES) and test.get_closest_marker("on_both") is None

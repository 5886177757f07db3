"""Below the desks nothing reads a clock: today is always passed in."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.sources import Finding, found_in_rooms, found_in_text

ROOMS = ("base", "engine", "law", "councils", "case", "caseload", "letters", "ledger", "exchange")

CLOCK_MODULES = {"time", "timeit", "sched"}
READS_THE_CLOCK = {"today", "now", "utcnow"}
CLOCK_OWNERS = {"date", "datetime"}
CLOCK_WORDS = {"today", "now"}


def clocks(tree: ast.Module) -> Iterator[Finding]:
    """Imports of the clock's modules, calls of today() and now(), and the words numpy reads as the present."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                for imported in names:
                    if imported.name.partition(".")[0] in CLOCK_MODULES:
                        yield node.lineno, f"import {imported.name}"
            case ast.ImportFrom(module=str() as module, level=0) if module.partition(".")[0] in CLOCK_MODULES:
                yield node.lineno, f"from {module} import"
            case ast.Call(func=ast.Attribute(attr=name)) if name in READS_THE_CLOCK:
                yield node.lineno, f"{ast.unparse(node.func)}()"
            case ast.Attribute(attr=name, value=owner) if name in READS_THE_CLOCK and _last_name(owner) in CLOCK_OWNERS:
                yield node.lineno, ast.unparse(node)
            case ast.Call(func=function, args=[ast.Constant(value=word), *_]) if (
                word in CLOCK_WORDS and _last_name(function) == "datetime64"
            ):
                yield node.lineno, ast.unparse(node)


def _last_name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def test_no_clock_below_the_desks():
    assert found_in_rooms(clocks, *ROOMS) == []


@pytest.mark.parametrize(
    "text",
    [
        "import time",
        "import time as clock",
        "from time import perf_counter",
        "from timeit import default_timer",
        "at = date.today()",
        "at = datetime.datetime.now(tz=UTC)",
        "at = pandas.Timestamp.now()",
        "made: date = field(default_factory=date.today)",
        "at = numpy.datetime64('today')",
    ],
)
def test_the_check_finds_a_clock(text):
    assert found_in_text(clocks, text) != []


@pytest.mark.parametrize(
    "text",
    ["from datetime import date", "def age(born, today): return days_between(born, today)", "at = question.today"],
)
def test_the_check_lets_a_day_that_was_passed_in_through(text):
    assert found_in_text(clocks, text) == []

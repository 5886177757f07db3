"""Every action that the service records by its name is declared, so that none is first refused in use."""

import ast
from collections.abc import Iterator
from pathlib import Path

import farthing.service
from farthing.service.audit.actions import ACTIONS

ROOM = Path(farthing.service.__file__).parent


def recorded_in(source: str) -> Iterator[str]:
    """The names of actions that a file hands to ``record``, or to ``Entry``, by keyword or first."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if called == "add_argument":  # of a command line: its action is another thing
            continue
        named = [each.value for each in node.keywords if each.arg == "action"]
        first = node.args[:1] if called in ("Entry", "recorded", "tell") else []
        for value in (*named, *first):
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.value


def test_every_action_recorded_by_name_is_declared():
    found = {
        (str(file.relative_to(ROOM)), name)
        for file in ROOM.rglob("*.py")
        for name in recorded_in(file.read_text("utf-8"))
    }
    assert {place for place, _ in found} >= {"correspondence/services.py"}
    assert [(place, name) for place, name in sorted(found) if name not in ACTIONS] == []


def test_the_check_finds_an_action_however_it_is_handed_over():
    source = 'record(action="a", actor="x")\nservices.record(action="b")\nEntry("c", "x", at)\nother("d")'
    assert list(recorded_in(source)) == ["a", "b", "c"]

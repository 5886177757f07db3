"""The source files the house tests read."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "farthing"

Finding = tuple[int, str]
Check = Callable[[ast.Module], Iterator[Finding]]


def python_files(*folders: Path) -> list[Path]:
    """Every Python file in the folders and below them, in order."""
    return sorted(file for folder in folders for file in folder.rglob("*.py"))


def found_in_rooms(check: Check, *rooms: str) -> list[str]:
    """What a check finds in the rooms of the package, one line each: file, line, what was found."""
    return [
        f"{file.relative_to(ROOT)}:{line}: {what}"
        for file in python_files(*(PACKAGE / room for room in rooms))
        for line, what in check(ast.parse(file.read_text(encoding="utf-8"), str(file)))
    ]


def found_in_text(check: Check, text: str) -> list[str]:
    """What a check finds in a piece of source."""
    return [what for _, what in check(ast.parse(text))]

"""The working of a decision as a page shows it: each line with its rule, what went in, the law, and how it changed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from farthing.base.money import pence, shown
from farthing.law import law


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the working; amounts in pence. ``before`` and ``change`` are None where nothing is compared.

    ``says`` is the rule in a sentence; ``because`` what went in, in words.
    """

    label: str
    amount: int | None
    unit: str
    before: int | None
    change: int | None
    law: str
    note: str
    says: str
    because: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Lines that stand together."""

    name: str
    lines: tuple[Line, ...]


def chapters(sealed: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> list[Chapter]:
    """The working of sealed content, set against the sealed content of the decision before it where there is one."""
    steps = {step["rule"]: step for step in sealed["answer"]["steps"]}
    earlier = dict(_keyed(before["statement"])) if before else {}
    now = dict(_keyed(sealed["statement"]))
    names = list(dict.fromkeys([key[0] for key in now] + [key[0] for key in earlier]))
    return [
        Chapter(
            name,
            tuple(
                _line(now.get(key), earlier.get(key), steps, compared=before is not None)
                for key in dict.fromkeys([*now, *earlier])
                if key[0] == name
            ),
        )
        for name in names
    ]


Key = tuple[str, str, str, int]


def _keyed(statement: Iterable[Mapping[str, Any]]) -> Iterable[tuple[Key, Mapping[str, Any]]]:
    """Each line by its chapter, rule and label; the second bank account is compared with the second."""
    for chapter in statement:
        seen: Counter[tuple[str, str]] = Counter()
        for line in chapter["lines"]:
            named = (line["rule"].partition("[")[0], line["label"])
            yield (chapter["name"], *named, seen[named]), line
            seen[named] += 1


def _line(
    now: Mapping[str, Any] | None, before: Mapping[str, Any] | None, steps: Mapping[str, Any], *, compared: bool
) -> Line:
    line = now or before or {}
    step = steps.get(line["rule"], {}) if now else {}
    amount = _pence(now["amount"]) if now else None
    old = _pence(before["amount"]) if before else None
    return Line(
        label=line["label"],
        amount=amount,
        unit=line["unit"].removeprefix("£").strip(),
        before=old,
        change=(amount or 0) - (old or 0) if compared else None,
        law=line["law"],
        note=line["note"],
        says=step.get("says", ""),
        because=tuple(_because(step.get("because", {}))),
    )


def _because(inputs: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for name, value in inputs.items():
        unit = law().unit_of(name)
        values = value if isinstance(value, list) else [value]
        yield name.replace("_", " ").replace(".", ": ").capitalize(), ", ".join(_said(unit, each) for each in values)


def _said(unit: Any, value: Any) -> str:
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and isinstance(unit, str) and "£" in unit:
        return f"{shown(_pence(value))}{unit.removeprefix('£')}"
    return str(value).replace("_", " ")


def _pence(text: str) -> int:
    return -pence(text[1:]) if text.startswith("-") else pence(text)

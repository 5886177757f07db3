"""Stored cases read again: what today's law and program would say otherwise of answers already given."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from farthing.base.refusal import Problem, Refusal
from farthing.case.answer import as_data
from farthing.case.assessment import assess
from farthing.case.reading import read_case_file

ANSWER = ".answer.json"
"""A case ``jane.yaml`` has its stored answer beside it in ``jane.answer.json``, as ``assess --json`` prints it."""

NOT_COMPARED = frozenset({"code", "steps", "figures_used"})
"""What may differ without the answer having changed: the edition, and the way to the answer."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A case with its stored answer. ``answer`` is None where none has been stored yet."""

    case: Path
    answer: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that would be answered otherwise. ``case`` is the name of the case file."""

    case: str
    field: str
    before: Any
    after: Any


def stored_cases(folder: Path) -> list[Stored]:
    """Every case of a folder, by name. Raises ``Refusal`` where there is none, or an answer cannot be read."""
    if not folder.is_dir():
        raise Refusal(Problem(str(folder), "is not a folder", "Name the folder that holds the stored cases"))
    cases = sorted(file for file in folder.iterdir() if _is_case(file))
    if not cases:
        raise Refusal(Problem(str(folder), "holds no case file", "Put case files in it, ending .yaml or .json"))
    return [Stored(file, _read_answer(answer_of(file))) for file in cases]


def answer_of(case: Path) -> Path:
    """Where the stored answer of a case file lies."""
    return case.with_name(case.stem + ANSWER)


def answer_now(case: Path, stored: dict[str, Any] | None) -> dict[str, Any]:
    """What is answered today, as data; for a case that is refused, its refusal as data. An estimate stays an estimate."""
    try:
        answer = as_data(assess(read_case_file(case), estimate=bool(stored and stored.get("estimate"))))
    except Refusal as refusal:
        answer = {"refused": [f"{each.field} {each.problem}".strip() for each in refusal.problems]}
    as_read_back: dict[str, Any] = json.loads(json.dumps(answer))
    return as_read_back


def differences(stored: Stored) -> Iterator[Difference]:
    """Each field of a stored answer that would come out otherwise today."""
    before, after = stored.answer or {}, answer_now(stored.case, stored.answer)
    for field in dict.fromkeys((*before, *after)):
        if field not in NOT_COMPARED and before.get(field) != after.get(field):
            yield Difference(stored.case.name, field, before.get(field), after.get(field))


def store(stored: Stored) -> None:
    """Write today's answer beside the case, in place of the one there."""
    text = json.dumps(answer_now(stored.case, stored.answer), indent=2, ensure_ascii=False)
    answer_of(stored.case).write_text(text + "\n", encoding="utf-8")


def _is_case(file: Path) -> bool:
    return file.is_file() and file.suffix in (".yaml", ".yml", ".json") and not file.name.endswith(ANSWER)


def _read_answer(file: Path) -> dict[str, Any] | None:
    if not file.exists():
        return None
    try:
        answer = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Refusal(Problem(file.name, f"cannot be read: {error}", "Store the answer again with --store")) from None
    if not isinstance(answer, dict):
        raise Refusal(Problem(file.name, "is not an answer", "Store the answer again with --store"))
    return answer

"""Rows of which something is not told: answered where it cannot matter, refused where it does."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from farthing.caseload.columns import Columns
from farthing.engine import many
from farthing.engine.asking import Unknown, ask
from farthing.engine.kinds import Choices
from farthing.engine.law import Law, Plan, Policy
from farthing.law import ANSWERS

_LARGEST_CODE = 2**62


@dataclass(slots=True)
class Settled:
    """A batch's answers as far as they are known.

    ``unknown`` is True where an answer waits for something not told, by answer. ``waiting`` holds the rows that cannot
    be answered, by place in the batch, each with what must be told first.
    """

    values: dict[str, np.ndarray]
    unknown: dict[str, np.ndarray]
    waiting: list[tuple[int, list[str]]]


def settle(policy: Policy, columns: Columns, values: Mapping[str, np.ndarray]) -> Settled:
    """Correct answers that were read as if every gap were told.

    First yes/no facts that no rule about the row turns on are let be; then every row of the same settings with the same
    gaps is asked about at once; only what is still open is asked row by row.
    """
    settled = Settled(dict(values), {}, [])
    if not columns.gaps:
        return settled
    columns = copy(columns)
    columns.gaps = _that_matter(policy, columns)
    rows = columns.with_gaps(policy.plan.keys)
    if rows.any():
        _by_pattern(policy, columns, rows, settled)
        for row in np.flatnonzero(rows).tolist():
            _one_row(policy, columns, row, settled)
    return settled


def _that_matter(policy: Policy, columns: Columns) -> dict[str, np.ndarray]:
    """The gaps without those in yes/no facts whose rules say the same of the row either way."""
    gaps = dict(columns.gaps)
    for name in policy.plan.facts:
        if name not in gaps or policy.law.facts[name].unit != "yes/no":
            continue
        plan = _readers_of(policy.law, policy.plan, name)
        if plan is None:
            continue
        either = [_read_with(policy, plan, columns, {name: value}) for value in (False, True)]
        same = np.ones(columns.people, np.bool_)
        for rule in plan.answers:
            same &= either[0][rule] == either[1][rule]
        same &= ~columns.with_gaps(frozenset(plan.facts) - {name})
        gaps[name] = gaps[name] & ~same
        if not gaps[name].any():
            del gaps[name]
    return gaps


@lru_cache(maxsize=256)
def _readers_of(law: Law, plan: Plan, fact: str) -> Plan | None:
    """The rules that read a fact, as a plan; None where any of them rests on a list or is read an item at a time."""
    readers = [step for step in plan.case_steps if fact in step.keys]
    if any(step.rule.each for step in readers):
        return None
    found = law.plan(tuple(step.rule.name for step in readers))
    return found if not found.lists else None


def _read_with(policy: Policy, plan: Plan, columns: Columns, instead: Mapping[str, Any]) -> dict[str, np.ndarray]:
    narrowed = copy(policy)
    narrowed.plan = plan
    narrowed.settled = {**policy.settled, **columns.given, **instead}
    held = {name: columns.facts[name] for name in plan.facts if name in columns.facts and name not in instead}
    return many.read(narrowed, held, {}, columns.people)


def _by_pattern(policy: Policy, columns: Columns, rows: np.ndarray, settled: Settled) -> None:
    """Unmark the rows whose gaps do not matter in settings like theirs, whatever the amounts.

    At most they leave empty an answer that is read straight from what is not told. What is the same for every row is
    looked at first, which is often enough.
    """
    gaps = _gaps_a_person(policy, columns)
    discrete = [name for name in policy.plan.facts if _is_discrete(policy.law, name)]
    same = [name for name in discrete if name in columns.given]
    for names in (same, discrete):
        places = np.flatnonzero(rows)
        marks = {name: columns.facts[name][places] for name in names if name in columns.facts}
        which, firsts = _alike([*marks.values(), *(gap[places] for gap in gaps.values())], len(places))
        for number, first in enumerate(firsts.tolist()):
            untold = frozenset(name for name, gap in gaps.items() if gap[places[first]])
            known = tuple(
                (name, marks[name][first].item() if name in marks else columns.given[name])
                for name in names
                if name not in untold
            )
            waiting = _waiting(policy, known, untold)
            if any(name in ANSWERS or untold.isdisjoint(policy.law.step(name).keys) for name in waiting):
                continue
            alike = places[which == number] if len(firsts) > 1 else places
            rows[alike] = False
            for name in waiting:
                settled.unknown.setdefault(name, np.zeros(columns.people, np.bool_))[alike] = True


def _alike(columns: list[np.ndarray], rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Which group of equal rows each row is of, and where the first of each group is."""
    codes, size = np.zeros(rows, np.int64), 1
    for column in columns:
        most = int(column.max(initial=0)) + 1
        if size * most > _LARGEST_CODE:
            codes = np.unique(codes, return_inverse=True)[1]
            size = int(codes.max(initial=0)) + 1
        if most > 1:
            codes, size = codes * most + column, size * most
    if size == 1:
        return codes, np.zeros(min(rows, 1), np.int64)
    _, firsts, which = np.unique(codes, return_index=True, return_inverse=True)
    return which, firsts


def _is_discrete(law: Law, name: str) -> bool:
    return isinstance(law.facts[name].unit, Choices) or law.facts[name].unit == "yes/no"


def _gaps_a_person(policy: Policy, columns: Columns) -> dict[str, np.ndarray]:
    """Each fact and list with a gap the plan could mind, True for the people it is not told of."""
    found: dict[str, np.ndarray] = {}
    for key, gap in columns.gaps.items():
        list_name, dot, _ = key.partition(".")
        if dot and key in policy.plan.keys:
            people = np.zeros(columns.people, np.bool_)
            people[np.searchsorted(columns.starts[list_name], np.flatnonzero(gap), side="right") - 1] = True
            found[list_name] = found[list_name] | people if list_name in found else people
        elif not dot and (key in policy.plan.facts or key in policy.plan.lists):
            found[key] = found[key] | gap if key in found else gap
    return found


@lru_cache(maxsize=65_536)
def _waiting(policy: Policy, known: tuple[tuple[str, Any], ...], untold: frozenset[str]) -> frozenset[str]:
    """The answers that may wait for something among ``untold``, when all that is known is these settings."""
    values, _ = ask(policy, dict(known))
    return frozenset(
        name
        for name in policy.plan.answers
        if isinstance(value := values[name], Unknown) and not untold.isdisjoint(value.facts)
    )


def _one_row(policy: Policy, columns: Columns, row: int, settled: Settled) -> None:
    told = columns.told(row, policy.law)
    _, waiting = ask(_answers_only(policy), told)
    if waiting:
        settled.waiting.append((row, waiting))
        return
    values, _ = ask(policy, told)
    for name in policy.plan.answers:
        if isinstance(values[name], Unknown):
            settled.unknown.setdefault(name, np.zeros(columns.people, np.bool_))[row] = True
        else:
            settled.values[name][row] = values[name]


@lru_cache(maxsize=64)
def _answers_only(policy: Policy) -> Policy:
    narrowed = copy(policy)
    narrowed.plan = policy.law.plan(ANSWERS)
    return narrowed

"""Drawing invented people: the distributions of ``population.yaml`` made ready, and columns made of what was drawn."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from farthing.base.days import day
from farthing.base.money import pence
from farthing.base.yaml_files import written_in
from farthing.engine.facts import Fact
from farthing.engine.kinds import Choices
from farthing.law import law

DRAWN_TOGETHER = 16_384
"""People drawn from one stream of numbers. Changing it changes everybody."""

_FIRST_ARROW_DAY = day("1970-01-01")
_THOUSAND = 1000


@dataclass(frozen=True)
class Table:
    """One distribution, ready to draw from: for each group and each of a thousand rolls, which row it falls on."""

    names: tuple[str, ...]
    groups: tuple[str, ...]
    rows: np.ndarray
    starts: np.ndarray
    spans: np.ndarray


@cache
def tables() -> dict[str, Table]:
    """Every distribution by name. Raises ``ValueError`` for one whose shares are not a thousand, or that has no source."""
    written = written_in(Path(__file__).with_name("population.yaml"))
    return {name: _table(name, entry) for name, entry in written.items()}


def _table(name: str, entry: dict[str, Any]) -> Table:
    if not ("source" in entry or "assumed" in entry):
        raise ValueError(f"population.yaml: {name} has neither source nor assumed")
    given = entry["shares"] if "shares" in entry else entry["amounts"]
    grouped = isinstance(given, dict) and not all(isinstance(value, int) for value in given.values())
    by_group = given if grouped else {"": given}
    read = pence if "£" in entry.get("unit", "") else int
    names = tuple(dict.fromkeys(each for shares in by_group.values() for each in shares)) if "shares" in entry else ()
    rows, starts, spans = list[np.ndarray](), list[int](), list[int]()
    for group, row in by_group.items():
        if "shares" in entry:
            shares = [(names.index(each), share) for each, share in row.items()]
        else:
            shares = [(len(starts) + number, share) for number, (share, _, _) in enumerate(row)]
            starts += [read(low) for _, low, _ in row]
            spans += [read(high) - read(low) for _, low, high in row]
        if sum(share for _, share in shares) != _THOUSAND:
            raise ValueError(f"population.yaml: the shares of {name} {group} are not {_THOUSAND} in all")
        rows.append(np.repeat([number for number, _ in shares], [share for _, share in shares]))
    return Table(
        names, tuple(by_group), np.array(rows, np.int16), np.array(starts, np.int64), np.array(spans, np.int64)
    )


class Draw:
    """Draws for the people of one stream."""

    def __init__(self, seed: int, stream: int):
        self.numbers = np.random.default_rng([seed, stream])

    def _row(self, table: Table, group: Any) -> np.ndarray:
        rolls = self.numbers.integers(0, _THOUSAND, DRAWN_TOGETHER, dtype=np.uint16)
        return table.rows[0].take(rolls) if group is None else table.rows[group, rolls]

    def of(self, name: str, choices: Choices | None = None, group: Any = None) -> np.ndarray:
        """A choice each, by its number in ``choices`` or else in the table; -1 for "not_there"."""
        table = tables()[name]
        known = (choices or Choices(name, table.names)).names
        numbers = [-1 if each == "not_there" else known.index(each) for each in table.names]
        return np.array(numbers, np.int8).take(self._row(table, group))

    def chance(self, name: str, group: Any = None) -> np.ndarray:
        """A yes or no each."""
        return np.array([each == "yes" for each in tables()[name].names]).take(self._row(tables()[name], group))

    def amount(self, name: str, group: Any = None) -> np.ndarray:
        """An amount each, in the unit of the table (pence for money)."""
        table = tables()[name]
        row = self._row(table, group)
        parts = self.numbers.integers(0, 2**32, DRAWN_TOGETHER, dtype=np.uint32).astype(np.int64)
        return table.starts.take(row) + (table.spans.take(row) * parts >> 32)


def group_of(name: str, **places: Any) -> np.ndarray:
    """The number of each person's group in a table, from where each group holds."""
    found = np.zeros(DRAWN_TOGETHER, np.int8)
    for group, where in places.items():
        found[where] = tables()[name].groups.index(group)
    return found


@dataclass
class Items:
    """A list column in the making: one place an item, filled for those who have it."""

    name: str
    places: list[tuple[np.ndarray, dict[str, Any]]] = field(default_factory=list)

    def add(self, where: np.ndarray, kind: Any, **facts: Any) -> None:
        """An item for those in ``where`` with a kind that is not -1. What is not given is left out."""
        self.places.append((where & (np.asarray(kind) >= 0), {"kind": kind, **facts}))

    def array(self) -> tuple[pa.Field, pa.Array]:
        """The column."""
        there = np.stack([where for where, _ in self.places], axis=1)
        places = np.flatnonzero(there)
        fields, arrays = [], []
        for fact in law().lists[self.name].facts.values():
            given = [facts.get(fact.name) for _, facts in self.places]
            if all(each is None for each in given):
                continue
            columns = [np.broadcast_to(0 if each is None else each, DRAWN_TOGETHER) for each in given]
            untold = np.array([each is None for each in given])
            values = np.stack(columns, axis=1).ravel().take(places)
            mask = untold.take(places % len(untold)) if untold.any() else None
            if fact.name == "occupied_by":
                mask = values < 0 if mask is None else mask | (values < 0)
            fields.append(field_of(fact))
            arrays.append(array_of(fact, values, mask))
        offsets = np.zeros(DRAWN_TOGETHER + 1, np.int32)
        np.cumsum(there.sum(axis=1), out=offsets[1:])
        items = pa.StructArray.from_arrays(arrays, fields=fields)
        return pa.field(self.name, pa.list_(items.type)), pa.ListArray.from_arrays(pa.array(offsets), items)


def field_of(fact: Fact) -> pa.Field:
    """The Arrow field of a fact, as a caseload table has it."""
    if isinstance(fact.unit, Choices):
        return pa.field(fact.name, pa.dictionary(pa.int8(), pa.string()))
    if "£" in fact.unit:
        return pa.field(fact.name, pa.int64(), metadata={"unit": "pence"})
    return pa.field(fact.name, {"yes/no": pa.bool_(), "date": pa.date32()}.get(fact.unit, pa.int64()))


def array_of(fact: Fact, values: np.ndarray, mask: np.ndarray | None = None) -> pa.Array:
    """Values of a fact as Arrow; where ``mask`` is True, nothing is told."""
    if isinstance(fact.unit, Choices):
        indices = pa.array(values.astype(np.int8), mask=mask)
        return pa.DictionaryArray.from_arrays(indices, pa.array(fact.unit.names))
    if fact.unit == "date":
        return pa.array((values - _FIRST_ARROW_DAY).astype(np.int32), pa.date32(), mask=mask)
    return pa.array(values.astype(np.bool_ if fact.unit == "yes/no" else np.int64), mask=mask)

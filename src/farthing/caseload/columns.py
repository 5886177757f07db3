"""A batch of a caseload as columns the law can be read with: checked row by row, with what was left out filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from farthing.caseload.rows import RowReader
from farthing.caseload.shape import REFERENCE, check
from farthing.engine.law import Law


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be read, by its number in the table (the first is 1), with one thing that is wrong with it."""

    row: int
    field: str
    problem: str
    what_to_do: str


@dataclass(slots=True)
class Columns:
    """So many people, in columns.

    ``facts`` holds an array a fact ("born"), a row a person, and an array an item fact ("capital.value"), a row an
    item: pence, day numbers and counts as int64, yes/no as bool, choices and kinds by number as int8. ``starts`` has each
    list's start positions, one longer than there are people. ``given`` holds the facts that are the same for every row
    because no column tells them. ``gaps`` is True where a fact is not told: a row a person for a person's fact or a
    whole list ("capital"), a row an item for an item's; what ``facts`` or ``given`` hold there means nothing.
    """

    people: int
    facts: dict[str, np.ndarray]
    starts: dict[str, np.ndarray]
    given: dict[str, int | bool]
    gaps: dict[str, np.ndarray] = field(default_factory=dict)
    reference: pa.Array | None = None

    def take(self, kept: np.ndarray) -> "Columns":
        """The people for whom ``kept`` is True."""
        of_items = {name: np.repeat(kept, np.diff(starts)) for name, starts in self.starts.items()}
        starts = {}
        for name, at in self.starts.items():
            starts[name] = np.zeros(int(kept.sum()) + 1, np.int64)
            np.cumsum(np.diff(at)[kept], out=starts[name][1:])

        def taken(columns: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
            return {key: column[_rows_of(key, kept, of_items)] for key, column in columns.items()}

        reference = self.reference.filter(pa.array(kept)) if self.reference is not None else None
        gaps = {key: gap for key, gap in taken(self.gaps).items() if gap.any()}
        return Columns(int(kept.sum()), taken(self.facts), starts, self.given, gaps, reference).settled()

    def settled(self) -> "Columns":
        """The same, with every array marked as not to be written to, so that all batches are of one type."""
        for column in (*self.facts.values(), *self.starts.values()):
            column.flags.writeable = False
        return self

    def with_gaps(self, keys: frozenset[str]) -> np.ndarray:
        """The people of whom something among these keys is not told: a yes/no a person."""
        rows = np.zeros(self.people, np.bool_)
        for key, gap in self.gaps.items():
            list_name, dot, _ = key.partition(".")
            if dot and key in keys:
                rows[np.searchsorted(self.starts[list_name], np.flatnonzero(gap), side="right") - 1] = True
            elif not dot and (key in keys or any(each.startswith(f"{key}.") for each in keys)):
                rows |= gap
        return rows

    def told(self, row: int, law: Law) -> dict[str, Any]:
        """What is told of one person, for the reading that asks: None for a gap, a tuple for a list's fact."""
        told: dict[str, Any] = {}
        for key in (*self.facts, *self.given):
            list_name, dot, _ = key.partition(".")
            if not dot and key not in law.facts:
                continue
            if dot and list_name in self.gaps and self.gaps[list_name][row]:
                told[key] = None
                continue
            low, high = self.starts[list_name][row : row + 2].tolist() if dot else (row, row + 1)
            held = self.facts[key][low:high].tolist() if key in self.facts else [self.given[key]] * (high - low)
            if key in self.gaps:
                gaps = self.gaps[key][low:high].tolist()
                held = [None if gap else value for value, gap in zip(held, gaps, strict=True)]
            told[key] = tuple(held) if dot else held[0]
        return told


def _rows_of(key: str, kept: np.ndarray, of_items: Mapping[str, np.ndarray]) -> np.ndarray:
    list_name, dot, _ = key.partition(".")
    return of_items[list_name] if dot else kept


def from_batch(
    batch: pa.RecordBatch, law: Law, *, on: int, first_row: int = 1, numbers: np.ndarray | None = None
) -> tuple[Columns, np.ndarray, list[RefusedRow]]:
    """Read a batch whose first row is row ``first_row`` of its table, or whose rows have the ``numbers`` given.

    Gives the columns of the rows that can be read, their numbers in the table (int64), and what is wrong with each of
    the others. Raises ``Refusal`` where the table has a column that is unknown or of a wrong type.
    """
    check(batch.schema, law)
    reader = RowReader(batch, law, on)
    reader.read()
    reference = batch.column(REFERENCE) if REFERENCE in batch.schema.names else None
    columns = Columns(batch.num_rows, reader.facts, reader.starts, reader.given, reader.gaps, reference)
    if numbers is None:
        numbers = np.arange(first_row, first_row + batch.num_rows, dtype=np.int64)
    if not reader.wrong:
        return columns.settled(), numbers, []
    reader.wrong.sort(key=lambda each: each[0])
    refused = [
        RefusedRow(int(numbers[row]), place, wrong.problem, wrong.what_to_do) for row, place, wrong in reader.wrong
    ]
    kept = np.ones(batch.num_rows, np.bool_)
    kept[[row for row, _, _ in reader.wrong]] = False
    return columns.take(kept), numbers[kept], refused

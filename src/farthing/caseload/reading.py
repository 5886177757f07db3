"""The law read with a batch's columns, and the answers written down as an Arrow batch."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
import pyarrow as pa

from farthing.base.money import shown
from farthing.caseload.asking import settle
from farthing.caseload.columns import Columns, RefusedRow, from_batch
from farthing.engine import many
from farthing.engine.law import Law, Policy
from farthing.law import ALSO, ANSWERS, NOT_WITH_FULL_COST

MONEY = pa.decimal128(12, 2)
ROW = "row"
"""Stands in the answers for the reference of a table that has none: the row's number, the first being 1."""

PAYS_FULL_COST = "pays_full_cost"

REFUSED = pa.schema(
    [("row", pa.int64()), ("field", pa.string()), ("problem", pa.string()), ("what_to_do", pa.string())]
)
"""The refused rows as a table: a row for each thing that is wrong."""

ENOUGH_TO_COMPILE = 50_000
"""People in a batch from which compiling the law pays for itself."""

_MOST = 10**12
"""Pence that no longer fit ``MONEY``."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers of one batch, in the order of its rows; those refused; and how many rows were refused."""

    answers: pa.RecordBatch
    refused: list[RefusedRow]
    refused_rows: int


def answers(policy: Policy, columns: Columns) -> dict[str, np.ndarray]:
    """Each of the plan's answers as a column: pence and weeks as int64, yes/no as bool. Gaps are read as if told."""
    if columns.people >= ENOUGH_TO_COMPILE:
        try:
            from farthing.caseload import compiled
        except ImportError:
            pass
        else:
            return compiled.read(policy, columns)
    held = {key: column for key, column in columns.facts.items() if key in policy.plan.keys}
    starts = {name: columns.starts[name] for name in policy.plan.lists}
    return many.read(policy.with_given(columns.given), held, starts, columns.people)


def wanted(names: tuple[str, ...] | None) -> tuple[str, ...]:
    """The answers asked for, or all of them."""
    return names if names is not None else (*ANSWERS, *ALSO)


def read_for(names: tuple[str, ...]) -> tuple[str, ...]:
    """What the law must be read for so that these answers can be given, refused, or left empty."""
    return tuple(dict.fromkeys((*names, *ANSWERS, PAYS_FULL_COST)))


def answer_schema(law: Law, names: tuple[str, ...], reference: pa.DataType | None) -> pa.Schema:
    """The schema of the answers. ``reference`` is the type of the table's own, None where it has none."""
    first = pa.field("reference", reference) if reference is not None else pa.field(ROW, pa.int64())
    return pa.schema([first, *(pa.field(name, _type_of(law, name)) for name in names)])


def _type_of(law: Law, name: str) -> pa.DataType:
    unit = law.unit_of(name)
    if unit == "yes/no":
        return pa.bool_()
    return MONEY if "£" in unit else pa.int64()


def answer(
    policy: Policy,
    batch: pa.RecordBatch,
    *,
    names: tuple[str, ...],
    first_row: int = 1,
    numbers: np.ndarray | None = None,
) -> Answered:
    """Answer for each row of a batch that can be read; ``policy`` is of a plan for at least ``read_for(names)``.

    ``first_row`` is the number of the batch's first row in its table, or ``numbers`` holds all of them. Raises
    ``Refusal`` for a table of a wrong shape.
    """
    columns, rows, refused = from_batch(batch, policy.law, on=policy.on, first_row=first_row, numbers=numbers)
    values = answers(policy, columns)
    settled = settle(policy, columns, values)
    kept = np.ones(columns.people, np.bool_)
    for place, missing in settled.waiting:
        kept[place] = False
        refused.append(not_told(policy.law, int(rows[place]), missing))
    for name in names:
        if "£" in str(policy.law.unit_of(name)):
            kept &= fits(name, settled.values[name], rows, kept, refused)
    refused.sort(key=lambda each: each.row)
    given = answered_batch(policy.law, names, columns.reference, rows, settled.values, settled.unknown, kept)
    return Answered(given, refused, batch.num_rows - given.num_rows)


def not_told(law: Law, row: int, missing: list[str]) -> RefusedRow:
    """The refusal of a row that waits for what is missing."""
    what_to_do = f"Tell {'it' if len(missing) == 1 else 'them'}"
    if any(name in law.lists for name in missing):
        what_to_do += ". A list that holds nothing is told by an empty list (in CSV: none)"
    return RefusedRow(row, missing[0], f"not told: {', '.join(missing)}", what_to_do)


def fits(name: str, values: np.ndarray, rows: np.ndarray, kept: np.ndarray, refused: list[RefusedRow]) -> np.ndarray:
    """Where an answer fits into ``MONEY``; the kept rows where it does not are refused."""
    if not len(values) or (int(values.max()) < _MOST and int(values.min()) > -_MOST):
        return kept
    beyond = kept & ((values >= _MOST) | (values <= -_MOST))
    for place in np.flatnonzero(beyond).tolist():
        problem = f"comes to {shown(int(values[place]))}, more than a table of answers holds"
        refused.append(RefusedRow(int(rows[place]), name, problem, "Check the amounts of this row"))
    return ~beyond


def answered_batch(
    law: Law,
    names: tuple[str, ...],
    reference: pa.Array | None,
    rows: np.ndarray,
    values: Mapping[str, np.ndarray],
    unknown: Mapping[str, np.ndarray],
    kept: np.ndarray,
) -> pa.RecordBatch:
    """The kept rows as an Arrow batch; empty where ``unknown`` is True or the answer has no meaning."""
    schema = answer_schema(law, names, None if reference is None else reference.type)
    arrays = [reference if reference is not None else pa.array(rows)]
    full_cost = values[PAYS_FULL_COST]
    for name, field in zip(names, list(schema)[1:], strict=True):
        empty = unknown.get(name)
        if name in NOT_WITH_FULL_COST:
            empty = full_cost if empty is None else full_cost | empty
        arrays.append(_array(values[name], empty, field.type))
    batch = pa.RecordBatch.from_arrays(arrays, schema=schema)
    return batch if kept.all() else batch.filter(pa.array(kept))


def _array(values: np.ndarray, empty: np.ndarray | None, kind: pa.DataType) -> pa.Array:
    if not pa.types.is_decimal(kind):
        return pa.array(values, type=kind, mask=empty)
    return money_array(values, empty)


def money_array(values: np.ndarray, empty: np.ndarray | None) -> pa.Array:
    """Whole pence (int64) as ``MONEY``, by their bytes; null where ``empty`` is True."""
    halves = np.empty((len(values), 2), np.int64)
    halves[:, 0] = values
    np.right_shift(values, 63, out=halves[:, 1])
    valid = None if empty is None else pa.py_buffer(np.packbits(~empty, bitorder="little"))
    return pa.Array.from_buffers(MONEY, len(values), [valid, pa.py_buffer(halves)])


def refused_table(refused: list[RefusedRow]) -> pa.Table:
    """The refused rows as a table of ``REFUSED``."""
    return pa.Table.from_pylist([asdict(each) for each in refused], schema=REFUSED)

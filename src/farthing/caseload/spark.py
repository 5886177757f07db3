"""A Spark data frame in, a Spark data frame out: the same pure function, mapped over Arrow batches."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from farthing.caseload import assess_batch, day_number, names_of, policy_for
from farthing.caseload.columns import RefusedRow
from farthing.caseload.reading import ROW, answer_schema
from farthing.caseload.shape import REFERENCE, check, says_pence
from farthing.law import law

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

REFUSED = "refused"
"""The column that says why a row has no answers; null where it has them."""

_PENCE = {"unit": "pence"}


def assess(frame: "DataFrame", *, council: str, on: date | str, answers: tuple[str, ...] | None = None) -> "DataFrame":
    """Assess every row of a frame; there is a row of answers for each, in the frame's order within a partition.

    A row that cannot be read or answered stays: its answers are null and ``refused`` says what is wrong, because rows
    of a frame have no numbers. Give a ``reference`` column to know them by. Whole pence are columns of integers whose
    field metadata says ``{"unit": "pence"}``. Raises ``Refusal`` as ``farthing.caseload.assess`` does, before any row
    is read.
    """
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    policy_for(council, on, answers)
    schema = _said_pence(to_arrow_schema(frame.schema), frame)
    check(schema, law())
    target = _with_refused(schema, answers)
    day = day_number(on)

    def run(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return _answered(batches, schema, council, date.fromordinal(day), answers)

    return frame.mapInArrow(run, from_arrow_schema(target))


def _answered(
    batches: Iterable[pa.RecordBatch],
    schema: pa.Schema,
    council: str,
    on: date,
    answers: tuple[str, ...] | None,
) -> Iterator[pa.RecordBatch]:
    policy, _ = policy_for(council, on, answers)
    target = _with_refused(schema, answers)
    for batch in batches:
        told = pa.RecordBatch.from_arrays(batch.columns, schema=_typed(schema, batch.schema))
        numbered = _without_reference(told)
        given = assess_batch(numbered, policy, answers=answers)
        yield _one_row_each(told, given.answers, given.refused, target)


def _one_row_each(
    told: pa.RecordBatch, answered: pa.RecordBatch, refused: list[RefusedRow], target: pa.Schema
) -> pa.RecordBatch:
    """The answers put back in the places of their rows, with nulls where a row was refused."""
    places = np.full(told.num_rows, -1, np.int64)
    places[answered.column(ROW).to_numpy() - 1] = np.arange(answered.num_rows)
    takes = pa.array(places, mask=places < 0)
    why: list[str | None] = [None] * told.num_rows
    for each in refused:
        said = f"{each.field} {each.problem}. {each.what_to_do}"
        before = why[each.row - 1]
        why[each.row - 1] = f"{before}; {said}" if before else said
    arrays = []
    for field in target:
        if field.name == REFERENCE:
            arrays.append(told.column(REFERENCE).cast(field.type))
        elif field.name == REFUSED:
            arrays.append(pa.array(why, pa.string()))
        else:
            arrays.append(answered.column(field.name).take(takes))
    return pa.RecordBatch.from_arrays(arrays, schema=target)


def _with_refused(schema: pa.Schema, answers: tuple[str, ...] | None) -> pa.Schema:
    place = schema.get_field_index(REFERENCE)
    fields = [schema.field(place)] if place >= 0 else []
    fields += list(answer_schema(law(), names_of(answers), None))[1:]
    return pa.schema([*fields, pa.field(REFUSED, pa.string())])


def _without_reference(batch: pa.RecordBatch) -> pa.RecordBatch:
    return batch.drop_columns([REFERENCE]) if REFERENCE in batch.schema.names else batch


def _said_pence(schema: pa.Schema, frame: "DataFrame") -> pa.Schema:
    """The Arrow schema of the frame, with what its fields' metadata says of pence."""
    fields = []
    for field, own in zip(schema, frame.schema.fields, strict=True):
        inner = getattr(getattr(own.dataType, "elementType", None), "fields", None)
        if inner is not None:
            items = [
                each.with_metadata(_PENCE if part.metadata.get("unit") == "pence" else None)
                for each, part in zip(field.type.value_type, inner, strict=True)
            ]
            field = field.with_type(pa.list_(pa.struct(items)))
        fields.append(field.with_metadata(_PENCE if own.metadata.get("unit") == "pence" else None))
    return pa.schema(fields)


def _typed(schema: pa.Schema, batch: pa.Schema) -> pa.Schema:
    """The batch's own types, with pence where the frame's schema says so."""
    fields = []
    for field, own in zip(schema, batch, strict=True):
        kind = own.type
        if pa.types.is_list(kind) and pa.types.is_struct(kind.value_type):
            items = [
                each.with_metadata(_PENCE if says_pence(said) else None)
                for each, said in zip(kind.value_type, field.type.value_type, strict=True)
            ]
            kind = pa.list_(pa.field(kind.value_field.name, pa.struct(items)))
        fields.append(pa.field(own.name, kind, metadata=_PENCE if says_pence(field) else None))
    return pa.schema(fields)

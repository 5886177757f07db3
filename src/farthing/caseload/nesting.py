"""A flat table, as CSV has it, into one with lists: "capital[0].kind" and "capital[0].value" are the first item's."""

import re
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from farthing.base.refusal import Problem, Refusal

NOTHING = "none"
"""What the first cell of a list says where the list is told and holds nothing. A list with all cells empty is not told."""

_ITEM = re.compile(r"(\w+)\[(\d{1,3})\](?:\.(\w+))?")


class Nesting:
    """How the columns of a flat table are put together, worked out once from their names.

    Raises ``Refusal`` for a name that looks like an item's and cannot be read as one.
    """

    def __init__(self, names: list[str]):
        self.plain = [name for name in names if "[" not in name]
        self.lists: dict[str, dict[str, dict[int, str]]] = {}
        problems = []
        for name in names:
            if "[" not in name:
                continue
            found = _ITEM.fullmatch(name)
            if found is None:
                what_to_do = "Name an item's column like capital[0].value, counting from nought"
                problems.append(Problem(name, "is not the name of an item's column", what_to_do))
                continue
            list_name, number, fact = found.groups()
            self.lists.setdefault(list_name, {}).setdefault(fact or "", {})[int(number)] = name
        for list_name, facts in self.lists.items():
            if list_name in self.plain:
                problems.append(Problem(list_name, "is a column beside those of its items", "Take one of them out"))
            elif "" in facts and len(facts) > 1:
                problems.append(Problem(list_name, "has items with and without parts", "Name all of them alike"))
        if problems:
            raise Refusal(*problems)

    def nest(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch with a list column for each list."""
        columns = {name: batch.column(name) for name in self.plain}
        for list_name, facts in self.lists.items():
            columns[list_name] = _list_column(batch, facts)
        return pa.RecordBatch.from_pydict(columns)

    def schema(self) -> pa.Schema:
        """The schema of what ``nest`` gives: text everywhere."""
        fields = [pa.field(name, pa.string()) for name in self.plain]
        for list_name, facts in self.lists.items():
            items = pa.string() if "" in facts else pa.struct([(fact, pa.string()) for fact in facts])
            fields.append(pa.field(list_name, pa.list_(items)))
        return pa.schema(fields)


def _list_column(batch: pa.RecordBatch, facts: Mapping[str, Mapping[int, str]]) -> pa.Array:
    """Items in their places; an empty one before a filled one stays, and is refused as an item without a kind."""
    people = batch.num_rows
    most = max(number for columns in facts.values() for number in columns) + 1
    filled = np.zeros((people, most), np.bool_)
    for columns in facts.values():
        for number, name in columns.items():
            filled[:, number] |= batch.column(name).is_valid().to_numpy(zero_copy_only=False)
    nothing = _says_nothing(batch, facts, filled)
    filled[nothing] = False
    lengths = np.where(filled.any(axis=1), most - np.argmax(filled[:, ::-1], axis=1), 0)
    offsets = np.zeros(people + 1, np.int32)
    np.cumsum(lengths, out=offsets[1:])
    untold = (lengths == 0) & ~nothing
    rows, numbers = np.nonzero(np.arange(most) < lengths[:, None])
    order = pa.array(numbers * people + rows)
    values = {}
    for fact, columns in facts.items():
        empty = pa.nulls(people, pa.string())
        cells = [batch.column(columns[number]) if number in columns else empty for number in range(most)]
        values[fact] = pa.concat_arrays(cells).take(order)
    items = values[""] if "" in values else pa.StructArray.from_arrays(list(values.values()), list(values))
    return pa.ListArray.from_arrays(pa.array(offsets), items, mask=pa.array(untold))


def _says_nothing(batch: pa.RecordBatch, facts: Mapping[str, Mapping[int, str]], filled: np.ndarray) -> np.ndarray:
    first = facts.get("kind", facts.get("", {})).get(0)
    if first is None:
        return np.zeros(batch.num_rows, np.bool_)
    says = pc.equal(batch.column(first), NOTHING).fill_null(False).to_numpy(zero_copy_only=False)
    return np.asarray(says & (filled.sum(axis=1) == 1))

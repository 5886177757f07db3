"""Two policies side by side: who would pay more, who less, by how much, and what it comes to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

import numpy as np
import pyarrow as pa

from farthing.base.money import pounds
from farthing.caseload import ROWS_AT_A_TIME, day_number, policy_for
from farthing.caseload.asking import Settled, settle
from farthing.caseload.columns import Columns, RefusedRow, from_batch
from farthing.caseload.reading import (
    MONEY,
    PAYS_FULL_COST,
    ROW,
    Answered,
    answers,
    fits,
    money_array,
    not_told,
    read_for,
    refused_table,
)
from farthing.caseload.scenario import Scenario, described, read_scenario
from farthing.caseload.shape import REFERENCE
from farthing.engine.constants import WEEKS_IN_A_YEAR
from farthing.engine.law import Policy
from farthing.law import law, plan

BANDS = (1, 5_00, 10_00, 20_00, 50_00, 100_00)
"""Where the bands of a difference start, in pence a week: from a penny to under £5, from £5 to under £10, and so on."""

_PENSION_AGE = "has_reached_pension_age"
_READ = ("weekly_charge", PAYS_FULL_COST, _PENSION_AGE)
_SETTING = "setting"
NOT_TOLD = "not told"
_COLUMNS = ("weekly_charge_before", "weekly_charge_after", "difference")


@dataclass(slots=True)
class Totals:
    """What the difference comes to for some people. Money is pence a week; ``*_year`` gives 52 weeks of it.

    ``bands`` counts people by their difference, in the order of ``band_names``: the largest fall first, no difference in
    the middle, the largest rise last. ``full_cost`` counts those who pay the full cost.
    """

    people: int = 0
    pay_more: int = 0
    pay_less: int = 0
    pay_same: int = 0
    before: int = 0
    after: int = 0
    full_cost_before: int = 0
    full_cost_after: int = 0
    bands: list[int] = field(default_factory=lambda: [0] * len(band_names()))

    @property
    def before_year(self) -> int:
        """What all pay in a year of 52 weeks, before."""
        return self.before * int(WEEKS_IN_A_YEAR)

    @property
    def after_year(self) -> int:
        """What all pay in a year of 52 weeks, after."""
        return self.after * int(WEEKS_IN_A_YEAR)

    def add(self, before: np.ndarray, after: np.ndarray, full_before: np.ndarray, full_after: np.ndarray) -> None:
        """Count some more people, a row each."""
        difference = after - before
        self.people += len(before)
        self.pay_more += int((difference > 0).sum())
        self.pay_less += int((difference < 0).sum())
        self.pay_same += int((difference == 0).sum())
        self.before += int(before.sum())
        self.after += int(after.sum())
        self.full_cost_before += int(full_before.sum())
        self.full_cost_after += int(full_after.sum())
        size = np.searchsorted(BANDS, np.abs(difference), side="right")
        counts = np.bincount(len(BANDS) + np.sign(difference) * size, minlength=len(self.bands))
        self.bands = [held + more for held, more in zip(self.bands, counts.tolist(), strict=True)]


def band_names() -> list[str]:
    """The bands of a difference in words, the largest fall first."""
    sizes = [f"£{pounds(low)} to £{pounds(high - 1)}" for low, high in pairwise(BANDS)]
    sizes.append(f"£{pounds(BANDS[-1])} or more")
    return [*(f"less by {each}" for each in reversed(sizes)), "the same", *(f"more by {each}" for each in sizes)]


@dataclass(slots=True)
class AllTotals:
    """The totals of everybody, and by setting and by pension age."""

    everybody: Totals = field(default_factory=Totals)
    by_setting: dict[str, Totals] = field(default_factory=dict)
    by_pension_age: dict[str, Totals] = field(default_factory=dict)


PENSION_AGES = ("below pension age", "pension age reached", NOT_TOLD)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A caseload under two policies.

    ``table`` has the reference (or the row's number), ``weekly_charge_before``, ``weekly_charge_after`` and
    ``difference`` for each row that both policies answer. ``refused`` is as for ``assess``; ``changes`` says in words
    what the scenario changes.
    """

    table: pa.Table
    refused: pa.Table
    totals: AllTotals
    changes: list[str]
    assumptions: dict[str, str]


def compare(
    table: pa.Table | Iterable[pa.RecordBatch], *, council: str, on: date | str, against: Scenario
) -> Comparison:
    """Assess every row under a council's policy of a day, and under the scenario's. Raises ``Refusal`` as ``assess`` does."""
    both = Comparing(council=council, on=on, against=against)
    batches = table.to_batches(max_chunksize=ROWS_AT_A_TIME) if isinstance(table, pa.Table) else table
    given, first = [], 1
    reference = (
        table.schema.field(REFERENCE).type if isinstance(table, pa.Table) and REFERENCE in table.schema.names else None
    )
    for batch in batches:
        if REFERENCE in batch.schema.names:
            reference = batch.schema.field(REFERENCE).type
        given.append(both.read(batch, np.arange(first, first + batch.num_rows, dtype=np.int64)))
        first += batch.num_rows
    answered = pa.Table.from_batches([each.answers for each in given], both.schema(reference))
    refused = refused_table([row for each in given for row in each.refused])
    return Comparison(answered, refused, both.totals, described(against), both.assumptions)


class Comparing:
    """Two policies, and the totals of the batches read under both so far."""

    def __init__(self, *, council: str, on: date | str, against: Scenario):
        self.before, self.assumptions = policy_for(council, on, _READ)
        self.after, assumed = against.policy(plan(read_for(_READ)), council=council, on=day_number(on))
        self.assumptions = {**self.assumptions, **assumed}
        self.totals = AllTotals()

    def schema(self, reference: pa.DataType | None) -> pa.Schema:
        """The schema of what ``read`` answers; ``reference`` is the type of the table's own."""
        first = pa.field(REFERENCE, reference) if reference is not None else pa.field(ROW, pa.int64())
        return pa.schema([first, *(pa.field(name, MONEY) for name in _COLUMNS)])

    def read(self, batch: pa.RecordBatch, numbers: np.ndarray) -> Answered:
        """Read a batch under both policies and add it to the totals. A row that either refuses is refused."""
        columns, rows, refused = from_batch(batch, law(), on=self.before.on, numbers=numbers)
        kept = np.ones(columns.people, np.bool_)
        before = self._under(self.before, columns, rows, kept, refused)
        after = self._under(self.after, columns, rows, kept, refused)
        refused.sort(key=lambda each: each.row)
        self._count(columns, before, after, kept)
        charges = before.values["weekly_charge"], after.values["weekly_charge"]
        reference = columns.reference if columns.reference is not None else pa.array(rows)
        arrays = [reference, *(money_array(each, None) for each in (*charges, charges[1] - charges[0]))]
        schema = self.schema(None if columns.reference is None else columns.reference.type)
        given = pa.RecordBatch.from_arrays(arrays, schema=schema).filter(pa.array(kept))
        return Answered(given, refused, batch.num_rows - given.num_rows)

    def _under(
        self, policy: Policy, columns: Columns, rows: np.ndarray, kept: np.ndarray, refused: list[RefusedRow]
    ) -> Settled:
        settled = settle(policy, columns, answers(policy, columns))
        for place, missing in settled.waiting:
            if kept[place]:
                kept[place] = False
                refused.append(not_told(policy.law, int(rows[place]), missing))
        kept &= fits("weekly_charge", settled.values["weekly_charge"], rows, kept, refused)
        return settled

    def _count(self, columns: Columns, before: Settled, after: Settled, kept: np.ndarray) -> None:
        def add(totals: Totals, where: np.ndarray) -> None:
            totals.add(*(held.values[name][where] for name in _READ[:2] for held in (before, after)))

        add(self.totals.everybody, kept)
        setting = np.broadcast_to(columns.facts.get(_SETTING, np.int8(columns.given.get(_SETTING, 0))), columns.people)
        told = ~columns.gaps[_SETTING] if _SETTING in columns.gaps else np.ones(columns.people, np.bool_)
        names = law().facts[_SETTING].unit.names
        for number, name in enumerate(names):
            where = kept & told & (setting == number)
            if where.any():
                add(self.totals.by_setting.setdefault(name, Totals()), where)
        if (kept & ~told).any():
            add(self.totals.by_setting.setdefault(NOT_TOLD, Totals()), kept & ~told)
        unknown = before.unknown.get(_PENSION_AGE, np.zeros(columns.people, np.bool_))
        reached = before.values[_PENSION_AGE]
        for name, where in zip(PENSION_AGES, (~reached & ~unknown, reached & ~unknown, unknown), strict=True):
            if (kept & where).any():
                add(self.totals.by_pension_age.setdefault(name, Totals()), kept & where)


__all__ = ["AllTotals", "Comparing", "Comparison", "Scenario", "Totals", "band_names", "compare", "read_scenario"]

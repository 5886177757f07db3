"""Whole caseloads: tables in, tables out. Arrow and numpy are imported here and nowhere nearer the law."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from farthing.base.days import day
from farthing.base.refusal import Problem, Refusal
from farthing.caseload.reading import Answered, answer, answer_schema, read_for, refused_table, wanted
from farthing.caseload.shape import REFERENCE, check
from farthing.councils import council as find_council
from farthing.engine.law import Policy
from farthing.law import law, plan

ROWS_AT_A_TIME = 131_072
"""Rows read, assessed and written at a time: what memory a caseload takes, however long it is."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """A caseload assessed.

    ``table`` has a row for each row that could be answered: the reference (or the row's number), then the answers.
    ``refused`` has row, field, problem and what_to_do for each thing wrong with the others. ``assumptions`` says for
    each slot of the council whose value no page of it states why that value was taken.
    """

    table: pa.Table
    refused: pa.Table
    assumptions: dict[str, str]


def assess(
    table: pa.Table | pa.RecordBatch, *, council: str, on: date | str, answers: tuple[str, ...] | None = None
) -> Assessed:
    """Assess every row of a table for a day in a council.

    ``answers`` names the rules whose values are wanted, all of ``law.ANSWERS`` and ``law.ALSO`` where left out. Raises
    ``Refusal`` for a table with an unknown column or one of a wrong type, an unknown council or answer, or a day
    without figures. A row that cannot be read or answered is in ``refused``, and the others are answered.
    """
    batches = table.to_batches(max_chunksize=ROWS_AT_A_TIME) if isinstance(table, pa.Table) else [table]
    names, (policy, assumptions) = names_of(answers), policy_for(council, on, answers)
    check(table.schema, policy.law)
    given = list(_answered(batches, policy, names))
    place = table.schema.get_field_index(REFERENCE)
    schema = answer_schema(policy.law, names, table.schema.field(place).type if place >= 0 else None)
    refused = [row for each in given for row in each.refused]
    return Assessed(
        pa.Table.from_batches([each.answers for each in given], schema), refused_table(refused), assumptions
    )


def assess_batches(
    batches: Iterable[pa.RecordBatch], *, council: str, on: date | str, answers: tuple[str, ...] | None = None
) -> Iterator[Answered]:
    """The same, a batch at a time and holding no more than one. Rows are numbered on from batch to batch."""
    policy, _ = policy_for(council, on, answers)
    return _answered(batches, policy, names_of(answers))


def assess_batch(
    batch: pa.RecordBatch, policy: Policy, *, answers: tuple[str, ...] | None = None, first_row: int = 1
) -> Answered:
    """The pure function under all of these: Arrow batch in, Arrow batch and refused rows out. See ``policy_for``."""
    return answer(policy, batch, names=names_of(answers), first_row=first_row)


def policy_for(council: str, on: date | str, answers: tuple[str, ...] | None = None) -> tuple[Policy, dict[str, str]]:
    """The law of a day in a council, for these answers; and what had to be assumed of the council, by slot."""
    filled = find_council(council).on(day_number(on))
    policy = Policy(plan(read_for(names_of(answers))), on=filled.day, slots=filled)
    return policy, {name: filled.assumed[name] for name in policy.plan.slots if name in filled.assumed}


def day_number(on: date | str) -> int:
    """A day, as a date or written as 2026-05-04, as a day number. Raises ``Refusal``."""
    if isinstance(on, date):
        return on.toordinal()
    try:
        return day(on)
    except ValueError as problem:
        raise Refusal(Problem("on", str(problem), "Write the day like 2026-05-04")) from None


def names_of(answers: tuple[str, ...] | None) -> tuple[str, ...]:
    """The answers asked for, or all. Raises ``Refusal`` for a name that is not one the law gives about a person."""
    names = wanted(answers)
    for name in names:
        if name not in law().rules or law().rules[name].each is not None:
            raise Refusal(
                Problem("answers", f"is not an answer the law gives: {name!r}", "Name a rule about the person")
            )
    return names


def _answered(batches: Iterable[pa.RecordBatch], policy: Policy, names: tuple[str, ...]) -> Iterator[Answered]:
    first_row = 1
    for batch in batches:
        yield answer(policy, batch, names=names, first_row=first_row)
        first_row += batch.num_rows


__all__ = ["ROWS_AT_A_TIME", "Answered", "Assessed", "assess", "assess_batch", "assess_batches", "policy_for"]

"""The shape of a caseload table: which columns there may be, of which types. A table of another is refused whole."""

from collections.abc import Iterator
from difflib import get_close_matches

import pyarrow as pa

from farthing.base.refusal import Problem, Refusal
from farthing.engine.facts import Fact
from farthing.engine.kinds import Choices
from farthing.engine.law import Law
from farthing.law.allowances.facts import PREMIUMS

REFERENCE = "reference"
"""The column that is carried through to the answers untouched: what the council knows the person by."""

PREMIUM_LIST = "premiums"
"""The column that may hold the premiums as a list of their names."""

MONEY_TYPES = (
    "Write pounds and pence as text or decimal128 with two places, "
    'or whole pence as int64 with the field metadata {"unit": "pence"}'
)
_MOST_DECIMALS = 2


def check(schema: pa.Schema, law: Law) -> None:
    """Raise ``Refusal`` with every column that is unknown, given twice or of a wrong type."""
    problems = list(_problems(schema, law))
    if problems:
        raise Refusal(*problems)


def _problems(schema: pa.Schema, law: Law) -> Iterator[Problem]:
    known = [*law.facts, *law.lists, PREMIUM_LIST, REFERENCE]
    for name in sorted({name for name in schema.names if schema.names.count(name) > 1}):
        yield Problem(name, "is a column twice", "Keep one of them")
    if not set(schema.names) & {*law.facts, *law.lists, PREMIUM_LIST}:
        yield Problem("", "the table has no column that tells anything", "Name its columns as in the case file")
    for field in schema:
        if field.name in law.facts:
            yield from _wrong_type(field, law.facts[field.name], field.name)
        elif field.name in law.lists:
            yield from _wrong_list(field, law.lists[field.name].facts)
        elif field.name == PREMIUM_LIST:
            yield from _wrong_premiums(field, schema)
        elif field.name == REFERENCE:
            if not (is_text(field.type) or pa.types.is_integer(field.type) or pa.types.is_null(field.type)):
                yield Problem(REFERENCE, f"is a column of {field.type}", "A reference is text or whole numbers")
        else:
            yield unknown(field.name, known, "column")


def unknown(name: str, known: list[str], what: str, place: str = "") -> Problem:
    """The problem of a name nobody declares, with the nearest one that somebody does."""
    near = get_close_matches(name, known, 1)
    what_to_do = f"Did you mean {near[0]!r}?" if near else f"A {what} is one of: {', '.join(known)}"
    return Problem(place or name, f"is not a known {what}: {name!r}" if place else f"is not a known {what}", what_to_do)


def is_text(kind: pa.DataType) -> bool:
    """Whether a column of this type holds text, as itself or in a dictionary."""
    if pa.types.is_dictionary(kind):
        return is_text(kind.value_type)
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def is_list(kind: pa.DataType) -> bool:
    """Whether a column of this type holds a list a row."""
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind))


def says_pence(field: pa.Field) -> bool:
    """Whether the field's metadata says that its whole numbers are pence."""
    return bool((field.metadata or {}).get(b"unit") == b"pence")


def _wrong_type(field: pa.Field, fact: Fact, place: str) -> Iterator[Problem]:
    kind = field.type
    if is_text(kind) or pa.types.is_null(kind):
        return
    unit = fact.unit
    if isinstance(unit, Choices):
        yield Problem(place, f"is a column of {kind}", f"Write each {unit.name} by its name, as text")
    elif unit == "yes/no":
        if not pa.types.is_boolean(kind):
            yield Problem(place, f"is a column of {kind}", "Write true or false, as bool")
    elif unit == "date":
        if not pa.types.is_date32(kind):
            yield Problem(place, f"is a column of {kind}", "Write dates as date32, or as text like 2026-05-04")
    elif "£" in unit:
        yield from _wrong_money(field, place)
    elif not pa.types.is_integer(kind):
        yield Problem(place, f"is a column of {kind}", "Write whole numbers, as int64")


def _wrong_money(field: pa.Field, place: str) -> Iterator[Problem]:
    kind = field.type
    if pa.types.is_floating(kind):
        yield Problem(place, f"is a column of {kind}, and no float may touch money", MONEY_TYPES)
    elif pa.types.is_integer(kind):
        if not says_pence(field):
            yield Problem(place, f"is a column of {kind} that does not say whether it is pounds or pence", MONEY_TYPES)
    elif not pa.types.is_decimal(kind) or pa.types.is_decimal256(kind):
        yield Problem(place, f"is a column of {kind}", MONEY_TYPES)
    elif not 0 <= kind.scale <= _MOST_DECIMALS:
        yield Problem(place, f"is a column of {kind}: money has two places, not {kind.scale}", MONEY_TYPES)


def _wrong_list(field: pa.Field, facts: dict[str, Fact]) -> Iterator[Problem]:
    if pa.types.is_null(field.type):
        return
    if not is_list(field.type) or not pa.types.is_struct(field.type.value_type):
        yield Problem(
            field.name, f"is a column of {field.type}", f"Write a list of struct<{', '.join(facts)}>, an item each"
        )
        return
    items = [field.type.value_type.field(place) for place in range(field.type.value_type.num_fields)]
    names = [item.name for item in items]
    for item in items:
        place = f"{field.name}.{item.name}"
        if item.name not in facts:
            yield unknown(item.name, list(facts), f"part of {field.name}", place)
        elif names.count(item.name) > 1:
            yield Problem(place, "is there twice", "Keep one of them")
        else:
            yield from _wrong_type(item, facts[item.name], place)
    if "kind" in facts and "kind" not in names:
        yield Problem(f"{field.name}.kind", "is missing", f"Every item of {field.name} has its kind")


def _wrong_premiums(field: pa.Field, schema: pa.Schema) -> Iterator[Problem]:
    if not pa.types.is_null(field.type) and not (is_list(field.type) and is_text(field.type.value_type)):
        yield Problem(PREMIUM_LIST, f"is a column of {field.type}", f"Write a list of text: {', '.join(PREMIUMS)}")
    for fact in PREMIUMS.values():
        if fact in schema.names:
            yield Problem(fact, "says again what premiums says", f"Keep {PREMIUM_LIST} or {fact}, not both")

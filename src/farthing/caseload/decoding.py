"""Arrow arrays into numpy columns, by the declaration of the fact. What cannot be read is named by its place."""

from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from farthing.base import days
from farthing.base.money import pounds
from farthing.caseload.shape import is_text
from farthing.engine.facts import Fact
from farthing.engine.kinds import Choices

TOO_MUCH = 10**14
"""No amount of money reaches so many pence: what the doors let in has at most twelve figures before the point."""

_FIRST_ARROW_DAY = days.day("1970-01-01")
_AMOUNT = r"^[0-9]{1,12}(\.[0-9]{1,2})?$"
_WHOLE_NUMBER = r"^[0-9]{1,9}$"
_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_NOT_KNOWN = -1


@dataclass(slots=True)
class Wrong:
    """What is wrong with the value at one place of an array, and what to do."""

    place: int
    problem: str
    what_to_do: str


@dataclass(slots=True)
class Decoded:
    """A column of a fact. ``untold`` is True where the table holds nothing, None where it always holds something.

    ``values`` are pence, day numbers, whole numbers (int64), yes/no (bool) or numbers of choices (int8); at an untold
    or wrong place they mean nothing.
    """

    values: np.ndarray
    untold: np.ndarray | None
    wrong: list[Wrong] = field(default_factory=list)


def dtype_of(fact: Fact) -> Any:
    """The numpy type of a column of the fact: always the same, whatever the table held."""
    if isinstance(fact.unit, Choices):
        return np.int8
    return np.bool_ if fact.unit == "yes/no" else np.int64


def decode(array: pa.Array, fact: Fact) -> Decoded:
    """Read one array whose type ``shape.check`` has let in."""
    kind = array.type
    if pa.types.is_null(kind):
        return Decoded(np.zeros(len(array), dtype_of(fact)), np.ones(len(array), np.bool_))
    untold = array.is_null().to_numpy(zero_copy_only=False) if array.null_count else None
    decoded = Decoded(np.empty(0), untold)
    if isinstance(fact.unit, Choices) or (fact.unit == "yes/no" and is_text(kind)):
        _by_name(array, fact, decoded)
    elif is_text(kind):
        _from_text(_plain_text(array), fact, decoded)
    elif fact.unit == "yes/no":
        decoded.values = _filled(array, False).to_numpy(zero_copy_only=False)
    elif pa.types.is_date32(kind):
        decoded.values = _held(array, np.int32).astype(np.int64)
        decoded.values += _FIRST_ARROW_DAY
    elif pa.types.is_decimal(kind):
        decoded.values = _pence(array, decoded)
    else:
        decoded.values = _held(array.cast(pa.int64(), safe=False), np.int64)
    _check_bounds(fact, decoded)
    return decoded


def _held(array: pa.Array, dtype: Any) -> np.ndarray:
    """The numbers of an array as they lie in memory, where a null holds any number: no copy, and not to be written to."""
    data = array.buffers()[1]
    if data is None:
        return np.zeros(len(array), dtype)
    return np.frombuffer(data, dtype)[array.offset : array.offset + len(array)]


def _filled(array: pa.Array, filler: Any) -> pa.Array:
    return array.fill_null(filler) if array.null_count else array


def _plain_text(array: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    return array.cast(pa.string()) if pa.types.is_string_view(array.type) else array


def _by_name(array: pa.Array, fact: Fact, decoded: Decoded) -> None:
    """Names are looked up once for each distinct one; a name nobody uses does no harm."""
    if not pa.types.is_dictionary(array.type):
        array = _plain_text(array).dictionary_encode()
    names = tuple(array.dictionary.to_pylist())
    table, wrong = _numbers(names, fact)
    values = table.take(_filled(array.indices, 0).to_numpy())
    if None in names:
        decoded.untold = pc.is_null(array.dictionary_decode()).to_numpy(zero_copy_only=False)
    if wrong:
        bad = values == _NOT_KNOWN
        if decoded.untold is not None:
            bad &= ~decoded.untold
        for place in np.flatnonzero(bad).tolist():
            decoded.wrong.append(Wrong(place, *wrong[array.indices[place].as_py()]))
    decoded.values = values.astype(np.bool_) if fact.unit == "yes/no" else values


@lru_cache(maxsize=256)
def _numbers(names: tuple[str | None, ...], fact: Fact) -> tuple[np.ndarray, dict[int, tuple[str, str]]]:
    table = np.full(max(len(names), 1), _NOT_KNOWN, np.int8)
    wrong = {}
    for place, name in enumerate(names):
        if name is None:
            continue
        try:
            table[place] = fact.read(name)
        except ValueError as problem:
            wrong[place] = str(problem), _one_of(name, fact)
    return table, wrong


def _one_of(name: str, fact: Fact) -> str:
    if not isinstance(fact.unit, Choices):
        return "Write true or false"
    near = get_close_matches(name, fact.unit.names, 1)
    return f"Did you mean {near[0]!r}?" if near else f"Write one of: {', '.join(fact.unit.names)}"


def _from_text(array: pa.Array, fact: Fact, decoded: Decoded) -> None:
    pattern, kind = (
        (_DATE, pa.date32())
        if fact.unit == "date"
        else (_AMOUNT, pa.decimal128(14, 2))
        if "£" in fact.unit
        else (_WHOLE_NUMBER, pa.int64())
    )
    well_written = pc.match_substring_regex(array, pattern)
    if not pc.all(well_written).as_py():
        array = _without(array, pc.invert(well_written), fact, decoded)
    try:
        read = array.cast(kind)
    except pa.ArrowInvalid:
        read = _without(array, _not_in_calendar(array), fact, decoded).cast(kind)
    if pa.types.is_date32(kind):
        decoded.values = _filled(read.view(pa.int32()), 0).to_numpy().astype(np.int64) + _FIRST_ARROW_DAY
    elif pa.types.is_decimal(kind):
        decoded.values = _pence(read, decoded)
    else:
        decoded.values = _filled(read, 0).to_numpy()


def _without(array: pa.Array, bad: pa.Array, fact: Fact, decoded: Decoded) -> pa.Array:
    """The text with what is badly written taken out, and said to be wrong."""
    bad = bad.fill_null(False)
    for place in np.flatnonzero(bad.to_numpy(zero_copy_only=False)).tolist():
        text = array[place].as_py()
        try:
            fact.read(text)
            problem = f"cannot be read: {text!r}"
        except ValueError as said:
            problem = str(said)
        decoded.wrong.append(Wrong(place, problem, _written_like(fact)))
    return pc.if_else(bad, pa.scalar(None, array.type), array)


def _not_in_calendar(array: pa.Array) -> pa.Array:
    encoded = array.dictionary_encode()
    bad = np.zeros(max(len(encoded.dictionary), 1), np.bool_)
    for place, text in enumerate(encoded.dictionary.to_pylist()):
        try:
            days.day(text)
        except ValueError:
            bad[place] = True
    return pa.array(bad.take(_filled(encoded.indices, 0).to_numpy()) & array.is_valid().to_numpy(zero_copy_only=False))


def _written_like(fact: Fact) -> str:
    if fact.unit == "date":
        return "Write the date like 2026-05-04"
    return "Write pounds and pence like 216.50" if "£" in fact.unit else "Write a whole number"


def _pence(array: pa.Array, decoded: Decoded) -> np.ndarray:
    """Decimals into whole pence by their bytes: sixteen a value, the lower eight of which hold every amount let in."""
    if not pa.types.is_decimal128(array.type):
        array = array.cast(pa.decimal128(38, array.type.scale))
    halves = np.frombuffer(array.buffers()[1], np.int64)[2 * array.offset : 2 * (array.offset + len(array))]
    lower, upper = halves[0::2], halves[1::2]
    times = 10 ** (2 - array.type.scale)
    told = array.is_valid().to_numpy(zero_copy_only=False) if array.null_count else np.ones(len(array), np.bool_)
    beyond = told & ((upper != lower >> 63) | (lower >= TOO_MUCH) | (lower <= -TOO_MUCH))
    if beyond.any():
        decoded.wrong.extend(_too_large(place) for place in np.flatnonzero(beyond).tolist())
    if array.null_count or beyond.any():
        return np.where(told & ~beyond, lower, 0) * times
    return lower * times if times > 1 else np.ascontiguousarray(lower)


def _too_large(place: int) -> Wrong:
    return Wrong(place, "is too large", "An amount has at most twelve figures before the point")


def _check_bounds(fact: Fact, decoded: Decoded) -> None:
    values = decoded.values
    if not len(values) or values.dtype != np.int64:
        return
    money = "£" in fact.unit
    most = TOO_MUCH - 1 if money and fact.most is None else fact.most
    low = fact.least is not None and int(values.min()) < fact.least
    high = most is not None and int(values.max()) > most
    if not (low or high):
        return
    bad = np.zeros(len(values), np.bool_)
    if low:
        bad |= values < fact.least
    if high:
        bad |= values > most
    if decoded.untold is not None:
        bad &= ~decoded.untold
    bad[[each.place for each in decoded.wrong]] = False
    for place in np.flatnonzero(bad).tolist():
        decoded.wrong.append(_outside(place, int(values[place]), fact, most))


def _outside(place: int, value: int, fact: Fact, most: int | None) -> Wrong:
    below = fact.least is not None and value < fact.least
    if fact.unit == "date":
        limit = fact.least if below else most
        assert limit is not None
        return Wrong(place, f"is {'before' if below else 'after'} {days.in_words(limit)}", "Check the date")
    if "£" not in fact.unit:
        problem = f"is below {fact.least}: {value}" if below else f"is above {most}: {value}"
        return Wrong(place, problem, "Check the number")
    if below:
        return Wrong(place, f"is below nought: {pounds(value)}", _written_like(fact))
    return _too_large(place)

"""Reading a batch: what each row holds, what is wrong with it, and what follows from it, with no loop over good rows.

What is told, left out, or follows from something else is as in the case file. A null is "left out".
"""

from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa

from farthing.base.days import in_words, moved_back
from farthing.caseload.decoding import Decoded, Wrong, decode
from farthing.caseload.shape import PREMIUM_LIST
from farthing.engine import many
from farthing.engine.facts import Fact, ItemList
from farthing.engine.kinds import Choices, Kinds
from farthing.engine.law import Law, Plan, Policy
from farthing.law.allowances.facts import PREMIUMS

ADULT = 18
CARE_HOME_RULE = "is_in_a_care_home"


class RowReader:
    """Reads one batch, gathering its columns, what is not told, and what is wrong in which row."""

    def __init__(self, batch: pa.RecordBatch, law: Law, on: int):
        self.batch, self.law, self.on, self.people = batch, law, on, batch.num_rows
        self.names = frozenset(batch.schema.names)
        self.facts: dict[str, np.ndarray] = {}
        self.given: dict[str, int | bool] = {}
        self.starts: dict[str, np.ndarray] = {}
        self.gaps: dict[str, np.ndarray] = {}
        self.wrong: list[tuple[int, str, Wrong]] = []

    def read(self) -> None:
        """Read every column the law declares, then settle what follows from others."""
        for fact in self.law.facts.values():
            self._fact(fact)
        if PREMIUM_LIST in self.names:
            self._premiums()
        for held in self.law.lists.values():
            self._list(held)
        self._check_people()
        self._settle_care()
        self._settle_wanted()

    # What is written

    def _fact(self, fact: Fact) -> None:
        name = fact.name
        if name in self.names:
            decoded = decode(self.batch.column(name), fact)
            self.wrong.extend((each.place, name, each) for each in decoded.wrong)
            self._keep(name, decoded, fact)
            return
        self.given[name] = _filler(fact)
        if fact.left_out is None:
            self.gaps[name] = np.ones(self.people, np.bool_)

    def _keep(self, key: str, decoded: Decoded, fact: Fact) -> None:
        self.facts[key] = decoded.values
        if decoded.untold is not None and decoded.untold.any():
            filler = np.array(_filler(fact), decoded.values.dtype)
            if decoded.values.flags.writeable:
                np.copyto(decoded.values, filler, where=decoded.untold)
            else:
                self.facts[key] = np.where(decoded.untold, filler, decoded.values)
            if fact.left_out is None:
                self.gaps[key] = decoded.untold

    def _premiums(self) -> None:
        array = self.batch.column(PREMIUM_LIST)
        starts, untold, items = _parts(array)
        fact = Fact("premium", _PREMIUM_NAMES, PREMIUM_LIST, "")
        decoded = decode(items, fact)
        people = np.repeat(np.arange(self.people), np.diff(starts))
        for each in decoded.wrong:
            row = int(people[each.place])
            self.wrong.append((row, f"{PREMIUM_LIST}[{each.place - int(starts[row])}]", each))
        if decoded.untold is not None:
            empty = Wrong(0, "is empty", "Name the premium, or take it out")
            self._items_wrong(PREMIUM_LIST, "", starts, decoded.untold, empty)
        for number, name in enumerate(PREMIUMS.values()):
            named = np.zeros(self.people, np.bool_)
            named[people[decoded.values == number]] = True
            self.facts[name] = named
            del self.given[name]
            self.gaps.pop(name, None)
            if untold is not None:
                self.gaps[name] = untold

    def _list(self, held: ItemList) -> None:
        array = self.batch.column(held.name) if held.name in self.names else None
        if array is None or pa.types.is_null(array.type):
            self.starts[held.name] = np.zeros(self.people + 1, np.int64)
            self.gaps[held.name] = np.ones(self.people, np.bool_)
            for fact in held.facts.values():
                self.given[f"{held.name}.{fact.name}"] = _filler(fact)
            return
        starts, untold, items = _parts(array)
        self.starts[held.name] = starts
        if untold is not None:
            self.gaps[held.name] = untold
        columns = dict(zip((each.name for each in items.type), items.flatten(), strict=True))
        for fact in held.facts.values():
            self._item_fact(held, fact, starts, columns.get(fact.name))
        if held.name == "capital":
            self._check_shares(starts)

    def _item_fact(self, held: ItemList, fact: Fact, starts: np.ndarray, array: pa.Array | None) -> None:
        key, items = f"{held.name}.{fact.name}", int(starts[-1])
        if array is not None:
            decoded = decode(array, fact)
            for each in decoded.wrong:
                self.wrong.append((*_place(held.name, starts, each.place, fact.name), each))
            self._keep(key, decoded, fact)
        else:
            self.given[key] = _filler(fact)
            if fact.left_out is None:
                self.gaps[key] = np.ones(items, np.bool_)
        if fact.wanted is not None and key in self.gaps:
            self._keep_gap(key, self.gaps[key] & _kind_column(held, fact.wanted).take(self.facts[f"{held.name}.kind"]))
        if fact.required and key in self.gaps:
            which = f" for this {fact.wanted}" if fact.wanted else ""
            names = fact.unit.names
            what_to_do = f"Write one of: {', '.join(names)}" if len(names) < 10 else f"Name the {fact.name}"
            missing = Wrong(0, f"is missing{which}", what_to_do)
            self._items_wrong(held.name, fact.name, starts, self.gaps.pop(key), missing)

    def _items_wrong(self, list_name: str, name: str, starts: np.ndarray, where: np.ndarray, wrong: Wrong) -> None:
        for place in np.flatnonzero(where).tolist():
            self.wrong.append((*_place(list_name, starts, place, name), wrong))

    def _keep_gap(self, key: str, gap: np.ndarray) -> None:
        if gap.any():
            self.gaps[key] = gap
        else:
            self.gaps.pop(key, None)

    # What is wrong with it

    def _check_people(self) -> None:
        born = self.facts.get("born")
        if born is None:
            return
        told = ~self._untold("born")
        for row in np.flatnonzero(told & (born > moved_back(self.on, ADULT))).tolist():
            late = f"is after the day assessed for, {in_words(self.on)}"
            young = f"makes the person younger than 18 on {in_words(self.on)}: the charging rules are for adults"
            wrong = Wrong(
                row, late if born[row] > self.on else young, "Check the date of birth and the day assessed for"
            )
            self.wrong.append((row, "born", wrong))
        if "moved_in" in self.facts:
            told = told & ~self._untold("moved_in")
            told[[row for row, _, _ in self.wrong]] = False
            for row in np.flatnonzero(told & (self.facts["moved_in"] < born)).tolist():
                problem = f"is before the person was born, {in_words(int(born[row]))}"
                self.wrong.append((row, "moved_in", Wrong(row, problem, "Check both dates")))

    def _check_shares(self, starts: np.ndarray) -> None:
        owners, percent = self.facts.get("capital.owners"), self.facts.get("capital.owned_percent")
        if owners is None or percent is None:
            return
        both = Wrong(0, "is given together with owners", "Give owned_percent or owners, not both")
        self._items_wrong("capital", "owned_percent", starts, (owners > 1) & (percent != 100), both)

    # What follows from it

    def _settle_care(self) -> None:
        """What the cost of care, the services and the price of a place say of each other."""
        at_care_home = self._holds(CARE_HOME_RULE)
        costed = ~self._untold("weekly_cost")
        cost = self._values("weekly_cost")
        self._fill("usual_rate", at_care_home & costed & self._untold("usual_rate"), cost)
        listed = np.diff(self.starts["services"]) > 0
        services_told = ~self._untold("services")
        self._fill("weekly_cost", listed | (~costed & (services_told | at_care_home)), 0)
        self._keep_gap("services", ~services_told & ~(costed | at_care_home))
        self.gaps.pop("weeks", None)
        for fact in self.law.facts.values():
            if fact.instead is not None:
                may = at_care_home if fact.wanted == CARE_HOME_RULE else np.ones(self.people, np.bool_)
                wanting = self._untold(fact.name) & may & ~self._untold(fact.instead)
                self._fill(fact.name, wanting, self._values(fact.instead))
            for each in fact.told_by:
                self._fill(fact.name, self._untold(fact.name) & ~self._untold(each), True)

    def _settle_wanted(self) -> None:
        for fact in self.law.facts.values():
            if fact.wanted is not None and fact.name in self.gaps:
                self._keep_gap(fact.name, self.gaps[fact.name] & ~self._surely_not(fact.wanted))

    def _untold(self, key: str) -> np.ndarray:
        return self.gaps[key] if key in self.gaps else np.zeros(self.people, np.bool_)

    def _values(self, key: str) -> Any:
        return self.facts[key] if key in self.facts else self.given[key]

    def _fill(self, key: str, where: np.ndarray, value: Any) -> None:
        """Put a value where ``where`` is True. A fact no column tells becomes a column only if the value is one."""
        if key in self.facts:
            if where.any():
                self.facts[key] = np.where(where, value, self.facts[key]).astype(self.facts[key].dtype, copy=False)
        elif isinstance(value, np.ndarray):
            self.facts[key] = np.where(where, value, self.given.pop(key))
        else:
            self.given[key] = value
        if key in self.gaps:
            self._keep_gap(key, self.gaps[key] & ~where)

    def _holds(self, rule: str) -> np.ndarray:
        return self._of_rule(rule)[0]

    def _surely_not(self, rule: str) -> np.ndarray:
        holds, told = self._of_rule(rule)
        return ~holds & told

    def _of_rule(self, rule: str) -> tuple[np.ndarray, np.ndarray]:
        """Where a rule of the setting holds, and where what it rests on is told."""
        policy = Policy(_plan_of(self.law, rule), on=self.on, slots={})
        told = np.ones(self.people, np.bool_)
        columns = {}
        for name in policy.plan.facts:
            told &= ~self._untold(name)
            columns[name] = np.broadcast_to(np.asarray(self._values(name)), (self.people,))
        return many.read(policy, columns, {}, self.people)[rule] & told, told


_PREMIUM_NAMES = Choices("premium", tuple(PREMIUMS))


def _parts(array: pa.Array) -> tuple[np.ndarray, np.ndarray | None, pa.Array]:
    """A list column as start positions, where it holds no list at all, and its items."""
    if pa.types.is_null(array.type):
        return np.zeros(len(array) + 1, np.int64), np.ones(len(array), np.bool_), pa.nulls(0)
    if pa.types.is_fixed_size_list(array.type):
        array = array.cast(pa.list_(array.type.value_field))
    if not array.null_count:
        offsets = array.offsets.to_numpy().astype(np.int64)
        first, last = int(offsets[0]), int(offsets[-1])
        return offsets - first, None, array.values.slice(first, last - first)
    starts = np.zeros(len(array) + 1, np.int64)
    np.cumsum(array.value_lengths().fill_null(0).to_numpy(), out=starts[1:])
    return starts, array.is_null().to_numpy(zero_copy_only=False), array.flatten()


def _place(list_name: str, starts: np.ndarray, place: int, name: str) -> tuple[int, str]:
    row = int(np.searchsorted(starts, place, side="right")) - 1
    return row, f"{list_name}[{place - int(starts[row])}]" + (f".{name}" if name else "")


def _filler(fact: Fact) -> int | bool:
    """What leaving the fact out means; or any value of it, to stand where it is not told or does not matter."""
    if fact.left_out is not None:
        return fact.left_out if isinstance(fact.left_out, bool) else int(fact.left_out)
    return False if fact.unit == "yes/no" else max(fact.least or 0, 0)


@lru_cache(maxsize=64)
def _plan_of(law: Law, rule: str) -> Plan:
    return law.plan((rule,))


def _kind_column(held: ItemList, wanted: str) -> np.ndarray:
    kinds = held.facts["kind"].unit
    assert isinstance(kinds, Kinds)
    return np.array(kinds.column(wanted).values, np.bool_)

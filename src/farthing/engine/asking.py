"""Asking: the rules read with ``Unknown`` where nothing was said, so the law itself says what still matters."""

from collections.abc import Mapping
from typing import Any

from farthing.engine.facts import Fact
from farthing.engine.kinds import Choices
from farthing.engine.law import Policy
from farthing.engine.one import SomeItems, read
from farthing.engine.verbs import Rounding, reads

NO_LIMIT = 10**15
"""Stands for "no limit known" at either end: more pence than any amount the doors let in."""


class Unknown:
    """A value nobody has told: which facts it waits for, and the least and the most it can be.

    ``among`` is the choices still possible, for a value that is one of a set. ``least`` and ``most`` are False and
    True for a yes/no.
    """

    __slots__ = ("among", "facts", "least", "most")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, facts: frozenset[str], least: int, most: int, among: frozenset[int] | None = None):
        self.facts, self.least, self.most, self.among = facts, least, most, among

    def __repr__(self) -> str:
        return f"Unknown({sorted(self.facts)}, {self.least}, {self.most})"

    def __bool__(self) -> bool:
        raise TypeError("a rule asks Python to decide on something not told; use choose(), & and |")

    def __add__(self, other: Any) -> Any:
        return _settle(_facts(self, other), _least(self) + _least(other), _most(self) + _most(other))

    __radd__ = __add__

    def __neg__(self) -> Any:
        return _settle(self.facts, -self.most, -self.least)

    def __sub__(self, other: Any) -> Any:
        return _settle(_facts(self, other), _least(self) - _most(other), _most(self) - _least(other))

    def __rsub__(self, other: Any) -> Any:
        return _settle(self.facts, other - self.most, other - self.least)

    def __mul__(self, other: Any) -> Any:
        ends = [one * another for one in (self.least, self.most) for another in (_least(other), _most(other))]
        return _settle(_facts(self, other), min(ends), max(ends))

    __rmul__ = __mul__

    def __lt__(self, other: Any) -> Any:
        return _yes_no(_facts(self, other), _most(self) < _least(other), _least(self) >= _most(other))

    def __le__(self, other: Any) -> Any:
        return _yes_no(_facts(self, other), _most(self) <= _least(other), _least(self) > _most(other))

    def __gt__(self, other: Any) -> Any:
        return _yes_no(_facts(self, other), _least(self) > _most(other), _most(self) <= _least(other))

    def __ge__(self, other: Any) -> Any:
        return _yes_no(_facts(self, other), _least(self) >= _most(other), _most(self) < _least(other))

    def __eq__(self, other: Any) -> Any:
        if self.among is not None and not isinstance(other, Unknown):
            return _yes_no(self.facts, self.among == {int(other)}, int(other) not in self.among)
        apart = _least(self) > _most(other) or _most(self) < _least(other)
        return _yes_no(_facts(self, other), False, apart)

    def __ne__(self, other: Any) -> Any:
        return Reading.not_(self == other)

    def __and__(self, other: Any) -> Any:
        if other is False:
            return False
        return _yes_no(_facts(self, other), self.least and _least(other), not (self.most and _most(other)))

    __rand__ = __and__

    def __or__(self, other: Any) -> Any:
        if other is True:
            return True
        return _yes_no(_facts(self, other), self.least or _least(other), not (self.most or _most(other)))

    __ror__ = __or__


def _facts(*values: Any) -> frozenset[str]:
    return frozenset[str]().union(*(value.facts for value in values if isinstance(value, Unknown)))


def _least(value: Any) -> Any:
    return value.least if isinstance(value, Unknown) else value


def _most(value: Any) -> Any:
    return value.most if isinstance(value, Unknown) else value


def _settle(facts: frozenset[str], least: int, most: int) -> Any:
    return least if least == most else Unknown(facts, least, most)


def _yes_no(facts: frozenset[str], surely: Any, surely_not: Any) -> Any:
    if surely:
        return True
    if surely_not:
        return False
    return Unknown(facts, False, True)


@reads(Unknown, SomeItems)
class Reading:
    """The verbs, for values of which some are unknown."""

    @staticmethod
    def choose(condition: Unknown, yes: Any, no: Any) -> Any:
        """Either may come: settled only where both are the same."""
        facts = _facts(condition, yes, no)
        among = _among(yes) | _among(no) if _is_choice(yes) or _is_choice(no) else None
        if among is not None:
            return next(iter(among)) if len(among) == 1 else Unknown(facts, min(among), max(among), among)
        return _settle(facts, min(_least(yes), _least(no)), max(_most(yes), _most(no)))

    @staticmethod
    def not_(condition: Any) -> Any:
        """The opposite."""
        if not isinstance(condition, Unknown):
            return not condition
        return _yes_no(condition.facts, not condition.most, condition.least)

    @staticmethod
    def lesser_of(one: Any, other: Any) -> Any:
        """The smaller: where one is surely the smaller, the other no longer matters."""
        if _most(one) <= _least(other):
            return one
        if _most(other) <= _least(one):
            return other
        return _settle(_facts(one, other), min(_least(one), _least(other)), min(_most(one), _most(other)))

    @staticmethod
    def greater_of(one: Any, other: Any) -> Any:
        """The larger: where one is surely the larger, the other no longer matters."""
        if _least(one) >= _most(other):
            return one
        if _least(other) >= _most(one):
            return other
        return _settle(_facts(one, other), max(_least(one), _least(other)), max(_most(one), _most(other)))

    @staticmethod
    def at_least_zero(amount: Any) -> Any:
        """Never below nought."""
        return Reading.greater_of(amount, 0)

    @staticmethod
    def steps_or_part(excess: Any, step: Any) -> Any:
        """Steps grow with the excess."""
        least, most = -(-_least(excess) // _most(step)), -(-_most(excess) // _least(step))
        return _settle(_facts(excess, step), least, most)

    @staticmethod
    def part_of(amount: Any, numerator: Any, denominator: Any, rounding: Rounding) -> Any:
        """Grows with the amount and the numerator, shrinks with the denominator."""
        least = _divided(_least(amount) * _least(numerator), _most(denominator), rounding)
        most = _divided(_most(amount) * _most(numerator), _least(denominator), rounding)
        return _settle(_facts(amount, numerator, denominator), least, most)

    @staticmethod
    def share(amount: Any, percent: Any, rounding: Rounding) -> Any:
        """So many hundredths."""
        return Reading.part_of(amount, percent, 100, rounding)

    @staticmethod
    def total(items: SomeItems) -> Any:
        """Any number of items like the typical one."""
        least, most = _least(items.typical), _most(items.typical)
        facts = _facts(items.typical)
        return _settle(facts, -NO_LIMIT if least < 0 else 0, NO_LIMIT if most > 0 else 0)

    @staticmethod
    def any_of(items: SomeItems) -> Any:
        """Only where the typical one surely does not is the answer settled."""
        return _yes_no(_facts(items.typical), False, not _most(items.typical))

    @staticmethod
    def look_up(kind: Unknown, column: Any) -> Any:
        """Whatever the table says of the kinds still possible."""
        among = kind.among if kind.among is not None else frozenset(range(len(column.values)))
        found = {column.values[number] for number in among}
        if isinstance(column.unit, Choices):
            numbers = frozenset(map(int, found))
            if len(numbers) > 1:
                return Unknown(kind.facts, min(numbers), max(numbers), numbers)
        return found.pop() if len(found) == 1 else Unknown(kind.facts, min(found), max(found))


def _divided(product: int, denominator: int, rounding: Rounding) -> int:
    return -(-product // denominator) if rounding.up else product // denominator


def _is_choice(value: Any) -> bool:
    return hasattr(value, "choices") or (isinstance(value, Unknown) and value.among is not None)


def _among(value: Any) -> frozenset[int]:
    return value.among if isinstance(value, Unknown) and value.among is not None else frozenset([int(value)])


def untold(fact: Fact, name: str) -> Unknown:
    """An unknown for a fact nobody has told, as wide as its declaration allows. ``name`` is how it is asked for."""
    facts = frozenset([name])
    if isinstance(fact.unit, Choices):
        return Unknown(facts, 0, len(fact.unit) - 1, frozenset(range(len(fact.unit))))
    if fact.unit == "yes/no":
        return Unknown(facts, False, True)
    least = fact.least if fact.least is not None else -NO_LIMIT
    return Unknown(facts, least, fact.most if fact.most is not None else NO_LIMIT)


def complete(policy: Policy, told: Mapping[str, Any]) -> dict[str, Any]:
    """What was told, with an ``Unknown`` for each fact of the plan that was not; ``None`` in a tuple is an item's gap."""
    plan, law = policy.plan, policy.law
    whole = dict(told)
    for name in plan.facts:
        if whole.get(name) is None:
            whole[name] = untold(law.facts[name], name)
    for list_name in plan.lists:
        for fact_name in plan.facts_of(list_name):
            key, fact = f"{list_name}.{fact_name}", law.lists[list_name].facts[fact_name]
            if whole.get(key) is None:
                whole[key] = SomeItems(untold(fact, list_name))
            elif any(value is None for value in whole[key]):
                whole[key] = tuple(
                    untold(fact, f"{list_name}[{number}].{fact_name}") if value is None else value
                    for number, value in enumerate(whole[key])
                )
    return whole


def waiting_for(policy: Policy, values: Mapping[str, Any]) -> list[str]:
    """The facts that the plan's answers still wait for, in the order the law reaches them."""
    waiting = _facts(*(values[name] for name in policy.plan.answers))
    reached = policy.plan.reached

    def place(name: str) -> tuple[int, str]:
        list_name, bracket, rest = name.partition("[")
        key = f"{list_name}.{rest.partition('.')[2]}" if bracket else name
        return reached.get(key, len(reached)), name

    return sorted(waiting, key=place)


def ask(policy: Policy, told: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Every value as far as it is known, and the facts the answers still wait for, in the order the law reaches them."""
    values = read(policy, complete(policy, told))
    return values, waiting_for(policy, values)

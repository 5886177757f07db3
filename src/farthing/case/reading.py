"""A case as written, read by the declarations of the facts into what was told. Everything wrong is said at once."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from farthing.base.days import in_words, moved_back
from farthing.base.refusal import Problem, Refusal
from farthing.case.tree import Node, read_file
from farthing.case.values import LONGEST_VALUE, NotRead, at, how_to_write, nearest, one_of, read_value
from farthing.engine.constants import PAST
from farthing.engine.facts import Fact, ItemList
from farthing.engine.kinds import Choices, Kinds
from farthing.engine.law import Law
from farthing.law import law as whole_law
from farthing.law.allowances.facts import PREMIUMS

IN_A_CARE_HOME = "is_in_a_care_home"
ADULT = 18

_DAY = Fact("on", "date", "", question="For which day is the charge to be worked out?", least=None)
_MOST_SUGGESTIONS = 100
_AMOUNT = '"216.50"'


@dataclass(frozen=True, slots=True)
class Case:
    """What was told about one person.

    ``on`` is the day assessed for, a day number. ``told`` has the engine's keys: a bare name for a fact of the person,
    "list.fact" for a tuple of one value an item, in which None is not told. A fact or list not told has no key.
    ``left_out`` names the person's facts that were filled with what their declaration says leaving them out means.
    ``remarks`` are sentences to put beside the result.
    """

    council: str | None
    on: int | None
    told: dict[str, Any]
    left_out: tuple[str, ...]
    remarks: tuple[str, ...]


def read_case_file(path: str | Path, *, on: int | None = None) -> Case:
    """Read a case file. ``on`` is as for ``read_case``. Raises ``Refusal``."""
    return read_case(read_file(path), on=on)


def read_case(node: Node, law: Law | None = None, *, on: int | None = None) -> Case:
    """Read a case by the declarations of the law (the whole law where none is given).

    ``on``, a day number, stands before the day the case itself gives. Raises ``Refusal`` with everything that is wrong.
    """
    reader = _Reader(law or whole_law())
    case = reader.read(node, on)
    if reader.problems:
        raise Refusal(*reader.problems)
    return case


def problems_on(told: Mapping[str, Any], on: int | None, lines: Mapping[str, str] | None = None) -> list[Problem]:
    """What cannot be for a day assessed for: not yet born, not yet adult, moved in before birth.

    ``lines`` is the line each fact stands on, in words, where that is known.
    """
    born, moved_in = told.get("born"), told.get("moved_in")
    line = (lines or {}).get
    found: list[Problem] = []
    if born is None:
        return found
    if on is not None and born > on:
        problem = f"is after the day assessed for, {in_words(on)}{line('born', '')}"
        found.append(Problem("person.born", problem, "Check the date of birth, and the day given as 'on'"))
    elif on is not None and born > moved_back(on, ADULT):
        problem = (
            f"makes the person younger than 18 on {in_words(on)}{line('born', '')}: the charging rules are for adults"
        )
        what_to_do = (
            "Check the date of birth, and the day given as 'on'; a child's care is not charged for by these rules"
        )
        found.append(Problem("person.born", problem, what_to_do, "Care Act 2014 s2(8)"))
    if moved_in is not None and moved_in < born:
        problem = f"is before the person was born, {in_words(born)}{line('moved_in', '')}"
        found.append(Problem("care.moved_in", problem, "Check both dates; write year-month-day, such as 2026-05-04"))
    return found


class _Reader:
    """Reads one case, gathering what is told and what is wrong."""

    def __init__(self, law: Law):
        self.law = law
        self.problems: list[Problem] = []
        self.told: dict[str, Any] = {}
        self.given: set[str] = set()
        self.lines: dict[str, str] = {}
        self.remarks: list[str] = []
        self.sections: dict[str, list[str]] = {}
        declarations: list[Fact | ItemList] = [*law.facts.values(), *law.lists.values()]
        for declared in declarations:
            if declared.section:
                self.sections.setdefault(declared.section, []).append(declared.name)
        if "person" in self.sections:
            self.sections["person"].append("premiums")
        self.top = ("council", "on", *self.sections, *(held.name for held in law.lists.values() if not held.section))

    def read(self, node: Node, on: int | None) -> Case:
        fields = self._fields(node.value, "", self.top) if isinstance(node.value, dict) else {}
        council = self._council(fields.get("council"))
        day = self._value(_DAY, fields["on"], "on") if "on" in fields and fields["on"].value is not None else None
        for section in self.sections:
            self._section(section, fields.get(section))
        for held in self.law.lists.values():
            if not held.section:
                self._list(held, fields.get(held.name), held.name)
        left_out = self._fill_left_out()
        self._settle_care()
        day = on if on is not None else day
        self.problems += problems_on(self.told, day, self.lines)
        return Case(council, day, self.told, left_out, tuple(self.remarks))

    # What is written

    def _refuse(self, field: str, problem: str, what_to_do: str, law: str | None = None) -> None:
        self.problems.append(Problem(field, problem, what_to_do, law))

    def _nearest(self, word: str, names: Iterable[str]) -> str | None:
        return nearest(word, names) if len(self.problems) < _MOST_SUGGESTIONS else None

    def _fields(self, fields: dict[str, Node], path: str, names: Collection[str]) -> dict[str, Node]:
        """The fields of a mapping, without those that nobody declares, which are refused."""
        for name, node in fields.items():
            if name in names:
                continue
            near = self._nearest(name, names)
            place = self._place_of(name)
            if place is not None:
                what_to_do = f"Write it under {place!r}" if place else "Write it at the top, not under another name"
            elif near:
                what_to_do = f"Did you mean {near!r}?"
            else:
                what_to_do = f"Leave it out, or give one of: {', '.join(names)}"
            field = f"{path}.{name}" if path else name
            self._refuse(field, f"is not a field here{at(node)}", what_to_do)
        return {name: node for name, node in fields.items() if name in names}

    def _place_of(self, name: str) -> str | None:
        """The section that a name stands in; "" for the top, None for no section."""
        if name in self.top:
            return ""
        return next((section for section, names in self.sections.items() if name in names), None)

    def _council(self, node: Node | None) -> str | None:
        if node is None or node.value is None:
            return None
        if not isinstance(node.value, str) or len(node.value) > LONGEST_VALUE:
            what = f"is {node} where one value belongs" if not isinstance(node.value, str) else "is too long"
            self._refuse("council", f"{what}{at(node)}", "Write the name of one council, for example cambridgeshire")
            return None
        return node.value

    def _section(self, section: str, node: Node | None) -> None:
        fields: dict[str, Node] = {}
        if node is not None and node.value is not None:
            if isinstance(node.value, dict):
                fields = self._fields(node.value, section, self.sections[section])
            else:
                only = "A case is one person's. " if section == "person" else ""
                example = self.sections[section][0]
                problem = f"is {node} where named fields belong{at(node)}"
                self._refuse(
                    section, problem, f"{only}Write {section}: and below it, set in, fields such as {example}:"
                )
        for name, held in fields.items():
            if name in self.law.facts:
                self._fact(self.law.facts[name], held, f"{section}.{name}")
        for name in self.sections[section]:
            if name in self.law.lists:
                self._list(self.law.lists[name], fields.get(name), f"{section}.{name}")
        if section == "person" and "premiums" in fields:
            self._premiums(fields["premiums"])

    def _fact(self, fact: Fact, node: Node, field: str) -> None:
        self.given.add(fact.name)
        self.lines[fact.name] = at(node)
        value = fact.empty if node.value is None else self._value(fact, node, field)
        if value is not None:
            self.told[fact.name] = _plain(value)

    def _value(self, fact: Fact, node: Node, field: str, law: str | None = None) -> int | bool | None:
        try:
            return read_value(fact, node, suggest=len(self.problems) < _MOST_SUGGESTIONS)
        except NotRead as error:
            self._refuse(field, error.problem, error.what_to_do, law)
            return None

    def _premiums(self, node: Node) -> None:
        if node.value is None:
            return
        field = "person.premiums"
        twice = [name for name in PREMIUMS.values() if name in self.given]
        if twice:
            problem = f"is given together with {', '.join(twice)}{at(node)}"
            self._refuse(field, problem, f"Give premiums, or {', '.join(PREMIUMS.values())}, but not both ways")
        if not isinstance(node.value, tuple):
            what_to_do = f"Write a list, such as [disability], or [] for none; its names are {', '.join(PREMIUMS)}"
            self._refuse(field, f"is {node} where a list belongs{at(node)}", what_to_do)
            return
        for number, each in enumerate(node.value):
            if not isinstance(each.value, str) or each.value not in PREMIUMS:
                word = each.value[:LONGEST_VALUE] if isinstance(each.value, str) else ""
                problem = (
                    f"is not a known premium: {word!r}" if word else f"is {each} where the name of a premium belongs"
                )
                what_to_do = one_of(PREMIUMS, near=self._nearest(word, PREMIUMS))
                self._refuse(f"{field}[{number}]", f"{problem}{at(each)}", what_to_do)
        named = {each.value for each in node.value if isinstance(each.value, str)}
        self.told.update((fact, name in named) for name, fact in PREMIUMS.items())

    def _list(self, held: ItemList, node: Node | None, field: str) -> None:
        if node is None or node.value is None:
            return
        example = _example(held)
        if not isinstance(node.value, tuple):
            what_to_do = f"Begin each item on a line with a dash: {example}; write [] where there is nothing"
            self._refuse(field, f"is {node} where a list belongs{at(node)}", what_to_do)
            return
        before = len(self.problems)
        rows = [self._item(held, each, f"{field}[{number}]", example) for number, each in enumerate(node.value)]
        if len(self.problems) == before:
            self.told.update((f"{held.name}.{name}", tuple(row[name] for row in rows)) for name in held.facts)

    def _item(self, held: ItemList, node: Node, path: str, example: str) -> dict[str, int | bool | None]:
        if not isinstance(node.value, dict):
            problem = f"is {node} where an item with named fields belongs{at(node)}"
            self._refuse(path, problem, f"Write the item as {example}")
            return {}
        fields = self._fields(node.value, path, held.facts)
        table = held.facts["kind"].unit if "kind" in held.facts else None
        kind = fields["kind"].value if "kind" in fields else None
        row: Mapping[str, Any] = {}
        law = None
        if isinstance(table, Kinds) and isinstance(kind, str) and kind in table:
            row, law = table.rows[kind], str(table.law(kind))
        found: dict[str, int | bool | None] = {}
        for name, fact in held.facts.items():
            given = fields.get(name)
            if given is not None and given.value is not None:
                found[name] = self._value(fact, given, f"{path}.{name}", law)
            elif fact.wanted is not None and not row.get(fact.wanted, False):
                found[name] = _inert(fact)
            elif fact.required:
                needs = f": a {kind} needs {name}: {_lower(fact.question)}" if fact.wanted else ""
                self._refuse(f"{path}.{name}", f"is missing{at(node)}{needs}", _missing(fact), law)
            else:
                found[name] = _plain(fact.left_out if given is None else fact.empty)
        if held.name == "capital" and fields.keys() >= {"owners", "owned_percent"}:
            self._check_share(found, fields["owned_percent"], path)
        return found

    def _check_share(self, found: Mapping[str, int | bool | None], node: Node, path: str) -> None:
        owners, percent = found["owners"], found["owned_percent"]
        if owners is not None and owners > 1 and percent is not None and percent != 100:
            problem = f"is given together with owners{at(node)}"
            rule = self.law.rules.get("own_share")
            law = "; ".join(map(str, rule.law)) if rule else None
            self._refuse(f"{path}.owned_percent", problem, "Give owned_percent or owners, not both", law)

    # What follows from it

    def _fill_left_out(self) -> tuple[str, ...]:
        filled = []
        for name, fact in self.law.facts.items():
            if name in self.given:
                continue
            if fact.left_out is not None:
                self.told[name] = _plain(fact.left_out)
                filled.append(name)
            elif any(f"{each}.{first}" in self.told for each in fact.told_by for first in self.law.lists[each].facts):
                self.told[name] = True
        return tuple(filled)

    def _settle_care(self) -> None:
        """What the cost of care, the services and the price of a place say of each other."""
        told = self.told
        in_a_care_home = self._is_in_a_care_home()
        cost, listed = told.get("weekly_cost"), told.get("services.kind")
        if in_a_care_home and cost is not None:
            if "usual_rate" not in self.given:
                told["usual_rate"] = cost
            elif cost != told.get("usual_rate", cost):
                self.remarks.append("The place in the care home is priced by usual_rate; weekly_cost was not used.")
        elif listed and cost:
            self.remarks.append("The services listed one by one were used for the cost of care instead of weekly_cost.")
        if listed or (cost is None and (listed is not None or in_a_care_home)):
            told["weekly_cost"] = 0
        if listed is None and (cost is not None or in_a_care_home):
            self._tell_empty("services")
        if "weeks.cost" not in told:
            self._tell_empty("weeks")
        for name, fact in self.law.facts.items():
            may = in_a_care_home or fact.wanted != IN_A_CARE_HOME
            if may and fact.instead in told and name not in self.given:
                told[name] = told[fact.instead]

    def _is_in_a_care_home(self) -> bool:
        rule, setting = self.law.rules.get(IN_A_CARE_HOME), self.told.get("setting")
        return rule is not None and setting is not None and bool(rule.function(setting))

    def _tell_empty(self, name: str) -> None:
        if name in self.law.lists:
            self.told.update((f"{name}.{fact}", ()) for fact in self.law.lists[name].facts)


def _plain(value: int | bool | None) -> int | bool | None:
    return value if value is None or isinstance(value, bool) else int(value)


def _inert(fact: Fact) -> int | bool:
    """A value of the fact for an item whose kind no rule looks it up for."""
    if fact.unit == "yes/no":
        return False
    least = fact.least or 0
    return max(least, int(PAST)) if fact.unit == "date" else least


def _missing(fact: Fact) -> str:
    return f"Add {fact.name}. {how_to_write(fact)}"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip("?")


def _example(held: ItemList) -> str:
    """An item of the list as it may be written: what it must have, and its first amount."""
    amount = next((name for name, fact in held.facts.items() if "£" in str(fact.unit) and fact.wanted is None), None)
    shown = []
    for name, fact in held.facts.items():
        if fact.wanted is None and (fact.required or name == amount):
            shown.append(f"{name}: {fact.unit.names[0] if isinstance(fact.unit, Choices) else _AMOUNT}")
    return "{" + ", ".join(shown) + "}"

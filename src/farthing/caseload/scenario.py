"""A scenario: what is to be different from a council's policy, read from a file with the same strictness as the law's own."""

from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from farthing.base.days import day, in_words
from farthing.base.money import pence, pounds
from farthing.base.refusal import Problem, Refusal
from farthing.base.yaml_files import LOADER
from farthing.councils import NO_LIMIT
from farthing.councils import council as find_council
from farthing.engine.figures import Figure
from farthing.engine.kinds import Choices
from farthing.engine.law import Plan, Policy
from farthing.engine.slots import Slot
from farthing.law import law

MOST_BYTES = 100_000

_YES_AND_NO = {"true": True, "yes": True, "false": False, "no": False}


@dataclass(frozen=True, slots=True)
class Scenario:
    """A change on top of a base policy.

    ``council`` is another council whose slots are taken, ``on`` another day (a day number) whose figures are; None for
    the base's own. ``slots`` and ``figures`` hold values in their units (pence for money) that stand in place of any.
    """

    name: str
    says: str = ""
    council: str | None = None
    slots: dict[str, int] = field(default_factory=dict)
    figures: dict[str, int] = field(default_factory=dict)
    on: int | None = None

    def policy(self, plan: Plan, *, council: str, on: int) -> tuple[Policy, dict[str, str]]:
        """The base policy with the changes made, and the assumptions left in it, by slot."""
        filled = find_council(self.council or council).on(self.on or on)
        slots = {**filled, **self.slots}
        missing = [name for name in plan.slots if name not in slots]
        for name in missing:
            filled[name]  # refuses, and says what to do
        policy = Policy(plan, on=filled.day, slots=slots, instead=self.figures)
        assumed = {name: why for name, why in filled.assumed.items() if name in plan.slots and name not in self.slots}
        return policy, assumed


def read_scenario(path: str | Path) -> Scenario:
    """Read a scenario file. Raises ``Refusal`` with everything that is wrong, each with its line."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise Refusal(Problem(str(path), "is too large for a scenario", "A scenario is a few lines"))
        root = yaml.compose(content, LOADER)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        said = " ".join(str(error).split())
        raise Refusal(Problem(str(path), f"cannot be read: {said}", "Check its name, and that it is YAML")) from None
    reader = _Reader(path.name)
    scenario = reader.read(root)
    if reader.problems:
        raise Refusal(*reader.problems)
    return scenario


class _Reader:
    def __init__(self, file: str):
        self.file = file
        self.problems: list[Problem] = []

    def read(self, root: yaml.Node | None) -> Scenario:
        given = self._fields(root, "a scenario", ("name", "says", "council", "slots", "figures", "on"))
        name = self._text(given["name"], "name") if "name" in given else None
        if name is None and "name" not in given:
            self._refuse(root, "name", "is missing", "Give the scenario a name")
        found: dict[str, Any] = {"name": name or "", "slots": {}, "figures": {}}
        if "says" in given:
            found["says"] = self._text(given["says"], "says") or ""
        if "council" in given:
            found["council"] = self._council(given["council"])
        if "on" in given:
            found["on"] = self._read(given["on"], "on", day, "Write the day like 2026-05-04")
        for part, known in (("slots", law().slots), ("figures", law().figures)):
            if part in given:
                for key, node in self._fields(given[part], part, tuple(known)).items():
                    value = self._value(known[key], node, f"{part}.{key}")
                    if value is not None:
                        found[part][key] = value
        if not self.problems and not any(found.get(part) for part in ("council", "on", "slots", "figures")):
            self._refuse(root, "", "changes nothing", "Give a council, a day, slots or figures that are different")
        return Scenario(**found)

    def _refuse(
        self, node: yaml.Node | None, place: str, problem: str, what_to_do: str, cited: str | None = None
    ) -> None:
        line = f" ({self.file} line {node.start_mark.line + 1})" if node is not None else f" ({self.file})"
        self.problems.append(Problem(place, f"{problem}{line}", what_to_do, cited))

    def _fields(self, node: yaml.Node | None, of: str, known: tuple[str, ...]) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            self._refuse(node, of, "holds no names", f"Write name: value lines; it takes {', '.join(known[:6])}")
            return {}
        given: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value)
            if name not in known:
                near = get_close_matches(name, known, 1)
                what_to_do = f"Did you mean {near[0]!r}?" if near else f"It takes: {', '.join(known)}"
                self._refuse(key, name, f"is not known in {of}", what_to_do)
            elif name in given:
                self._refuse(key, name, f"is given twice in {of}", "Keep one")
            else:
                given[name] = value
        return given

    def _text(self, node: yaml.Node, place: str) -> str | None:
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            self._refuse(node, place, "is not some text", "Write it out")
            return None
        return str(node.value)

    def _council(self, node: yaml.Node) -> str | None:
        key = self._text(node, "council")
        if key is not None:
            try:
                find_council(key)
            except Refusal as refusal:
                self.problems.extend(refusal.problems)
        return key

    def _read(self, node: yaml.Node, place: str, reader: Any, what_to_do: str) -> Any:
        text = self._text(node, place)
        try:
            return None if text is None else reader(text)
        except ValueError as error:
            self._refuse(node, place, str(error), what_to_do)
            return None

    def _value(self, of: Slot | Figure, node: yaml.Node, place: str) -> int | None:
        value = self._in_unit(of, node, place)
        least, most = getattr(of, "least", None), getattr(of, "most", None)
        if value is None or isinstance(of.unit, Choices):
            return value
        shown = pounds if "£" in of.unit else str
        if least is not None and value < least:
            self._refuse(
                node, place, f"is below {shown(least)}, which the law does not allow", "Give more", str(of.law)
            )
        elif most is not None and value > most:
            self._refuse(node, place, f"is above {shown(most)}, which the law does not allow", "Give less", str(of.law))
        else:
            return value
        return None

    def _in_unit(self, of: Slot | Figure, node: yaml.Node, place: str) -> int | None:
        unit = of.unit
        if isinstance(unit, Choices):
            return self._read(node, place, _one_of(unit.names), f"Write one of: {', '.join(unit.names)}")
        if unit == "yes/no":
            return self._read(node, place, _yes_or_no, "Write true or false")
        if "£" in unit or unit == "hundredths of a percent":
            if of.name.startswith("most_") and getattr(node, "value", None) == "none":
                return NO_LIMIT
            if getattr(node, "style", None) not in ("'", '"'):
                self._refuse(node, place, "is not in quotes", f'Quote it, like "216.50"; its unit is {unit}')
                return None
            return self._read(node, place, pence, f"Its unit is {unit}")
        return self._read(node, place, _whole, f"Write a whole number; its unit is {unit}")


def _one_of(names: tuple[str, ...]) -> Any:
    def read(text: str) -> int:
        if text not in names:
            raise ValueError(f"is not one of the choices: {text!r}")
        return names.index(text)

    return read


def _yes_or_no(text: str) -> bool:
    if text.lower() not in _YES_AND_NO:
        raise ValueError(f"is not true or false: {text!r}")
    return _YES_AND_NO[text.lower()]


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise ValueError(f"is not a whole number: {text!r}")
    return int(text)


def described(scenario: Scenario) -> list[str]:
    """What the scenario changes, a sentence each."""
    said = []
    if scenario.council:
        said.append(f"The choices of {find_council(scenario.council).name}.")
    if scenario.on:
        said.append(f"The figures of {in_words(scenario.on)}.")
    for changes in (scenario.slots, scenario.figures):
        for name, value in changes.items():
            said.append(f"{name.replace('_', ' ')}: {_shown(law().unit_of(name), value)}.")
    return said


def _shown(unit: Any, value: int) -> str:
    if isinstance(unit, Choices):
        return unit.names[value].replace("_", " ")
    if unit == "yes/no":
        return "yes" if value else "no"
    if value == NO_LIMIT and "£" in unit:
        return "no limit"
    return f"£{pounds(value)}{unit[1:]}" if "£" in unit else f"{value} {unit}"

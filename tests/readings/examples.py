"""Worked examples: read from beside the law they test, and turned into what each reading takes.

An example file is a list. Each example has a ``title``, a ``source``, a ``case`` in the shape of a case file (as little
of it as the example needs), ``given`` values of rules, figures or slots that stand in place of reading them, and ``gives``:
what must come out, by rule. ``limit`` says which limit it stands at, and where ("upper_capital_limit over"). Amounts
are quoted pounds; a rule of items gives a list.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from farthing.base.days import day
from farthing.case.reading import Case, read_case
from farthing.case.tree import Node, read_tree
from farthing.councils import Council, council
from farthing.engine.facts import Fact
from farthing.engine.law import Policy
from farthing.law import FOLDER, law, plan
from tests.councils.marshland import marshland

COUNCILS = FOLDER.parent.joinpath("councils")
KEYS = {"title", "limit", "id", "source", "note", "on", "council", "case", "given", "gives"}


@dataclass(frozen=True)
class Example:
    """One worked example. ``given`` and ``gives`` hold engine values: pence, day numbers, yes/no, numbers of choices."""

    place: str
    title: str
    source: str
    on: int
    council: Council
    told: dict[str, Any]
    given: dict[str, Any]
    gives: dict[str, Any]
    limit: str

    def policy(self) -> Policy:
        """The law of the example's day and council, for what it gives."""
        figures = {name: value for name, value in self.given.items() if name in law().figures}
        slots = {name: value for name, value in self.given.items() if name in law().slots}
        return Policy(plan(tuple(self.gives)), on=self.on, slots={**self.council.on(self.on), **slots}, instead=figures)

    def values(self) -> dict[str, Any]:
        """Everything told, with the rules given in their place."""
        rules = {name: value for name, value in self.given.items() if name in law().rules}
        return {**self.told, **rules}


def example_files() -> list[Path]:
    """Every file of examples, beside the law and beside the councils."""
    return sorted([*FOLDER.glob("*/examples/*.yaml"), *COUNCILS.glob("*/examples/*.yaml"),
                   *Path(__file__).parents[1].glob("councils/*/examples/*.yaml")])  # fmt: skip


def examples() -> Iterator[Example]:
    """Every worked example."""
    for file in example_files():
        root = read_tree(f"examples:\n{_indented(file.read_text(encoding='utf-8'))}", name=str(file))
        for number, node in enumerate(root.value["examples"].value):
            yield _example(f"{file.parent.parent.name}/{file.name}[{number}]", node)


def _indented(text: str) -> str:
    return "\n".join("  " + line for line in text.splitlines())


def _example(place: str, node: Node) -> Example:
    fields = node.value
    unknown = set(fields) - KEYS
    assert not unknown, f"{place} has unknown fields {unknown}"
    on = day(fields["on"].value)
    key = fields["council"].value if "council" in fields else "england"
    place_of = marshland() if key == "marshland" else council(key)
    case = read_case(fields["case"], law=law(), on=on) if "case" in fields else Case(None, on, {}, (), ())
    given = {name: _value(name, each) for name, each in fields["given"].value.items()} if "given" in fields else {}
    gives = {name: _value(name, each) for name, each in fields["gives"].value.items()}
    title = f"{fields['id'].value} {fields['title'].value}" if "id" in fields else fields["title"].value
    return Example(
        place,
        title,
        fields["source"].value,
        on,
        place_of,
        case.told,
        given,
        gives,
        fields["limit"].value if "limit" in fields else "",
    )


def _value(name: str, node: Node) -> Any:
    unit = law().unit_of(name)
    reader = Fact(name, unit, "", question="", least=None)
    if isinstance(node.value, tuple):
        return tuple(reader.read(each.value) for each in node.value)
    return reader.read(node.value)

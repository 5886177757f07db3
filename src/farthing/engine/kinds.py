"""Kinds (of income, capital, cost, service, occupier): rows of a dated, cited table, with their treatment in columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from farthing.base.citation import Citation
from farthing.base.yaml_files import written_in


class Choice(int):
    """One of a set of named choices, held as its number so that a column of choices is a column of integers."""

    choices: "Choices"
    name: str

    def __new__(cls, number: int, name: str, choices: "Choices") -> "Choice":
        choice = super().__new__(cls, number)
        choice.name, choice.choices = name, choices
        return choice

    def __repr__(self) -> str:
        return f"{self.choices.name}.{self.name}"


class Choices:
    """A closed set of names, in the order given: ``SETTING.own_home`` is its first choice."""

    def __init__(self, name: str, names: tuple[str, ...] | list[str], says: Mapping[str, str] | None = None):
        self.name = name
        self.names = tuple(names)
        self._says = says or {}
        self._by_name = {each: Choice(number, each, self) for number, each in enumerate(self.names)}

    def __getattr__(self, name: str) -> Choice:
        try:
            return self.__dict__["_by_name"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(f"{self.__dict__.get('name')} has no choice {name!r}") from None

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __len__(self) -> int:
        return len(self.names)

    def number(self, name: str) -> int:
        """The number of a choice; ``KeyError`` where there is none of that name."""
        return int(self._by_name[name])

    def says(self, name: str) -> str:
        """A choice in words for a person."""
        return self._says.get(name) or name.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column of a table of kinds: a value a kind, in the order of the kinds. ``unit`` as for rules."""

    name: str
    unit: Any
    kinds: "Kinds"
    values: tuple[Any, ...]


class Kinds(Choices):
    """A table of kinds read from ``kinds.yaml``: ``KINDS.column("at_home")`` is for ``look_up``."""

    def __init__(self, name: str, rows: Mapping[str, Mapping[str, Any]]):
        super().__init__(name, list(rows))
        self.rows = {kind: dict(row) for kind, row in rows.items()}

    def says(self, name: str) -> str:
        """The kind in words for a person."""
        return str(self.rows[name]["says"])

    def under(self, name: str) -> str:
        """The heading that the kind stands under where a person picks theirs; "" for none."""
        return str(self.rows[name].get("under", ""))

    def law(self, name: str) -> Citation:
        """Where the law treats this kind so."""
        row = self.rows[name]
        return Citation(str(row["law"]), bool(row.get("checked", True)))

    def column(self, name: str, unit: Any = "yes/no") -> Column:
        """A column of the table: yes/no (left out means no), whole numbers, or one of a set of ``Choices``."""
        if isinstance(unit, Choices):
            values: tuple[Any, ...] = tuple(getattr(unit, str(row[name])) for row in self.rows.values())
        elif unit == "yes/no":
            values = tuple(_yes_or_no(row.get(name, False)) for row in self.rows.values())
        else:
            values = tuple(int(row[name]) for row in self.rows.values())
        return Column(name, unit, self, values)


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"a yes/no column holds {value!r}")
    return value


def read_kinds(file: Path) -> dict[str, Kinds]:
    """Read the tables of a ``kinds.yaml``: ``{"income": Kinds, ...}``."""
    tables = written_in(file)
    return {name: Kinds(name, rows) for name, rows in tables.items()}


def read_terms(file: Path) -> Kinds:
    """Read a file that is one cited table, such as the terms an agreement must have."""
    return Kinds(file.stem, written_in(file))

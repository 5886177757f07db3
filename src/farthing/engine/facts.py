"""Facts: declared once, with the question, the hint and the evidence. Every door reads and checks by the declaration."""

from dataclasses import dataclass, field
from typing import Any

from farthing.base.days import day
from farthing.base.money import pence
from farthing.engine.kinds import Choices


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to be told about a person, or about each item of a list of theirs.

    ``section`` is the part of the case file it stands in ("person", "care"), or the list whose items it describes.
    ``left_out`` is what it means when an item or a case says nothing of it, ``meaning`` that meaning in words: a
    convention of the case file, never a guess. A fact with none is *not told* when left out, and is asked for.
    ``empty`` is what an explicit nothing (null) says. ``told_by`` names lists whose telling settles a yes/no as yes;
    ``instead`` names another fact that stands in when this is left out. ``presumed`` is what an estimate may take it
    to be, said in words by ``presuming``. ``wanted`` says when the fact can matter at all: for an item, a yes/no
    column of its table of kinds; for a person, a yes/no rule of the setting. Elsewhere it need not be told.
    ``presumed_as`` names another fact that an estimate may take it from. ``to_you`` is the question as it is put to the
    person themselves. ``of_council`` marks what the council finds or agrees: nobody else is asked for it.
    ``offered_for`` is the yes/no column of the kinds for which a form offers a fact that may be left out; "" for all.
    """

    name: str
    unit: Any
    section: str
    question: str
    hint: str = ""
    evidence: str = ""
    left_out: int | bool | None = None
    meaning: str = ""
    empty: int | None = None
    told_by: tuple[str, ...] = ()
    instead: str | None = None
    presumed: int | bool | None = None
    presumed_as: str | None = None
    presuming: str = ""
    wanted: str | None = None
    to_you: str = ""
    of_council: bool = False
    offered_for: str = ""
    least: int | None = 0
    most: int | None = None
    required: bool = False

    def read(self, text: str) -> int | bool:
        """Read one value as text into a whole number, yes/no, day number or choice.

        Raises ``ValueError`` whose message says what is wrong, for a person to read.
        """
        value = self._value(text)
        if self.least is not None and value < self.least:
            raise ValueError(f"is below {self.least}: {text!r}")
        if self.most is not None and value > self.most:
            raise ValueError(f"is above {self.most}: {text!r}")
        return value

    def _value(self, text: str) -> int | bool:
        if isinstance(self.unit, Choices):
            if text not in self.unit:
                raise ValueError(f"is not a known {self.unit.name}: {text!r}")
            return self.unit.number(text)
        if self.unit == "yes/no":
            if text.lower() not in _YES_AND_NO:
                raise ValueError(f"is not true or false: {text!r}")
            return _YES_AND_NO[text.lower()]
        if self.unit == "date":
            return day(text)
        if "£" in self.unit:
            return pence(text)
        if not (text.isascii() and text.isdecimal()) or len(text) > 9:
            raise ValueError(f"is not a whole number: {text!r}")
        return int(text)


_YES_AND_NO = {"true": True, "yes": True, "false": False, "no": False}


@dataclass(frozen=True, slots=True)
class ItemList:
    """A person's list: of capital, of incomes. ``section`` is where it stands; "" for the top of the case file.

    ``to_you`` and ``of_council`` are as for a fact.
    """

    name: str
    says: str
    question: str
    section: str = ""
    hint: str = ""
    evidence: str = ""
    presuming_empty: str = ""
    to_you: str = ""
    of_council: bool = False
    facts: dict[str, Fact] = field(default_factory=dict)


def item_list(
    name: str,
    *facts: Fact,
    says: str,
    question: str,
    section: str = "",
    hint: str = "",
    evidence: str = "",
    presuming_empty: str = "",
    to_you: str = "",
    of_council: bool = False,
) -> ItemList:
    """Declare a list and the facts of its items."""
    by_name = {fact.name: fact for fact in facts}
    return ItemList(name, says, question, section, hint, evidence, presuming_empty, to_you, of_council, by_name)

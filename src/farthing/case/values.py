"""One value of a case, read by its fact's declaration; and what to write instead where it cannot be read."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from farthing.base.days import day, in_words
from farthing.case.tree import Node
from farthing.engine.facts import Fact
from farthing.engine.kinds import Choices

LONGEST_VALUE = 60
SHORT_LIST = 9

_ONLY_ADORNED = re.compile(r"£? ?(\d{1,3}(?:,\d{3})+|\d{1,12})(\.\d{1,2})? ?")
"""An amount that is plain but for its pound sign and the commas between its thousands."""


class NotRead(Exception):
    """Raised for a value that cannot be read: what is wrong with it, and what to write instead."""

    def __init__(self, problem: str, what_to_do: str):
        super().__init__(problem)
        self.problem, self.what_to_do = problem, what_to_do


def read_value(fact: Fact, node: Node, *, suggest: bool = True) -> int | bool:
    """Read a value that is not empty into a whole number, yes/no, day number or number of a choice.

    ``suggest`` looks for the nearest name of a misspelt choice. Raises ``NotRead``.
    """
    text = node.value
    if not isinstance(text, str):
        if fact.name == "partner":
            raise NotRead(f"is {node}{at(node)}: only one partner can be told", how_to_write(fact))
        raise NotRead(f"is {node} where one value belongs{at(node)}", how_to_write(fact))
    if len(text) > LONGEST_VALUE:
        raise NotRead(f"is {len(text)} letters long{at(node)}", how_to_write(fact))
    if not text.isascii() and "£" not in text:
        raise NotRead(f"holds a sign that is not a plain letter or figure: {text!r}{at(node)}", how_to_write(fact))
    try:
        return fact.read(text)
    except ValueError as error:
        problem = _not_a_choice(fact, text) or _too_early(fact, text) or str(error)
        raise NotRead(f"{problem}{at(node)}", _instead(fact, text, suggest)) from None


def at(node: Node) -> str:
    """The line a value stands on, to put behind what is wrong with it."""
    return f" (line {node.line})" if node.line else ""


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The name most like a misspelt one, where any is like it."""
    plain = word.strip().lower().replace(" ", "_").replace("-", "_")
    return next(iter(get_close_matches(plain, list(names), 1)), None)


def one_of(names: Iterable[str], *, near: str | None = None, what: str = "names") -> str:
    """What to write where one of these names belongs: the nearest, and all of them where they are few."""
    names = tuple(names)
    meant = f"Did you mean {near!r}? " if near else ""
    if len(names) <= SHORT_LIST:
        return f"{meant}Write one of: {', '.join(names)}"
    if near:
        return meant.rstrip()
    other = ", or 'other' where none fits" if "other" in names else ""
    return f"Write one of the {what} in the guide, such as {names[0]!r}{other}"


def how_to_write(fact: Fact) -> str:
    """How a value of this fact is written, with an example."""
    if isinstance(fact.unit, Choices):
        return one_of(fact.unit.names, what="kinds")
    if fact.unit == "yes/no":
        return "Write true or false"
    if fact.unit == "date":
        return "Write year-month-day, for example 2026-05-04 for 4 May 2026"
    if "£" in fact.unit:
        return 'Write pounds and pence in quotation marks, for example "216.50"'
    if fact.most is not None:
        example = max(fact.least or 0, fact.most // 2)
        return f"Write a whole number from {fact.least or 0} to {fact.most}, for example {example}"
    return "Write a whole number, for example 2"


def _not_a_choice(fact: Fact, text: str) -> str | None:
    if not isinstance(fact.unit, Choices):
        return None
    if fact.name == "kind":
        return f"is not a known kind of {fact.unit.name.replace('_', ' ')}: {text!r}"
    return f"is not a choice for {fact.name}: {text!r}"


def _too_early(fact: Fact, text: str) -> str | None:
    if fact.unit != "date" or fact.least is None:
        return None
    try:
        return f"is before {in_words(fact.least)}: {text!r}" if day(text) < fact.least else None
    except ValueError:
        return None


def _instead(fact: Fact, text: str, suggest: bool) -> str:
    if isinstance(fact.unit, Choices):
        near = nearest(text, fact.unit.names) if suggest else None
        return one_of(fact.unit.names, near=near, what="kinds")
    if "£" not in fact.unit:
        return how_to_write(fact)
    if text.lstrip("£ ").startswith("-"):
        return 'Write nought or more, for example "0.00"'
    adorned = _ONLY_ADORNED.fullmatch(text)
    if adorned is None:
        return how_to_write(fact)
    plain = adorned[1].replace(",", "") + (adorned[2] or "")
    return f'Write it without a pound sign, commas or spaces: "{plain}"'

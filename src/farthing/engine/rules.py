"""A rule: a small pure function whose name is the quantity, whose parameters are what it needs, and where the law says so."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from farthing.base.citation import Citation
from farthing.base.days import day


@dataclass(frozen=True, slots=True)
class Rule:
    """One idea of the law. ``each`` names the list whose every item it is read for; None for a rule of the person."""

    name: str
    function: Callable[..., Any]
    needs: tuple[str, ...]
    says: str
    unit: Any
    law: tuple[Citation, ...]
    since: int
    each: str | None
    place: str
    remark: str

    @property
    def cited(self) -> str:
        """Where the law says so, as text."""
        return "; ".join(map(str, self.law))


def rule(
    *,
    law: str,
    unit: Any,
    since: str = "2015-04-01",
    each: str | None = None,
    checked: bool = True,
    remark: str = "",
) -> Callable[[Callable[..., Any]], Rule]:
    """Make a function a rule.

    ``law`` cites the provision, several parted by "; ". ``unit`` is "£", "£ a week", "yes/no", "date", "days",
    "weeks", "number", "percent" or a set of ``Choices``. ``checked=False`` marks a rule written from general
    knowledge. ``remark`` is a sentence to put beside the result where a yes/no rule holds. The docstring's first line
    says what the law says, in a sentence a person could be sent.
    """

    def declare(function: Callable[..., Any]) -> Rule:
        says = (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ")
        code = function.__code__
        return Rule(
            name=function.__name__,
            function=function,
            needs=code.co_varnames[: code.co_argcount + code.co_kwonlyargcount],
            says=says,
            unit=unit,
            law=tuple(Citation(provision, checked) for provision in law.split("; ")),
            since=day(since),
            each=each,
            place=f"{function.__module__}:{code.co_firstlineno}",
            remark=remark,
        )

    return declare

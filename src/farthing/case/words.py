"""Values in words for a person, and as data for other programs."""

from typing import Any

from farthing.base.days import in_words, iso
from farthing.base.money import pounds, shown
from farthing.engine.asking import Unknown
from farthing.engine.constants import FUTURE, PAST
from farthing.engine.kinds import Choices


def said_value(unit: Any, value: Any) -> str:
    """A value with its unit, as a person reads it."""
    if isinstance(unit, Choices):
        return unit.names[int(value)].replace("_", " ")
    if unit == "yes/no":
        return "yes" if value else "no"
    if unit == "date":
        return in_words(value) if PAST < value < FUTURE else "no day"
    if "£" in unit:
        return f"{shown(value)}{unit[1:]}"
    return str(value) if unit == "number" else f"{value} {unit}"


def plain_value(unit: Any, value: Any) -> Any:
    """A value for other programs: pounds and dates as text, yes/no and counts as they are, None where unknown."""
    if isinstance(value, Unknown) or value is None:
        return None
    if isinstance(unit, Choices):
        return unit.names[int(value)]
    if unit == "yes/no":
        return bool(value)
    if unit == "date":
        return iso(value) if PAST < value < FUTURE else None
    return pounds(value) if "£" in unit else int(value)


def per_week(amount: int) -> str:
    """Pence a week as a person reads it."""
    return f"{shown(amount)} a week"


def share_of(part: int, whole: int) -> str:
    """A part as a percentage of the whole with one decimal: "12.5%"."""
    thousandths = part * 1000 // whole if whole else 0
    return f"{thousandths // 10}.{thousandths % 10}%"

"""The times of a day as people type them: "9am to 5pm", "09:00-17:00", "9am to 1pm, 5pm to 9.30pm", "all day"."""

import re
import unicodedata
from itertools import pairwise
from typing import Any

from farthing.service.design.forms import TextField
from farthing.service.directory.entry import DAY, Hours
from farthing.service.directory.in_words import NOON, times_in_words

Span = tuple[int, int]
"""From and to, in minutes after midnight."""

DASHES = dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212), "-")
"""The dashes people type, each as a hyphen."""

_TIME = r"(?:midnight|midday|noon|\d{1,2}(?:[.:]\d{2})?\s*(?:am|pm)?)"
_SPAN = re.compile(rf"({_TIME})\s*(?:to|until|till|-)\s*({_TIME})")
_CLOCK = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*(am|pm)?")


class TimesField(TextField):
    """The times of one day, given as spans in order; none where the box is empty."""

    def __init__(self, **options: Any):
        super().__init__(**{"required": False, "max_length": 100, "width": 20, **options})

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else times_in_words(Hours(0, *each) for each in value or ())

    def clean(self, value: Any) -> list[Span]:
        typed = unicodedata.normalize("NFKC", super().clean(value)).lower().translate(DASHES).strip()
        try:
            return spans(typed)
        except ValueError as error:
            raise self.refuse("invalid", "%(why)s", why=str(error)) from None


def spans(typed: str) -> list[Span]:
    """The spans of a day as typed. Raises ``ValueError`` that says what to enter instead."""
    if not typed or typed == "closed":
        return []
    if typed in ("all day", "any time", "anytime", "24 hours"):
        return [(0, DAY)]
    found = sorted(_span(each.strip()) for each in re.split(r",|;|\band\b", typed) if each.strip())
    if any(before[1] > after[0] for before, after in pairwise(found)):
        raise ValueError("Enter times that do not overlap, like 9am to 1pm, 5pm to 9pm")
    return found


def _span(typed: str) -> Span:
    said = _SPAN.fullmatch(typed)
    if said is None:
        raise ValueError("Enter times like 9am to 5pm, or 09:00 to 17:00")
    opens, closes = _minutes(said[1]), _minutes(said[2]) or DAY
    if opens >= closes:
        raise ValueError("Enter an end that is later than the beginning, like 9am to 5pm")
    return opens, closes


def _minutes(typed: str) -> int:
    if typed in ("midday", "noon"):
        return NOON
    if typed == "midnight":
        return 0
    said = _CLOCK.fullmatch(typed)
    assert said is not None
    hour, minute, half = int(said[1]), int(said[2] or 0), said[3]
    if minute > 59 or hour > (12 if half else 24) or (half and not hour) or (hour == 24 and minute):
        raise ValueError("Enter times of the day, like 9am to 5pm")
    if half:
        return (hour % 12 + (12 if half == "pm" else 0)) * 60 + minute
    if not said[2] and hour <= 12:
        raise ValueError("Say am or pm, like 9am to 5pm")
    return hour % 24 * 60 + minute

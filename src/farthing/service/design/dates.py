"""A date typed into three boxes, as the GOV.UK date pattern has it."""

import unicodedata
from calendar import month_name, monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from django import forms
from django.core.exceptions import ValidationError

from farthing.base import days
from farthing.service.design.entries import starting_big

MustBe = Literal["in the past", "today or in the past", "today or in the future", "in the future"]
"""Where a date must lie as seen from today; the words are those of the error."""

BOXES = ("day", "month", "year")


class TypedDate(NamedTuple):
    """What was typed in each box."""

    day: str
    month: str
    year: str


class DateBoxes(forms.Widget):
    """Three boxes, sent as ``name-day``, ``name-month`` and ``name-year``."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> TypedDate:
        return TypedDate(*(str(data.get(f"{name}-{box}") or "") for box in BOXES))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> bool:
        return not any(f"{name}-{box}" in data for box in BOXES)


class DateField(forms.Field):
    """A date, given as ``date``. The month may be typed as a number or by name.

    ``must_be`` is seen from ``today``, which the form passes in; ``earliest`` and ``latest`` are fixed days, allowed
    themselves. ``birth`` lets a browser fill in the person's own date of birth. An error knows which boxes are wrong:
    ``error.params["boxes"]``.
    """

    widget = DateBoxes

    def __init__(
        self,
        *,
        called: str = "",
        must_be: MustBe | None = None,
        earliest: date | None = None,
        latest: date | None = None,
        birth: bool = False,
        **options: Any,
    ):
        self.called, self.must_be, self.birth = called, must_be, birth
        self.earliest, self.latest = earliest, latest
        self.today: date | None = None
        self._own_words = options.get("error_messages") or {}
        super().__init__(**options)

    def prepare_value(self, value: Any) -> TypedDate:
        if isinstance(value, TypedDate):
            return value
        return TypedDate(str(value.day), str(value.month), str(value.year)) if value else TypedDate("", "", "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != self.prepare_value(data)

    def clean(self, value: TypedDate | None) -> date | None:
        typed = TypedDate(*(unicodedata.normalize("NFKC", part).strip() for part in value or ("", "", "")))
        empty = [box for box in BOXES if not getattr(typed, box)]
        if len(empty) == len(BOXES):
            if self.required:
                raise self._refuse("required", f"Enter {self.called or 'a date, like 27 3 2026'}", *BOXES)
            return None
        if empty:
            raise self._refuse("incomplete", f"{self._named} must include a {' and '.join(empty)}", *empty)
        day = self._real(typed)
        self._in_range(day)
        return day

    @property
    def _named(self) -> str:
        return starting_big(self.called or "the date")

    def _refuse(self, code: str, words: str, *boxes: str) -> ValidationError:
        params = {"words": self._own_words.get(code, words), "boxes": boxes}
        return ValidationError("%(words)s", code=code, params=params)

    def _real(self, typed: TypedDate) -> date:
        number = {"day": _number(typed.day, 1, 31), "month": _month(typed.month), "year": _number(typed.year, 0, 9999)}
        not_read = [box for box in BOXES if number[box] is None]
        not_real = f"{self._named} must be a real date"
        if not_read:
            raise self._refuse("invalid", not_real, *not_read)
        day, month, year = (number[box] or 0 for box in BOXES)
        if len(typed.year) != 4 or year == 0:
            raise self._refuse("year", f"{self._named} must have a year of 4 numbers, like 2026", "year")
        if day > monthrange(year, month)[1]:
            last = monthrange(year, month)[1]
            ends = f"{not_real}: {month_name[month]} {year} has {last} days"
            raise self._refuse("invalid", ends, "day")
        return date(year, month, day)

    def _in_range(self, day: date) -> None:
        if self.must_be and self.today is None:
            raise TypeError("a date that must be in the past or future is judged by today: pass today to the form")
        if self.must_be and self.today and not _lies(day, self.must_be, self.today):
            raise self._refuse("range", f"{self._named} must be {self.must_be}", *BOXES)
        if self.earliest and day < self.earliest:
            limit = days.in_words(self.earliest.toordinal())
            raise self._refuse("earliest", f"{self._named} must be the same as or after {limit}", *BOXES)
        if self.latest and day > self.latest:
            limit = days.in_words(self.latest.toordinal())
            raise self._refuse("latest", f"{self._named} must be the same as or before {limit}", *BOXES)


def _lies(day: date, where: MustBe, today: date) -> bool:
    match where:
        case "in the past":
            return day < today
        case "today or in the past":
            return day <= today
        case "today or in the future":
            return day >= today
        case "in the future":
            return day > today


def _number(text: str, least: int, most: int) -> int | None:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else None
    return number if number is not None and least <= number <= most else None


def _month(text: str) -> int | None:
    name = text.rstrip(".").casefold()
    if len(name) >= 3 and name.isalpha():
        return next((index for index in range(1, 13) if month_name[index].casefold().startswith(name)), None)
    return _number(text, 1, 12)

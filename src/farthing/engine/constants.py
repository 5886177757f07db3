"""Whole numbers that are the same in every law and at every date, with their units."""

from typing import Any

from farthing.base.days import day


class Constant(int):
    """A whole number that a rule may hold without a dated figure, because no law could change it."""

    unit: Any

    def __new__(cls, value: int, unit: Any) -> "Constant":
        constant = super().__new__(cls, value)
        constant.unit = unit
        return constant


WEEKS_IN_A_YEAR = Constant(52, "weeks a year")
DAYS_IN_A_WEEK = Constant(7, "days a week")
ONE_PENNY_A_WEEK = Constant(1, "£ a week")
ONCE_A_WEEK = Constant(1, "times a week")
"""Turns a sum there is to spend into the most that can be spent in one week."""
PAST = Constant(day("0001-01-01"), "date")
"""A date so early that whatever it dates has always been so."""
FUTURE = Constant(day("9999-12-31"), "date")
"""A date so late that whatever it dates has not happened."""

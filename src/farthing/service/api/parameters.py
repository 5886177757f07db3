"""Parameters that several endpoints take."""

from datetime import date
from typing import Annotated

from ninja import Query

from farthing.service import clock

OnDay = Annotated[date | None, Query(description="A day, written year-month-day; today where it is left out")]


def day_or_today(on: date | None) -> int:
    """The day asked about, as a day number."""
    return (on or clock.today()).toordinal()

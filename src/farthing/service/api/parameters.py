"""Parameters that several endpoints take, and what is refused where nothing is found under a name."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated

from ninja import Path, Query
from pydantic import BeforeValidator

from farthing.base.days import day
from farthing.base.refusal import Refusal
from farthing.service import clock
from farthing.service.api.refusals import Refused


def _written_as_a_day(text: object) -> date:
    return text if isinstance(text, date) else date.fromordinal(day(str(text)))


Day = Annotated[date, BeforeValidator(_written_as_a_day)]
"""A date, written year-month-day and in no other way."""

OnDay = Annotated[Day | None, Query(description="A day, written year-month-day; today where it is left out")]
Name = Annotated[str, Path(description="A name, as the list gives it", max_length=100)]
Reference = Annotated[str, Path(description="A reference, such as FA-7K3M-2QXT-H4WR", max_length=20)]


def day_or_today(on: date | None) -> int:
    """The day asked about, as a day number."""
    return (on or clock.today()).toordinal()


@contextmanager
def not_found_where_refused() -> Iterator[None]:
    """Answer 404 where what is named is refused because there is no such thing."""
    try:
        yield
    except Refusal as refusal:
        raise Refused(404, *refusal.problems) from None

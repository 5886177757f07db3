"""One invented case as its story is told: who it is about, who works on it, and when the next thing happens."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from farthing.service.access.models import Account
from farthing.service.assessments.models import How
from farthing.service.clock import LONDON, day_of
from farthing.service.demonstration.invented import Identity
from farthing.service.demonstration.staff import Staff
from farthing.service.people.models import Authority
from farthing.service.questions.answers import Answers

Story = Generator[datetime, datetime, None]
"""A story yields the moment at which it goes on. What would happen after today has not happened yet."""

Part = Generator[datetime, datetime, datetime]
"""A part of a story, which gives the moment it ended at."""


@dataclass(slots=True)
class Case:
    """An invented case. ``starts`` is when it reaches the council; ``answers`` is what is told of the person."""

    number: int
    who: Identity
    answers: Answers
    staff: Staff
    starts: datetime
    how: How
    authority: Authority
    drawn: Random

    @property
    def officer(self) -> Account:
        """Who works on it."""
        return self.staff.officers[self.number % len(self.staff.officers)]

    def after(self, at: datetime, fewest: int, most: int) -> datetime:
        """A moment in office hours so many days later, drawn between two numbers, and never before ``at``."""
        drawn = in_office_hours(day_of(at) + timedelta(days=self.drawn.randint(fewest, most)), self.drawn)
        return max(drawn, at + timedelta(minutes=5))


def in_office_hours(on: date, drawn: Random) -> datetime:
    """A moment on a day, or on the Monday after it, between nine and five."""
    working = on + timedelta(days=max(0, 7 - on.weekday()) if on.weekday() > 4 else 0)
    return datetime.combine(working, time(drawn.randint(9, 16), drawn.randint(0, 59)), LONDON)

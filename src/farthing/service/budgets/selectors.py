"""A person's budget, and why there is none."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models

from farthing.base.days import DAYS_IN_A_WEEK
from farthing.councils.billing import Billing
from farthing.ledger.billing_periods import Stretch
from farthing.ledger.budget import Budget, budget_for
from farthing.ledger.charge import Undecided
from farthing.service.ledger.charges import known_of
from farthing.service.people.models import Person


@dataclass(frozen=True, slots=True)
class FoundBudget:
    """A budget with the decision it rests on; or ``why_not`` in a sentence, where there is none."""

    budget: Budget | None
    decision: str = ""
    why_not: str = ""


def budget_week(person: Person, today: date) -> date:
    """The first day of the week a budget is shown for: the Monday that is today or comes next.

    Where no care is planned in that week and some is to come, it is the first day of that.
    """
    monday = today + timedelta(days=-today.weekday() % DAYS_IN_A_WEEK)
    ends_before = models.Q(ends_on__lt=monday)
    to_come = person.services.exclude(ends_before).aggregate(first=models.Min("starts_on"))["first"]
    return to_come if to_come and to_come >= monday + timedelta(days=DAYS_IN_A_WEEK) else monday


def budget_of(person: Person, since: date, rules: Billing) -> FoundBudget:
    """The budget of a person for the week that begins on a day."""
    week = Stretch(since.toordinal(), since.toordinal() + DAYS_IN_A_WEEK - 1)
    known = known_of([person], week, rules)[person.pk]
    if person.died_on and person.died_on < since:
        return FoundBudget(None, why_not="The person has died.")
    try:
        found = budget_for(known.care, known.contributions, week.first)
    except Undecided:
        return FoundBudget(None, why_not="Nobody has decided yet what is to be paid.")
    if not found.parts:
        return FoundBudget(None, why_not="No care is planned for that week.")
    holding = [each.decision for each in known.contributions if each.since <= week.last]
    return FoundBudget(found, holding[-1] if holding else "")

"""Telling a person their budget in writing."""

from datetime import date, datetime

from django.db import transaction

from farthing.base.refusal import Problem, Refusal
from farthing.councils.billing import Billing
from farthing.service.access.models import Account
from farthing.service.audit.services import record
from farthing.service.budgets.letter_fields import budget_fields
from farthing.service.budgets.selectors import budget_of
from farthing.service.clock import day_of
from farthing.service.correspondence.models import Letter
from farthing.service.correspondence.services import send, write
from farthing.service.people.models import LetterForm, Person
from farthing.service.references import new_reference


def send_budget(person: Person, since: date, rules: Billing, *, by: Account, at: datetime) -> Letter:
    """Write a person's budget of the week that begins on a day, and queue the letter. Raises ``Refusal`` where there is none."""
    found = budget_of(person, since, rules)
    if found.budget is None:
        raise Refusal(
            Problem("budget", f"cannot be told: {found.why_not}", "Plan the care and decide on the charge first")
        )
    reference = new_reference("PB")
    form = LetterForm.LARGE_PRINT if person.letters_as != LetterForm.STANDARD else LetterForm.STANDARD
    with transaction.atomic():
        letter = write(
            "personal_budget",
            person=person,
            cause=f"budget {reference}",
            fields=budget_fields(person, found.budget, reference, day_of(at), by),
            form=form,
            at=at,
            by=by.actor,
        )
        send(letter, at=at, by=by.actor)
        record(action="budget told", actor=by.actor, about=person.reference, at=at, letter=letter.reference)
    return letter

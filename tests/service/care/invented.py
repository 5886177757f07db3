"""Invented care and contributions, from 30 March 2026 on, when the periods of Cambridgeshire begin."""

from datetime import date, datetime

from farthing.ledger.care import Unit
from farthing.service.access.models import Account
from farthing.service.assessments.models import AssessmentRequest, Decision, Kind
from farthing.service.assessments.models.requests import State
from farthing.service.care import services as care
from farthing.service.care.models import Service
from farthing.service.people.models import Person

FIRST_DAY = date(2026, 3, 30)
EVERY_DAY = (1,) * 7
WEEKLY = 30_000


def decided_to_pay(
    person: Person, weekly: int | None, since: date, *, by: Account, at: datetime, waived: int = 0
) -> Decision:
    """A sealed decision with nothing in it but what a bill or a payment needs. ``weekly`` is None for the full cost."""
    request = AssessmentRequest.objects.create(
        person=person, kind=Kind.APPLICATION, state=State.DECIDED, made_by=by, begun_at=at, received_at=at, ended_at=at
    )
    return Decision.objects.create(
        person=person, request=request, council="cambridgeshire", effective_from=since, weekly_charge=weekly or 0,
        maximum_weekly_contribution=weekly, pays_full_cost=weekly is None, waived=waived, outcome="contribution",
        law_edition="invented", sealed={}, digest="", decided_by=by, sealed_at=at,
    )  # fmt: skip


def planned(person: Person, *, by: Account, at: datetime, starts_on: date = FIRST_DAY, **more: object) -> Service:
    """A service of somebody's, told of its cost on the day it starts."""
    given = {"kind": "home_care", "unit": Unit.WEEK, "planned": EVERY_DAY, "pence": WEEKLY, "starts_on": starts_on}
    service = care.plan_service(person, **{**given, **more}, by=by, at=at)
    care.give_notice(service, on=starts_on, by=by, at=at)
    return service

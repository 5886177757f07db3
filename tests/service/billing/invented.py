"""Invented people with care and a contribution, billed from 30 March 2026 on, when the periods of Cambridgeshire begin."""

from datetime import UTC, date, datetime, timedelta

from farthing.service.access.models import Account, Role
from farthing.service.billing.drafting import draft
from farthing.service.billing.models import BillingRun
from farthing.service.billing.releasing import release
from farthing.service.billing.services import begin_run_here, release_run_here
from farthing.service.people.models import Person
from tests.service import cases
from tests.service.care.invented import FIRST_DAY, decided_to_pay, planned

PAYS = 8_615


def after(period: int) -> datetime:
    """A moment two days after a period ended, when its run is begun."""
    return datetime.combine(FIRST_DAY + timedelta(28 * period + 1), datetime.min.time(), UTC) + timedelta(hours=10)


def somebody(
    *, by: Account, weekly: int | None = PAYS, starts: date = FIRST_DAY, at: datetime | None = None, **service: object
) -> Person:
    """Somebody with home care by the week, told of its cost, and a contribution from the day it starts."""
    person = cases.person(by=by)
    at = at or after(0)
    planned(person, by=by, at=at, starts_on=starts, **service)
    decided_to_pay(person, weekly, starts, by=by, at=at)
    return person


def drafted(period: int, *, by: Account, person: Person | None = None, at: datetime | None = None) -> BillingRun:
    """A run that waits to be reviewed."""
    run = begin_run_here(period, person=person, by=by, at=at or after(period))
    draft(run, now=lambda: at or after(period), advance=lambda done, total: None)
    return run


def billed(period: int, *, by: Account, person: Person | None = None, at: datetime | None = None) -> BillingRun:
    """A run drafted, reviewed and released."""
    return released(drafted(period, by=by, person=person, at=at), by=by, at=at or after(period))


def released(run: BillingRun, *, by: Account, at: datetime) -> BillingRun:
    """A drafted run, reviewed and released."""
    release_run_here(run, by=by, at=at)
    release(run, now=lambda: at, advance=lambda done, total: None)
    return run


def finance() -> Account:
    """A member of the finance team."""
    return cases.staff(Role.FINANCE)

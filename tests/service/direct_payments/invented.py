"""Invented people with direct payments, paid from 30 March 2026 on, when the periods of Cambridgeshire begin."""

from datetime import UTC, date, datetime, timedelta

from farthing.exchange.bank_details import BankAccount
from farthing.service.access.models import Account, Role
from farthing.service.care import services as care
from farthing.service.care.models import Service, TakenAs
from farthing.service.direct_payments.conditions import CONDITIONS, ManagedBy
from farthing.service.direct_payments.drafting import draft
from farthing.service.direct_payments.models import Agreement, DedicatedAccount, DirectPaymentRequest, PaymentRun
from farthing.service.direct_payments.releasing import release
from farthing.service.direct_payments.services import accounts, agreements, requests, runs
from farthing.service.people.models import Person
from tests.service import cases
from tests.service.care.invented import FIRST_DAY, decided_to_pay
from tests.service.care.invented import planned as care_planned

GROSS, PAYS = 4_800, 2_800
"""Of the council's page: a week of £48.00, a contribution of £28.00."""

AGREED_AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
REASON = "The person asked for it by telephone."
PAYS_FROM = {
    "service_user": "123456", "name": "EXAMPLESHIRE CC", "sort_code": "200000", "account_number": "12345678",
    "form": "bacs_standard_18",
}  # fmt: skip
COUNCIL_ACCOUNT = BankAccount("200000", "12345678", "EXAMPLESHIRE CC")


def before(period: int) -> datetime:
    """A moment a week before a period begins, when its run is begun."""
    return datetime.combine(day(period) - timedelta(7), datetime.min.time(), UTC) + timedelta(hours=10)


def day(period: int, later: int = 0) -> date:
    """The first day of a period, or so many days later."""
    return FIRST_DAY + timedelta(28 * (period - 1) + later)


def planned(person: Person, *, by: Account, at: datetime = AGREED_AT, **more: object) -> Service:
    """A service of somebody's, taken as a direct payment unless said otherwise, told of its cost on the day it starts."""
    return care_planned(person, by=by, at=at, **{"pence": GROSS, "taken_as": TakenAs.DIRECT_PAYMENT, **more})


def somebody(*, by: Account, weekly: int | None = PAYS, starts: date = FIRST_DAY, **service: object) -> Person:
    """Somebody with eligible needs, care taken as a direct payment, and a contribution from the day it starts."""
    person = cases.person(by=by)
    care.record_needs(
        person, is_eligible=True, decided_on=AGREED_AT.date(), review_by=date(2027, 3, 2), by=by, at=AGREED_AT
    )
    planned(person, by=by, starts_on=starts, **service)
    decided_to_pay(person, weekly, starts, by=by, at=AGREED_AT)
    return person


def granted(
    person: Person, managed_by: ManagedBy = ManagedBy.PERSON, *, by: Account, **asked: object
) -> DirectPaymentRequest:
    """A request that was granted, all conditions being met."""
    request = requests.ask(person, managed_by=managed_by, by=by, at=AGREED_AT, **asked)
    assert requests.decide(request, {each.key: True for each in CONDITIONS[managed_by]}, by=by, at=AGREED_AT)
    return request


def account(
    person: Person, *, by: Account, checker: Account | None = None, number: str = "66374958"
) -> DedicatedAccount:
    """The account kept for a person's direct payments, checked where somebody is given who does it."""
    keyed = accounts.key_account(
        person, sort_code="08-99-99", account_number=number, name="A Madeup", by=by, at=AGREED_AT
    )
    if checker:
        accounts.check_account(keyed, seen="E-000001", by=checker, at=AGREED_AT)
    return keyed


def agreed(
    person: Person, *, by: Account, checker: Account | None, starts_on: date = FIRST_DAY, at: datetime = AGREED_AT
) -> Agreement:
    """A signed agreement, with an account that is checked where somebody is given who does it."""
    agreement = agreements.offer(
        granted(person, by=by), starts_on=starts_on, spent_on=["A personal assistant for 3 hours a week."],
        account=account(person, by=by, checker=checker), surplus_weeks=8, by=by, at=at,
    )  # fmt: skip
    agreements.sign(agreement, signed_on=at.date(), evidence="E-000002", by=by, at=at)
    return agreement


def drafted(period: int, *, by: Account, at: datetime | None = None) -> PaymentRun:
    """A run that waits to be reviewed."""
    run = runs.begin_run_here(period, by=by, at=at or before(period))
    draft(run, now=lambda: at or before(period), advance=lambda done, total: None)
    return run


def paid(period: int, *, by: Account, released_by: Account, at: datetime | None = None) -> PaymentRun:
    """A run drafted, reviewed and released."""
    return released(drafted(period, by=by, at=at), by=released_by, at=at or before(period))


def released(run: PaymentRun, *, by: Account, at: datetime) -> PaymentRun:
    """A drafted run, reviewed and released."""
    runs.release_run_here(run, by=by, at=at)
    release(run, now=lambda: at, advance=lambda done, total: None)
    return run


def finance() -> Account:
    """A member of the finance team."""
    return cases.staff(Role.FINANCE)

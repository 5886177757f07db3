"""Whatever happens to somebody's care between the runs, they owe what it comes to when it is worked out afresh."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from farthing.base.refusal import Refusal
from farthing.ledger.billing_periods import Stretch
from farthing.ledger.care import Unit
from farthing.service.access.models import Role
from farthing.service.billing import services
from farthing.service.billing.models import Hold, LineState, Paper, PaperKind
from farthing.service.care import services as care
from farthing.service.care.models import StopReason, TakenAs
from farthing.service.ledger.charges import known_of, policy
from farthing.service.ledger.selectors import balances_of, trial_balance
from farthing.service.people.services import record_death
from tests.effort import tries
from tests.service import cases
from tests.service.billing.invented import FIRST_DAY, after, decided_to_pay, drafted, planned, released

pytestmark = pytest.mark.django_db
PERIODS = 4
REASON = "What was known when it was billed was not right."

DAYS = st.integers(0, 28 * PERIODS - 1).map(lambda day: FIRST_DAY + timedelta(day))


def plans(person, day, number, officer, at):
    as_what = TakenAs.DIRECT_PAYMENT if number % 3 == 0 else TakenAs.ARRANGED
    planned(person, by=officer, at=at, starts_on=day, pence=3_000 + 977 * number, taken_as=as_what)


def plans_by_the_hour(person, day, number, officer, at):
    service = planned(person, by=officer, at=at, starts_on=day, unit=Unit.HOUR, planned=[30 + number] * 7, pence=2_111,
                      is_by_delivery=number % 2 == 1)  # fmt: skip
    if number % 2:
        care.key_visit(service, day=day, amount=45, outside_reference=f"V{number}", by=officer, at=at)


def decides(person, day, number, officer, at):
    decided_to_pay(person, None if number == 7 else 1_003 * number, day, by=officer, at=at, waived=11 * (number % 4))


def ends(person, day, number, officer, at):
    for service in person.services.filter(starts_on__lte=day):
        care.end_service(service, day, by=officer, at=at, version=service.version)


def costs_more(person, day, number, officer, at):
    for service in person.services.filter(starts_on__lte=day):
        care.change_rate(service, since=day, pence=1_000 + 713 * number, by=officer, at=at, version=service.version)


def stays_in_hospital(person, day, number, officer, at):
    care.stop_care(person, StopReason.HOSPITAL, first=day, last=day + timedelta(number), by=officer, at=at)


def dies(person, day, number, officer, at):
    person.refresh_from_db()
    record_death(person, day, by=officer, at=at, today=at.date(), version=person.version)


def is_held(person, day, number, officer, at):
    if not Hold.objects.filter(person=person, ended_at=None).exists():
        services.hold(person, reason=REASON, by=officer, at=at)


def is_held_no_more(person, day, number, officer, at):
    for held in Hold.objects.filter(person=person, ended_at=None):
        services.end_hold(held, by=officer, at=at)


def is_taken_back(person, day, number, officer, at):
    for paper in Paper.objects.filter(person=person, kind=PaperKind.INVOICE, mirrored_by=None)[:1]:
        services.retract(paper, reason=REASON, by=officer, at=at)


EVENTS = st.tuples(
    st.integers(1, PERIODS),
    st.sampled_from([plans, plans_by_the_hour, decides, ends, costs_more, stays_in_hospital, dies, is_held, is_held_no_more,
                     is_taken_back]),
    DAYS,
    st.integers(1, 9),
)  # fmt: skip


@settings(max_examples=tries(25), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(EVENTS, max_size=8))
@cases.undone()
def test_what_is_owed_is_what_all_of_it_comes_to_afresh(events):
    officer = cases.staff(Role.OFFICER)
    person = cases.person(by=officer)
    decided_to_pay(person, 8_615, FIRST_DAY, by=officer, at=after(0))
    for period in range(1, PERIODS + 1):
        at = after(period)
        for _, happens, day, number in (each for each in events if each[0] == period):
            if day <= at.date():
                with suppress(Refusal):  # a visit after a death, an end before the start: nothing happens
                    happens(person, day, number, officer, at)
        run = bill(period, person, officer, at)
    is_held_no_more(person, None, 0, officer, at)
    run = bill(PERIODS, person, officer, at)
    person.refresh_from_db()
    whole = Stretch(FIRST_DAY.toordinal(), policy().calendar.period(PERIODS).last)
    afresh = known_of([person], whole, policy())[person.pk].charges(policy(), range(1, PERIODS + 1))
    if all(line.state != LineState.EARLY for line in run.lines.all()):
        assert balances_of([person])[person.pk] == sum(charge.invoiced for charge in afresh.values())
    assert sum(trial_balance().values()) == 0
    standing = Paper.objects.filter(person=person, kind=PaperKind.INVOICE, mirrored_by=None)
    assert sum(paper.total for paper in standing) == balances_of([person])[person.pk]


def bill(period, person, officer, at):
    """Bill one person, with whatever reaches far back approved."""
    run = drafted(period, by=officer, person=person, at=at)
    for line in run.lines.filter(state=LineState.APPROVAL):
        services.approve_line(line, reason=REASON, instalments=1, by=officer, at=at)
    return released(run, by=officer, at=at)

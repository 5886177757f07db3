"""Care is planned, told of, stopped and delivered, and the ledger reads it as it stands."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from farthing.base.refusal import Refusal
from farthing.ledger.billing_periods import Stretch
from farthing.ledger.care import Rate, Unit, Why
from farthing.ledger.charge import Contribution, charge_for
from farthing.service.access.models import Role
from farthing.service.audit.models import Event
from farthing.service.care import selectors, services
from farthing.service.care.models import StopReason, TakenAs
from farthing.service.people.services import Overtaken, record_death
from tests.service import cases
from tests.service.cases import AT

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 6, 1)
WEEK = Stretch(MONDAY.toordinal(), MONDAY.toordinal() + 6)
EVERY_DAY = (1,) * 7
PAYS = (Contribution(1, 10_000, "D-1"),)


@pytest.fixture
def officer():
    return cases.staff(Role.OFFICER)


@pytest.fixture
def ada(officer):
    return cases.person(by=officer)


@pytest.fixture
def plan(officer):
    """Plans a service for somebody, with a notice of its cost on the day it starts unless said otherwise."""

    def planned(person, *, notice=MONDAY, **more):
        given = {"kind": "home_care", "unit": Unit.WEEK, "planned": EVERY_DAY, "pence": 30_000, "starts_on": MONDAY}
        service = services.plan_service(person, **{**given, **more}, by=officer, at=AT)
        if notice:
            services.give_notice(service, on=notice, by=officer, at=AT)
        return service

    return planned


def charged(person, days=WEEK, stopping=(Why.HOSPITAL,)):
    return charge_for(selectors.care_of(person, days, stopping=stopping), PAYS, days).charge


def test_a_service_is_charged_once_its_cost_was_told(ada, plan, officer):
    service = plan(ada, notice=None)
    assert charged(ada) == 0 and selectors.charged_from(service) is None
    services.give_notice(service, on=MONDAY, by=officer, at=AT)
    assert charged(ada) == 10_000


def test_a_notice_that_came_late_lets_the_days_before_it_go(ada, plan):
    plan(ada, notice=MONDAY + timedelta(days=3))
    assert charged(ada) == 10_000 * 4 // 7


def test_without_a_notice_somebody_must_give_a_name_and_a_reason(ada, plan, officer):
    service = plan(ada, notice=None)
    with pytest.raises(Refusal, match="reason"):
        services.charge_without_notice(service, since=MONDAY, reason="urgent", by=officer, at=AT)
    services.charge_without_notice(
        service, since=MONDAY, reason="She was told the cost by telephone.", by=officer, at=AT
    )
    assert charged(ada) == 10_000
    assert service.charged_without_notice.get().by == officer


def test_a_notice_is_acknowledged_once(ada, plan, officer):
    notice = plan(ada).notices.get()
    services.acknowledge(notice, on=MONDAY, who="Ada Invented", by=officer, at=AT)
    services.acknowledge(notice, on=MONDAY + timedelta(days=1), who="Somebody else", by=officer, at=AT)
    assert (notice.acknowledged_on, notice.acknowledged_by) == (MONDAY, "Ada Invented")
    assert Event.objects.filter(action="cost notice acknowledged").count() == 1


def test_reablement_is_free_for_its_first_six_weeks(ada, plan):
    service = plan(ada, kind="reablement", starts_on=MONDAY, notice=MONDAY)
    assert selectors.charged_from(service) == MONDAY + timedelta(days=42)
    last_free = Stretch(WEEK.first + 35, WEEK.last + 35)
    assert (charged(ada, last_free), charged(ada, Stretch(WEEK.first + 42, WEEK.last + 42))) == (0, 10_000)


@pytest.mark.parametrize(
    "kind", ["community_equipment", "carers_support", "aftercare_s117", "continuing_healthcare", "assessment"]
)
def test_what_the_law_makes_free_is_never_charged(ada, plan, kind):
    service = plan(ada, kind=kind)
    assert charged(ada) == 0 and selectors.charged_from(service) is None


def test_days_in_hospital_stop_the_charge_where_the_policy_says_so(ada, plan, officer):
    plan(ada)
    services.stop_care(ada, StopReason.HOSPITAL, first=MONDAY, last=MONDAY + timedelta(days=2), by=officer, at=AT)
    assert (charged(ada), charged(ada, stopping=())) == (10_000 * 4 // 7, 10_000)


def test_a_hold_stops_the_charge_whatever_the_policy_and_until_it_ends(ada, plan, officer):
    plan(ada)
    stop = services.stop_care(ada, StopReason.HOLD, first=MONDAY, by=officer, at=AT)
    assert charged(ada, stopping=()) == 0
    services.care_goes_on(stop, last=MONDAY + timedelta(days=6), by=officer, at=AT)
    assert charged(ada, Stretch(WEEK.first + 7, WEEK.last + 7)) == 10_000


def test_a_stop_of_one_service_leaves_the_others(ada, plan, officer):
    here, there = plan(ada, pence=3_000), plan(ada, pence=2_000)
    services.stop_care(ada, StopReason.HOLD, first=MONDAY, service=there, by=officer, at=AT)
    assert charged(ada) == 3_000
    other = cases.person(by=officer)
    with pytest.raises(Refusal, match="somebody else"):
        services.stop_care(other, StopReason.HOLD, first=MONDAY, service=here, by=officer, at=AT)


def test_nothing_is_charged_after_a_death(ada, plan, officer):
    plan(ada)
    record_death(ada, MONDAY + timedelta(days=1), by=officer, at=AT, today=AT.date(), version=ada.version)
    ada.refresh_from_db()
    assert charged(ada) == 10_000 * 2 // 7


def test_visits_are_charged_as_they_were_keyed(ada, plan, officer):
    service = plan(ada, unit=Unit.VISIT, planned=(2,) * 7, pence=1_500, is_by_delivery=True)
    services.key_visit(service, day=MONDAY, amount=1, outside_reference="V-1", by=officer, at=AT)
    services.key_visit(service, day=MONDAY, amount=1, outside_reference="V-2", by=officer, at=AT)
    assert charged(ada) == 3_000


def test_a_visit_that_cannot_have_been_is_refused_with_the_reason(ada, plan, officer):
    service = plan(ada, unit=Unit.VISIT, planned=EVERY_DAY, pence=1_500, is_by_delivery=True)

    def key(**more):
        services.key_visit(
            service, **{"day": MONDAY, "amount": 1, "outside_reference": "V-1", **more}, by=officer, at=AT
        )

    key()
    with pytest.raises(Refusal, match="recorded already"):
        key()
    with pytest.raises(Refusal, match="nought"):
        key(amount=0, outside_reference="V-2")
    with pytest.raises(Refusal, match="not a day of this service"):
        key(day=MONDAY - timedelta(days=1), outside_reference="V-3")
    record_death(ada, MONDAY, by=officer, at=AT, today=AT.date(), version=ada.version)
    service.person.refresh_from_db()
    with pytest.raises(Refusal, match="after the person died"):
        key(day=MONDAY + timedelta(days=1), outside_reference="V-4")
    assert service.visits.count() == 1


def test_a_rate_and_an_end_hold_from_any_day(ada, plan, officer):
    service = plan(ada, pence=700)
    services.change_rate(service, since=MONDAY + timedelta(days=3), pence=1_400, by=officer, at=AT, version=1)
    services.end_service(service, MONDAY + timedelta(days=4), by=officer, at=AT, version=2)
    (reckoned,) = selectors.care_of(ada, WEEK, stopping=()).services
    assert reckoned.rates == (Rate(WEEK.first, 700), Rate(WEEK.first + 3, 1_400))
    assert charged(ada) == 300 + 400


def test_of_two_who_change_a_service_the_second_is_told(ada, plan, officer):
    service = plan(ada)
    services.end_service(service, MONDAY + timedelta(days=30), by=officer, at=AT, version=1)
    with pytest.raises(Overtaken):
        services.change_rate(service, since=MONDAY, pence=1, by=officer, at=AT, version=1)
    assert service.rates.get().pence == 30_000


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"kind": "magic"}, "kind"), ({"planned": (1,) * 6}, "planned"), ({"pence": -1}, "planned"),
     ({"ends_on": MONDAY - timedelta(days=1)}, "ends_on"), ({"unit": Unit.WEEK, "is_by_delivery": True}, "planned")],
)  # fmt: skip
def test_a_service_that_cannot_be_is_refused_by_its_field(ada, plan, wrong, field):
    with pytest.raises(Refusal) as refusal:
        plan(ada, **wrong)
    assert [each.field for each in refusal.value.problems] == [field]
    assert ada.services.count() == 0


def test_a_direct_payment_is_read_as_one(ada, plan):
    plan(ada, kind="direct_payment", taken_as=TakenAs.DIRECT_PAYMENT, pence=4_800)
    (week,) = charge_for(selectors.care_of(ada, WEEK, stopping=()), (Contribution(1, 2_800, "D-1"),), WEEK).weeks
    assert week.direct_payment_net == 2_000


def test_needs_are_recorded_with_who_reviewed_them_and_when_next(ada, officer):
    outcome = services.record_needs(
        ada, is_eligible=True, decided_on=MONDAY, review_by=MONDAY + timedelta(days=365), by=officer, at=AT
    )
    assert (outcome.reviewer, ada.needs_outcomes.get()) == (officer, outcome)
    with pytest.raises(Refusal, match="review_by"):
        services.record_needs(ada, is_eligible=True, decided_on=MONDAY, review_by=MONDAY, by=officer, at=AT)


def test_many_people_are_read_with_as_many_queries_as_one(officer, plan):
    people = [cases.person(by=officer) for _ in range(5)]
    for person in people:
        plan(person)
        services.stop_care(person, StopReason.HOLD, first=MONDAY + timedelta(days=2), by=officer, at=AT)
    counts = []
    for some in (people[:1], people):
        with CaptureQueriesContext(connection) as made:
            found = selectors.cares_of(some, WEEK, stopping=())
        counts.append(len(made))
        assert all(len(care.services) == 1 and len(care.breaks) == 1 for care in found.values())
    assert counts[0] == counts[1] <= 8

"""Visits are brought in from a file: each row is taken or refused with its reason, once, wherever it was stopped."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from farthing.base.refusal import Refusal
from farthing.ledger.billing_periods import Stretch
from farthing.ledger.care import Unit
from farthing.service.access.models import Role
from farthing.service.audit.models import Event
from farthing.service.care import selectors, services, visits
from farthing.service.care.models import Visit, VisitsFile
from farthing.service.people.services import Overtaken, record_death
from tests.service import cases
from tests.service.cases import AT

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 6, 1)
COLUMNS = "service reference,person reference,day,start time,end time,minutes,units,visit reference"
REASON = "The carer wrote the wrong time on the sheet."


@pytest.fixture
def officer():
    return cases.staff(Role.OFFICER)


@pytest.fixture
def clerk():
    return cases.staff(Role.FINANCE)


@pytest.fixture
def ada(officer):
    return cases.person(by=officer)


@pytest.fixture
def plan(officer):
    """Plans a service by delivery from 1 June 2026, by the hour unless said otherwise."""

    def planned(person, unit=Unit.HOUR, **more):
        given = {"kind": "home_care", "planned": (60,) * 7, "pence": 2_100, "starts_on": MONDAY, "is_by_delivery": True}
        return services.plan_service(person, unit=unit, **{**given, **more}, by=officer, at=AT)

    return planned


def row(service, on=MONDAY, visit="V1", *, person=None, start="", end="", minutes="", units=""):
    whose = person or service.person.reference
    return f"{getattr(service, 'reference', service)},{whose},{on},{start},{end},{minutes},{units},{visit}"


def file_of(*rows):
    return BytesIO("\n".join([COLUMNS, *rows, ""]).encode())


@pytest.fixture
def bring_in(clerk):
    return lambda *rows, name="": visits.bring_in(file_of(*rows), name=name, by=clerk, at=AT)


def delivered(person, days=7):
    stretch = Stretch(MONDAY.toordinal(), MONDAY.toordinal() + days - 1)
    return {
        day - stretch.first: amount
        for (_, day), amount in selectors.care_of(person, stretch, stopping=()).delivered.items()
    }


def test_rows_are_taken_as_minutes_of_a_service_by_the_hour_and_as_units_of_another(ada, plan, bring_in):
    hours, calls, days = plan(ada), plan(ada, Unit.VISIT, planned=(1,) * 7), plan(ada, Unit.DAY, planned=(1,) * 7)
    found = bring_in(
        row(hours, start="23:30", end="00:15"), row(calls, start="09:00", minutes=20), row(calls, visit="V2", units=2),
        row(days, minutes=300, units=1),
    )  # fmt: skip
    assert (found.rows_taken, found.rows_refused, found.is_again) == (4, 0, False)
    assert [(each.service, each.amount) for each in Visit.objects.order_by("pk")] == [
        (hours, 45), (calls, 1), (calls, 2), (days, 1),
    ]  # fmt: skip
    assert {each.file for each in Visit.objects.all()} == {found}


def test_each_row_that_cannot_be_is_refused_with_its_number_and_what_to_do_and_the_rest_is_kept(
    ada, plan, bring_in, officer
):
    bea = cases.person(by=officer)
    hours, weekly, ended = plan(ada), plan(ada, Unit.WEEK, is_by_delivery=False, planned=(1,) * 7), plan(ada)
    daily, hers = plan(ada, Unit.DAY, planned=(1,) * 7), plan(bea)
    services.end_service(ended, MONDAY + timedelta(1), by=officer, at=AT, version=1)
    services.key_visit(hours, day=MONDAY, amount=30, outside_reference="KEYED", by=officer, at=AT)
    record_death(bea, MONDAY, by=officer, at=AT, today=AT.date(), version=bea.version)
    tomorrow = AT.date() + timedelta(1)
    wrong = {
        row("SV-2222-2222", person=ada.reference, minutes=30): ("service reference", "is not on file"),
        row(hours, person="P-2222-2222", minutes=30): ("person reference", "is not on file"),
        row(hers, person=ada.reference, minutes=30): ("service reference", "somebody else's"),
        row(hours, MONDAY - timedelta(1), minutes=30): ("day", "which starts on 1 June 2026"),
        row(ended, MONDAY + timedelta(2), minutes=30): ("day", "which ended on 2 June 2026"),
        row(hours, tomorrow, minutes=30): ("day", "has not come yet"),
        row(hers, MONDAY + timedelta(1), minutes=30): ("day", "after the person died, on 1 June 2026"),
        row(weekly, units=1): ("service reference", "by the week"),
        row(hours, units=1): ("minutes", "by the hour"),
        row(daily, minutes=30): ("units", "by the day"),
        row(daily, units=240): ("units", "240 on one day"),
        row(hours, visit="KEYED", minutes=30): ("visit reference", "brought in already"),
        row(hours, visit="=HYPERLINK", minutes="1e3"): ("minutes", "not a whole number"),
        '"' + row(hours, minutes=30): ("row", "cannot be read"),
        row(hours, "2026-02-30", minutes=30): ("day", ""),
        row(hours, visit="x" * 61, minutes=30): ("visit reference", "61 characters"),
    }  # fmt: skip
    found = bring_in(*wrong, row(hours, visit="RIGHT", minutes=30))
    assert (found.rows_taken, found.rows_refused) == (1, len(wrong))
    for number, (refused, (field, problem)) in enumerate(zip(found.refused, wrong.values(), strict=True), 2):
        assert refused[:2] == [number, field] and problem in refused[2] and refused[3], refused
    assert Visit.objects.get(file=found).outside_reference == "RIGHT"


def test_the_same_bytes_bring_in_nothing_new_and_say_so(ada, plan, bring_in):
    service = plan(ada)
    first = bring_in(row(service, minutes=30), name="Invented Care, June")
    again = bring_in(row(service, minutes=30), name="another name")
    assert again == first and again.is_again and again.name == "Invented Care, June"
    assert Visit.objects.count() == 1 and Event.objects.filter(action="visits brought in").count() == 1


def test_a_visit_that_came_in_another_file_is_refused_there(ada, plan, bring_in):
    service = plan(ada)
    bring_in(row(service, minutes=30))
    found = bring_in(row(service, minutes=30), row(service, visit="V2", minutes=15))
    assert (found.rows_taken, found.rows_refused) == (1, 1) and "already" in found.refused[0][2]


def test_two_services_may_number_their_visits_alike(ada, plan, bring_in):
    found = bring_in(row(plan(ada), minutes=30), row(plan(ada), minutes=45))
    assert (found.rows_taken, found.rows_refused) == (2, 0)


def test_what_a_file_changes_is_noted_from_the_first_day_of_each_person(ada, plan, bring_in, officer):
    bea = cases.person(by=officer)
    hers, his = plan(ada), plan(bea)
    bring_in(
        row(hers, MONDAY + timedelta(3), "V1", minutes=30), row(hers, MONDAY + timedelta(1), "V2", minutes=30),
        row(his, MONDAY + timedelta(2), "V1", minutes=30),
    )  # fmt: skip
    assert [each.care_changes.order_by("-number").first().since for each in (ada, bea)] == [
        MONDAY + timedelta(1), MONDAY + timedelta(2),
    ]  # fmt: skip


def test_stopped_half_way_and_brought_in_again_it_ends_as_if_it_had_never_been_stopped(ada, plan, clerk, monkeypatch):
    service = plan(ada)
    rows = [row(service, MONDAY + timedelta(n), f"V{n}", minutes=30) for n in range(9)]
    rows.insert(1, row(service, "2026-05-01", "TOO EARLY", minutes=30))
    monkeypatch.setattr(visits, "ROWS_AT_ONCE", 3)
    chunk, done = visits._take_chunk, []

    def stops(*arguments, **named):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(1)
        return chunk(*arguments, **named)

    monkeypatch.setattr(visits, "_take_chunk", stops)
    with pytest.raises(KeyboardInterrupt):
        visits.bring_in(file_of(*rows), by=clerk, at=AT)
    begun = VisitsFile.objects.get()
    assert begun.ended_at is None and Visit.objects.count() == 5
    monkeypatch.setattr(visits, "_take_chunk", chunk)
    ended = visits.bring_in(file_of(*rows), by=clerk, at=AT)
    assert ended == begun and not ended.is_again
    assert (ended.rows_taken, ended.rows_refused, ended.refused[0][0]) == (9, 1, 3)
    assert delivered(ada, 9) == dict.fromkeys(range(9), 30)


def test_a_chunk_that_fails_leaves_nothing_of_itself(ada, plan, clerk, monkeypatch):
    service = plan(ada)
    before = ada.care_changes.count()

    def fails(days):
        raise RuntimeError

    monkeypatch.setattr(visits, "changed_from", fails)
    with pytest.raises(RuntimeError):
        visits.bring_in(file_of(row(service, minutes=30)), by=clerk, at=AT)
    assert not Visit.objects.exists() and ada.care_changes.count() == before


def test_many_rows_take_as_many_queries_as_few(ada, plan, clerk):
    service, counts = plan(ada), []
    for start, length in ((0, 1), (1, 100)):
        rows = [row(service, MONDAY, f"V{n}", minutes=1) for n in range(start, start + length)]
        with CaptureQueriesContext(connection) as made:
            visits.bring_in(file_of(*rows), by=clerk, at=AT)
        counts.append(len(made))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("content", [b"", b"\xff\xfea", b"name,amount\nAda,3\n", b"%PDF-1.7\n"])
def test_a_file_that_is_no_list_of_visits_is_refused_whole_and_leaves_nothing(content, clerk):
    with pytest.raises(Refusal):
        visits.bring_in(BytesIO(content), by=clerk, at=AT)
    assert not VisitsFile.objects.exists()


def test_so_many_refused_rows_are_kept_and_the_rest_is_counted(ada, plan, bring_in, monkeypatch):
    monkeypatch.setattr(visits, "MOST_REFUSED_KEPT", 2)
    found = bring_in(*[row("SV-2222-2222", person=ada.reference, visit=f"V{n}", minutes=1) for n in range(5)])
    assert (found.rows_refused, [each[0] for each in found.refused]) == (5, [2, 3])


def test_a_visit_is_put_right_with_a_reason_and_what_it_was_is_kept(ada, plan, bring_in, officer):
    bring_in(row(plan(ada), MONDAY, minutes=30))
    visit, changes = Visit.objects.get(), ada.care_changes.count()
    services.change_visit(visit, amount=45, reason=REASON, by=officer, at=AT, version=1)
    assert delivered(ada) == {0: 45}
    (change,) = selectors.changes_of(visit)
    assert (change.before, change.after, change.by, change.reason) == (30, 45, officer, REASON)
    assert ada.care_changes.count() == changes + 1
    with pytest.raises(Overtaken):
        services.take_back(visit, reason=REASON, by=officer, at=AT, version=1)
    services.take_back(visit, reason=REASON, by=officer, at=AT, version=2)
    assert delivered(ada) == {0: 0}
    actions = ["visit changed", "visit taken back"]
    assert list(Event.objects.filter(action__in=actions).order_by("pk").values_list("action", flat=True)) == actions


def test_a_visit_that_was_taken_back_stays_so_when_its_file_comes_again(ada, plan, bring_in, officer):
    service = plan(ada)
    bring_in(row(service, minutes=30))
    services.take_back(Visit.objects.get(), reason=REASON, by=officer, at=AT, version=1)
    bring_in(row(service, minutes=30), row(service, visit="V2", on=MONDAY + timedelta(1), minutes=15))
    assert delivered(ada) == {0: 0, 1: 15}


@pytest.mark.parametrize(("amount", "reason"), [(0, REASON), (-1, REASON), (1441, REASON), (30, "typo")])
def test_a_visit_is_not_put_right_with_what_cannot_be(ada, plan, bring_in, officer, amount, reason):
    bring_in(row(plan(ada), minutes=30))
    visit = Visit.objects.get()
    with pytest.raises(Refusal):
        services.change_visit(visit, amount=amount, reason=reason, by=officer, at=AT, version=1)
    visit.refresh_from_db()
    assert (visit.amount, visit.version) == (30, 1) and selectors.changes_of(visit) == []


def test_no_visit_is_keyed_of_a_service_by_the_week_nor_more_than_a_day_holds(ada, plan, officer):
    weekly, hours = plan(ada, Unit.WEEK, is_by_delivery=False, planned=(1,) * 7), plan(ada)
    for service, amount in ((weekly, 1), (hours, 1441)):
        with pytest.raises(Refusal, match="amount"):
            services.key_visit(service, day=MONDAY, amount=amount, outside_reference="V1", by=officer, at=AT)

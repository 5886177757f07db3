"""Care at the desk: it is planned, told of, stopped and delivered on pages, each for those whose work it is."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from farthing.ledger.care import Unit
from farthing.service import clock
from farthing.service.access.models import Role
from farthing.service.audit.selectors import events_about
from farthing.service.care import selectors, services
from farthing.service.care.models import ChargedWithoutNotice, Service, StopReason, Visit
from farthing.service.correspondence.models import Letter
from tests.service import cases
from tests.service.access.signed_in import browser_of
from tests.service.care.invented import decided_to_pay
from tests.service.cases import AT, TODAY
from tests.service.officer.forms import filled_in, send

REASON = "She was told the cost by telephone, and asked for the care at once."
STARTED = TODAY - timedelta(35)
MOST_QUERIES = 20


@pytest.fixture
def ada(officer):
    return cases.person(by=officer)


@pytest.fixture
def planned(officer, ada):
    """Home care by the hour since five weeks, charged as delivered; nobody was told of its cost."""
    return services.plan_service(
        ada, kind="home_care", unit=Unit.HOUR, planned=(60,) * 7, pence=2_000, starts_on=STARTED, is_by_delivery=True,
        by=officer, at=AT,
    )  # fmt: skip


@pytest.fixture
def visit(officer, planned):
    return services.key_visit(planned, day=TODAY - timedelta(7), amount=45, outside_reference="V1", by=officer, at=AT)


def page(name, person, *parts):
    return reverse(f"officer:{name}", args=[person.reference, *parts])


def typed(day):
    return f"{day.day} {day.month} {day.year}"


def errors(answer):
    """What the summary of errors at the top of a page says."""
    summary = re.search(r'<ul class="govuk-list govuk-error-summary__list">(.*?)</ul>', answer.text, re.DOTALL)
    return [unescape(each) for each in re.findall(r"<a [^>]*>\s*([^<]+?)\s*</a>", summary[1])] if summary else []


def pages_of(person, service, visit, notice, stop):
    """Every page about a person's care."""
    yield from (
        page(name, person)
        for name in ("care", "care_delivered", "care_needs", "care_service_new", "care_stop", "care_visit_new")
    )
    yield from (
        page(name, person, service.reference)
        for name in ("care_rate", "care_end", "care_notice", "care_without_notice")
    )
    yield page("care_acknowledged", person, notice.pk)
    yield page("care_stop_ends", person, stop.pk)
    yield from (page(name, person, visit.pk) for name in ("care_visit", "care_visit_take_back"))


@pytest.mark.parametrize(
    ("name", "said"),
    [("care_needs", "Select yes if there are eligible needs"), ("care_service_new", "Select how it is priced"),
     ("care_stop", "Select why the care stops"), ("care_visit_new", "Select the service")],
)  # fmt: skip
def test_a_form_sent_empty_says_what_is_missing(desk, ada, planned, name, said):
    answer = desk.post(page(name, ada), {"opened": ""})
    assert answer.status_code == 200 and said in errors(answer)


def test_needs_are_recorded_and_a_service_is_planned_on_their_pages(desk, ada):
    send(
        desk, page("care_needs", ada), is_eligible="yes", decided_on=typed(STARTED), review_by="1 6 2027", says="Meals"
    )
    answer = send(
        desk, page("care_service_new", ada), kind="home_care", new_provider="  Invented  Care ", unit="hour", pence="20",
        monday="60", friday="90", is_by_delivery="yes", taken_as="arranged", starts_on=typed(STARTED),
    )  # fmt: skip
    assert answer.url == page("care", ada), errors(answer)
    service = Service.objects.get()
    assert (service.planned, service.provider.name, service.is_by_delivery) == (
        [60, 0, 0, 0, 90, 0, 0],
        "Invented Care",
        True,
    )
    shown = desk.get(answer.url).text
    for words in (
        "Eligible needs",
        "Meals",
        "Invented Care",
        "£20.00 an hour",
        "Mon 1 hour; Fri 1 hour 30 minutes",
        "Not told yet",
    ):
        assert words in shown, words


def test_a_service_by_the_week_asks_for_no_days_and_is_charged_as_planned(desk, ada):
    send(
        desk, page("care_service_new", ada), kind="residential", unit="week", pence="900", is_by_delivery="yes",
        taken_as="arranged", starts_on=typed(STARTED),
    )  # fmt: skip
    service = Service.objects.get()
    assert (service.planned, service.is_by_delivery) == ([1] * 7, False)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"monday": "0"}, "planned"), ({"monday": "1e9"}, "whole number"), ({"kind": "magic"}, "answers shown"),
     ({"pence": "-3"}, "£0.00 or more"), ({"ends_on": "1 1 2020"}, "before it starts"), ({"starts_on": ""}, "first day"),
     ({"provider": "nobody"}, "answers shown")],
)  # fmt: skip
def test_a_service_that_cannot_be_is_shown_again_with_the_reason_and_what_was_typed(desk, ada, wrong, said):
    given = {"kind": "home_care", "unit": "hour", "pence": "20", "monday": "60", "is_by_delivery": "no",
             "taken_as": "arranged", "starts_on": typed(STARTED)}  # fmt: skip
    answer = send(desk, page("care_service_new", ada), **{**given, **wrong})
    assert answer.status_code == 200 and any(said in each for each in errors(answer)), errors(answer)
    assert (not Service.objects.exists() and 'value="20"' in answer.text) or "pence" in wrong


def test_notice_is_given_by_a_letter_that_says_what_the_person_pays(desk, ada, planned, officer):
    decided_to_pay(ada, 5_000, STARTED, by=officer, at=AT)
    answer = send(desk, page("care_notice", ada, planned.reference), how="letter")
    assert answer.url == page("care", ada)
    letter = Letter.objects.get(name="cost_notice")
    assert (letter.fields["total"], letter.fields["pays"]) == ("£140.00 a week", "£50.00 a week")
    assert selectors.charged_from(planned) == clock.today()
    assert "Charged for" in desk.get(answer.url).text
    again = send(desk, page("care_notice", ada, planned.reference), how="letter")
    assert again.status_code == 200 and "told already" in again.text and Letter.objects.count() == 1


def test_a_notice_given_in_another_way_is_recorded_with_its_day_and_by_whom_it_was_had(desk, ada, planned):
    answer = send(desk, page("care_notice", ada, planned.reference), how="otherwise")
    assert errors(answer) == ["Enter the day"]
    send(desk, page("care_notice", ada, planned.reference), how="otherwise", on=typed(STARTED))
    notice = planned.notices.get()
    assert notice.issued_on == STARTED and not Letter.objects.exists()
    send(desk, page("care_acknowledged", ada, notice.pk), who="Ada herself", on=typed(TODAY))
    assert "Ada herself had it on 25 November 2026" in desk.get(page("care", ada)).text


def test_charging_without_a_notice_wants_a_reason_and_shows_who_gave_it(desk, ada, planned, officer):
    address = page("care_without_notice", ada, planned.reference)
    assert "too short" in errors(send(desk, address, since=typed(STARTED), reason="urgent"))[0]
    send(desk, address, since=typed(STARTED), reason=REASON)
    assert ChargedWithoutNotice.objects.get().by == officer
    shown = desk.get(page("care", ada)).text
    assert REASON in shown and str(officer) in shown


def test_a_rate_and_an_end_are_changed_and_who_was_second_is_told(desk, ada, planned):
    second = filled_in(desk, page("care_rate", ada, planned.reference), pence="30", since=typed(TODAY))
    send(desk, page("care_rate", ada, planned.reference), pence="21.50", since=typed(TODAY))
    overtaken = desk.post(page("care_rate", ada, planned.reference), second)
    assert overtaken.status_code == 409 and 'value="30"' in overtaken.text
    send(desk, page("care_end", ada, planned.reference), ends_on=typed(TODAY))
    planned.refresh_from_db()
    assert planned.ends_on == TODAY and list(planned.rates.order_by("since").values_list("pence", flat=True)) == [
        2_000,
        2_150,
    ]


def test_care_stops_and_goes_on(desk, ada, planned):
    send(desk, page("care_stop", ada), reason="hospital", service=planned.reference, first=typed(TODAY))
    stop = ada.stops.get()
    assert (stop.reason, stop.service, stop.last) == (StopReason.HOSPITAL, planned, None)
    assert "before the first day" in send(desk, page("care_stop_ends", ada, stop.pk), last=typed(STARTED)).text
    send(desk, page("care_stop_ends", ada, stop.pk), last=typed(TODAY))
    assert "In hospital from 25 November 2026 to 25 November 2026" in desk.get(page("care", ada)).text


def test_a_visit_is_keyed_put_right_and_taken_back(desk, ada, planned):
    on = typed(TODAY - timedelta(1))
    send(desk, page("care_visit_new", ada), service=planned.reference, day=on, amount="30", outside_reference="V7")
    found = Visit.objects.get()
    assert "30 minutes" in desk.get(page("care_delivered", ada)).text
    send(desk, page("care_visit", ada, found.pk), amount="45", reason=REASON)
    found.refresh_from_db()
    assert found.amount == 45 and REASON in desk.get(page("care_visit", ada, found.pk)).text
    send(desk, page("care_visit_take_back", ada, found.pk), reason=REASON)
    assert "taken back" in desk.get(page("care_delivered", ada)).text
    second = send(
        desk, page("care_visit_new", ada), service=planned.reference, day=on, amount="30", outside_reference="V7"
    )
    assert "recorded already" in second.text


def test_a_week_shows_what_was_planned_and_delivered_and_what_is_charged(desk, ada, planned, visit):
    week = f"{page('care_delivered', ada)}?week={visit.day.isoformat()}"
    shown = desk.get(week).text
    assert "7 hours" in shown and "45 minutes" in shown and "not charged for" in shown and "£15.00" in shown
    assert "<strong>£0.00</strong>" in shown
    services.charge_without_notice(planned, since=STARTED, reason=REASON, by=planned.agreed_by, at=AT)
    assert "<strong>£15.00</strong>" in desk.get(week).text


@pytest.mark.parametrize("week", ["nonsense", "0001-01-01", "9999-12-31", "2026-02-30", "%00", "<script>"])
def test_a_week_that_cannot_be_read_is_passed_over(desk, ada, planned, week):
    answer = desk.get(f"{page('care_delivered', ada)}?week={week}")
    assert answer.status_code == 200 and len(re.findall(r"The week from \d+ \w+ \d{4} to", answer.text)) == 1


@pytest.mark.on_both
def test_every_page_of_care_asks_the_database_little_and_is_seen_once_in_the_audit_record(
    desk, ada, planned, visit, officer, django_assert_max_num_queries
):
    for number in range(5):
        services.plan_service(
            ada, kind="day_service", unit=Unit.DAY, planned=(1,) * 7, pence=number, starts_on=STARTED, by=officer, at=AT
        )
    notice = services.give_notice(planned, on=STARTED, by=officer, at=AT)
    stop = services.stop_care(ada, StopReason.HOLD, first=TODAY, by=officer, at=AT)
    for address in pages_of(ada, planned, visit, notice, stop):
        before = len(events_about(ada.reference, most=1_000))
        with django_assert_max_num_queries(MOST_QUERIES, info=address):
            assert desk.get(address).status_code == 200, address
        assert len(events_about(ada.reference, most=1_000)) == before + 1, address


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_and_changes_the_care_that_is_its_to_see_and_change(role, ada, planned, visit, officer):
    notice = services.give_notice(planned, on=STARTED, by=officer, at=AT)
    stop = services.stop_care(ada, StopReason.HOLD, first=TODAY, by=officer, at=AT)
    browser = browser_of(cases.staff(role))
    reads = {page("care", ada), page("care_delivered", ada), page("care_visit", ada, visit.pk)}
    for address in pages_of(ada, planned, visit, notice, stop):
        answer = browser.get(address)
        may = {Role.OFFICER, Role.MANAGER} | ({Role.FINANCE, Role.AUDITOR, Role.CHECKER} if address in reads else set())
        assert answer.status_code == (200 if role in may else 403), address
        if role in {Role.FINANCE, Role.AUDITOR, Role.CHECKER} and address in reads:
            assert '<form method="post"' not in answer.text
    browser.post(page("care_visit", ada, visit.pk), {"amount": "1", "reason": REASON, "version": "1"})
    visit.refresh_from_db()
    assert (visit.amount == 1) == (role in {Role.OFFICER, Role.MANAGER})


def test_nothing_of_somebody_else_is_found_under_a_person(desk, ada, planned, visit, officer):
    bea = cases.person(by=officer)
    notice = services.give_notice(planned, on=STARTED, by=officer, at=AT)
    stop = services.stop_care(ada, StopReason.HOLD, first=TODAY, by=officer, at=AT)
    foreign = list(pages_of(bea, planned, visit, notice, stop))[6:]
    assert len(foreign) == 8 and {desk.get(address).status_code for address in foreign} == {404}
    answer = send(desk, page("care_stop", bea), reason="hold", service="", first=typed(TODAY))
    assert answer.url == page("care", bea)
    posted = desk.post(page("care_stop", bea), {"reason": "hold", "service": planned.reference, "first-day": "1",
                                                "first-month": "6", "first-year": "2026"})  # fmt: skip
    assert posted.status_code == 200 and bea.stops.count() == 1

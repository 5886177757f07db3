"""Each role sees its pages and no other; an auditor sees every case and changes nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from farthing.service.access.gates import declared
from farthing.service.access.models import Role
from farthing.service.assessments.models import AssessmentRequest, Note
from farthing.service.officer.urls import urlpatterns
from tests.service import cases
from tests.service.access.signed_in import browser_of, browser_of_person

CASE_PAGES = ("person", "facts", "evidence", "departures", "decisions", "letters", "notes", "messages", "timeline")
WORKERS = {Role.OFFICER, Role.CHECKER, Role.MANAGER}


@pytest.fixture
def person(officer):
    return cases.application(by=officer).person


def test_every_address_of_the_desk_declares_who_may_see_it():
    assert [each.name for each in urlpatterns if not declared(each.callback)] == []


@pytest.mark.parametrize("role", Role)
def test_a_role_sees_the_pages_of_a_case_that_are_its_to_see(role, person):
    browser = browser_of(cases.staff(role))
    seen = {
        name
        for name in CASE_PAGES
        if browser.get(reverse(f"officer:{name}", args=[person.reference])).status_code == 200
    }
    if role in WORKERS | {Role.AUDITOR}:
        assert seen == set(CASE_PAGES)
    else:
        assert seen == ({"person", "decisions"} if role == Role.FINANCE else set())


def test_finance_sees_who_somebody_is_and_nothing_of_their_money(person):
    text = (
        browser_of(cases.staff(Role.FINANCE)).get(reverse("officer:person", args=[person.reference])).content.decode()
    )
    assert person.full_name in text and "1 Nowhere Road" in text
    for hidden in ("charge a week, today", "Ask for evidence", "Change the details", "Timeline", "Requests"):
        assert hidden not in text


@pytest.mark.parametrize("role", Role)
def test_reports_are_for_those_who_answer_for_the_service(role, db):
    answer = browser_of(cases.staff(role)).get(reverse("officer:reports"))
    may = role in {Role.OFFICER, Role.MANAGER, Role.ANALYST, Role.AUDITOR}
    assert answer.status_code == (200 if may else 403)


def test_people_and_visitors_see_nothing_of_the_desk(person):
    addresses = [reverse(f"officer:{name}", args=[person.reference]) for name in CASE_PAGES]
    for address in [*addresses, "/council/", "/council/reports/", "/council/letters/"]:
        assert browser_of_person(f"{abs(hash(address))}@home.example").get(address).status_code == 403
        assert Client().get(address).headers["Location"].startswith("/council/sign-in/")


def test_an_auditor_sees_no_button_and_sends_no_form(auditor, person):
    browser = browser_of(auditor)
    for name in CASE_PAGES:
        text = browser.get(reverse(f"officer:{name}", args=[person.reference])).content.decode()
        assert '<form method="post"' not in text, name
    request = AssessmentRequest.objects.get()
    for address in (
        reverse("officer:notes", args=[person.reference]),
        reverse("officer:take", args=[request.reference]),
        reverse("officer:take_next"),
        reverse("officer:seal", args=[person.reference, request.reference]),
    ):
        assert browser.post(address, {"text": "mine", "version": 1}).status_code == 403
    assert not Note.objects.exists()


def test_an_auditor_can_search(auditor, person):
    answer = browser_of(auditor).post("/council/search/", {"text": person.family_name}, follow=True)
    assert person.reference in answer.content.decode()


def test_what_changes_something_is_never_done_by_a_link(desk, officer, person):
    request = AssessmentRequest.objects.get()
    for name, parts in {
        "take_next": [],
        "take": [request.reference],
        "request_withdraw": [person.reference, request.reference],
        "evidence_has_come": [person.reference, request.reference],
        "seal": [person.reference, request.reference],
        "send_for_check": [person.reference, request.reference],
        "proof_seen": [person.reference, 1],
        "task_done": [person.reference, 1],
    }.items():
        assert desk.get(reverse(f"officer:{name}", args=parts)).status_code == 405, name

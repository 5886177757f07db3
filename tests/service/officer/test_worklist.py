"""The worklist shows what is owed, the most urgent first, and gives each case to one officer only."""

from datetime import timedelta

import pytest
from django.urls import reverse

from farthing.service.access.models import Role
from farthing.service.assessments.models import State
from farthing.service.assessments.selectors.worklist import Narrowing, Tab, counts, worklist
from farthing.service.assessments.services import requests as services
from tests.service import cases
from tests.service.access.signed_in import browser_of
from tests.service.officer.forms import filled_in, press, send

pytestmark = pytest.mark.on_both

WORKLIST = "/council/"


def reload(request):
    request.refresh_from_db()
    return request


def test_each_case_stands_under_the_tabs_it_belongs_to(officer, colleague):
    late = cases.application(by=officer, at=cases.AT - timedelta(days=29))
    last_day = cases.application(by=officer, at=cases.AT - timedelta(days=28))
    soon = cases.application(by=officer, at=cases.AT - timedelta(days=21))
    later = cases.application(by=officer, at=cases.AT - timedelta(days=20))
    services.assign(later, officer, by=officer, at=cases.AT, version=later.version)
    services.assign(soon, colleague, by=officer, at=cases.AT, version=soon.version)
    services.move(later, State.EVIDENCE_WANTED, by=officer, at=cases.AT)
    found = counts(officer, today=cases.TODAY)
    assert {tab.key: count for tab, count in found.items()} == {
        "mine": 1, "unassigned": 2, "waiting": 1, "check": 0, "overdue": 1, "soon": 2, "all": 4,
    }  # fmt: skip
    page = worklist(Tab.ALL, officer, today=cases.TODAY, narrowing=Narrowing(), number=1)
    assert list(page.object_list) == [late, last_day, soon, later]


def test_the_days_left_are_said_in_words(desk, officer):
    for days in (30, 28, 27, 10):
        cases.application(by=officer, at=cases.AT - timedelta(days=days))
    text = desk.get(WORKLIST + "?tab=all").content.decode()
    assert all(words in text for words in ("2 days late", "today", "in 1 day<", "in 18 days"))


def test_the_filters_narrow_and_what_cannot_be_read_narrows_nothing(desk, officer, colleague):
    mine = cases.application(by=officer, at=cases.AT - timedelta(days=3))
    services.assign(mine, officer, by=officer, at=cases.AT, version=mine.version)
    other = cases.application(by=officer, kind="change")

    def shown(query):
        text = desk.get(f"{WORKLIST}?tab=all&{query}").content.decode()
        return {each for each in (mine, other) if each.reference in text}

    assert shown("kind=change") == {other}
    assert shown("state=assessing") == {mine}
    assert shown(f"officer={officer.pk}") == {mine}
    assert shown(f"officer={colleague.pk}") == set()
    assert shown("received_to-day=23&received_to-month=11&received_to-year=2026") == {mine}
    assert shown("received_from-day=23&received_from-month=11&received_from-year=2026") == {other}
    for unreadable in ("kind=treasure", "officer=x", "received_to-day=99", "page=-1", "page=nonsense"):
        assert shown(unreadable) == {mine, other}, unreadable


def test_a_long_list_has_pages(desk, officer):
    for _ in range(27):
        cases.application(by=officer)
    first, second = (desk.get(f"{WORKLIST}?tab=all&page={number}").content.decode() for number in (1, 2))
    assert first.count("officer-due") == 25 and second.count("officer-due") == 2
    assert 'href="?tab=all&amp;page=2"' in first


def test_taking_the_next_case_gives_the_most_urgent_that_nobody_has(desk, officer):
    cases.application(by=officer)
    urgent = cases.application(by=officer, at=cases.AT - timedelta(days=20))
    answer = press(desk, WORKLIST, "/council/take-next/")
    assert answer.headers["Location"] == reverse("officer:person", args=[urgent.person.reference])
    assert (reload(urgent).assigned_to, urgent.state) == (officer, State.ASSESSING)


def test_with_nobody_waiting_the_next_case_is_none(desk):
    assert "Nobody waits" in desk.post("/council/take-next/", follow=True).content.decode()


def test_two_officers_taking_one_case_leave_it_with_the_first_and_tell_the_second(desk, colleague, officer):
    request = cases.application(by=officer)
    take = reverse("officer:take", args=[request.reference])
    other = browser_of(colleague)
    seen = filled_in(other, WORKLIST + "?tab=all", action=take)
    assert press(desk, WORKLIST + "?tab=all", take).status_code == 302
    answer = other.post(take, seen, follow=True)
    assert f"It is now with {officer}" in answer.content.decode()
    assert reload(request).assigned_to == officer


def test_a_case_is_given_to_a_colleague_and_to_nobody(desk, officer, colleague):
    request = cases.application(by=officer)
    address = reverse("officer:assign", args=[request.reference])
    assert send(desk, address, officer=str(colleague.pk)).status_code == 302
    assert reload(request).assigned_to == colleague
    assert send(desk, address, officer="nobody").status_code == 302
    assert reload(request).assigned_to is None
    assert "Select one of the answers" in send(desk, address, officer="999999").content.decode()


def test_a_case_is_not_given_to_somebody_who_does_not_work_on_cases(desk, officer):
    analyst, request = cases.staff(Role.ANALYST), cases.application(by=officer)
    assert str(analyst) not in desk.get(reverse("officer:assign", args=[request.reference])).content.decode()


@pytest.mark.parametrize(
    "typed",
    ["zoe obrien", "O\u2019Brien, Zoë", "ZO", "943 476 5870", "9434765870", "2 3 1941", "02/03/1941", "2 March 1941",
     "1941-03-02"],
)  # fmt: skip
def test_a_person_is_found_by_whatever_is_known_of_them(desk, officer, typed):
    person = cases.person(by=officer, given_name="Zoë", family_name="O'Brien", nhs_number="9434765870")
    other = cases.person(by=officer, given_name="Mabel", family_name="Smith", born=None)
    answer = desk.post("/council/search/", {"text": typed}, follow=True)
    text = answer.content.decode()
    assert person.reference in text and other.reference not in text
    assert answer.redirect_chain == [("/council/search/", 302)], "no name stands in an address"


def test_a_person_is_found_by_every_kind_of_reference_however_it_is_typed(desk, officer):
    request = cases.verified(cases.application(by=officer), by=officer)
    decision = cases.decided(request, by=officer)
    letter = request.person.letters.get()
    for reference in (request.person.reference, request.reference, decision.reference, letter.reference):
        typed = reference.replace("-", " ").lower()
        answer = desk.post("/council/search/", {"text": typed}, follow=True)
        assert "1 found by reference" in answer.content.decode(), reference


@pytest.mark.parametrize("typed", ["nobody of that name", "%", "_", "'; DROP TABLE people_person; --", "31 2 1941"])
def test_what_fits_nobody_finds_nobody(desk, officer, typed):
    cases.person(by=officer)
    assert "0 found" in desk.post("/council/search/", {"text": typed}, follow=True).content.decode()


def test_an_empty_search_is_explained(desk):
    assert "Enter a name, a reference" in desk.post("/council/search/", {"text": " "}).content.decode()

"""What goes wrong in real browsers before anything is kept: gone back, two tabs."""

import pytest

from tests.journeys.answering import answer_all, begin_estimate
from tests.journeys.circumstances import OVER_THE_LIMIT

pytestmark = pytest.mark.slow


def test_going_back_and_answering_anew_changes_one_answer_and_loses_none(desk, arrives):
    person = arrives(desk)
    begin_estimate(person)
    answer_all(person, OVER_THE_LIMIT)
    person.open("/estimate/question/weekly_cost")
    person.fill("weekly_cost", "280")
    person.press("Continue")
    person.page.go_back()
    person.fill("weekly_cost", "290")
    person.press("Continue")
    assert person.path == "/estimate/check"
    assert "£290" in person.text()
    assert "£50,000" in person.text()


def test_of_two_tabs_the_last_answer_to_a_question_stands_and_nothing_else_is_lost(desk, arrives):
    person = arrives(desk)
    begin_estimate(person)
    answer_all(person, OVER_THE_LIMIT)
    one, two = person.page, person.context.new_page()
    one.goto(f"{desk.address}/estimate/question/weekly_cost")
    two.goto(f"{desk.address}/estimate/list/capital/i1")
    one.fill('[name="weekly_cost"]', "310")
    two.fill('[name="value"]', "60000")
    for tab_of_browser in (one, two):
        with tab_of_browser.expect_event("load"):
            tab_of_browser.get_by_role("button", name="Continue", exact=True).click()
    person.open("/estimate/check")
    assert "£310" in person.text()
    assert "£60,000" in person.text()

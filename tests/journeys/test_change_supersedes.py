"""Somebody tells of a change: only what is new is told again, a second decision follows, and the first stays as it was."""

import pytest

from tests.journeys.applying import has_applied, send
from tests.journeys.deciding import accept_all, draft, figures, open_case, tab
from tests.journeys.money import text_of

pytestmark = pytest.mark.slow


def test_a_change_leads_to_a_second_decision_and_the_first_stays_sealed_and_readable(desk, arrives):
    person = arrives(desk)
    has_applied(person, "nora.nowhere@example.org", "Nora", "Nowhere")
    officer = arrives(desk)
    officer.sign_in_as("officer")
    first = decide(desk, officer, person, "16 11 2026")
    before = figures(person)

    person.follow("Back")
    person.press("Tell us what has changed")
    person.press("Start")
    person.picture("change-tasks")
    person.follow("What has changed")
    person.fill("says", "I have used some of my savings for a new boiler.")
    person.press("Save and continue")
    person.follow("Money and care")
    person.picture("what-is-known")
    person.page.locator("main a", has_text="Change").filter(has_text="Bank").first.click()
    person.page.wait_for_load_state()
    assert person.page.locator('[name="value"]').input_value().startswith("17")
    person.fill("value", "14,900.00")
    person.press("Continue")
    person.press("Save and go on")
    send(person)

    second = decide(desk, officer, person, "23 11 2026")
    person.picture("second-decision")
    assert second["charge"] != first["charge"]
    assert first["charge"] in second["letter"], "the letter says what was paid before"
    assert second["charge"] in second["letter"]

    person.open(first["address"])
    person.picture("first-decision-superseded")
    assert "A later decision has replaced this one" in person.text()
    assert figures(person) == before
    assert text_of(person.file_behind(person.page.locator("main a", has_text="(PDF)"))) == first["letter"]
    tab(officer, "Decisions")
    officer.picture("both-decisions")
    assert "Superseded" in officer.text()
    tab(officer, "Timeline")
    officer.picture("timeline")


def decide(desk, officer, person, effective_from):
    """Decide the case as it was told, and give what the person then reads."""
    officer.open("/council/")
    officer.press("Take the next case")
    accept_all(officer)
    draft(officer, effective_from)
    officer.picture("draft")
    officer.press("Make this decision")
    desk.work()
    open_case(officer, "Nora Nowhere")
    person.open("/account/")
    person.follow("Nora Nowhere")
    person.page.locator("main a", has_text="a week from").first.click()
    person.page.wait_for_load_state()
    letter = text_of(person.file_behind(person.page.locator("main a", has_text="(PDF)")))
    charge = person.page.locator("h1 .public-amount").inner_text().split()[0]
    return {"address": person.page.url, "letter": letter, "charge": charge}

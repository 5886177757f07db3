"""An officer verifies what was told, a manager approves a departure, and the letter says to the penny what the page says."""

import pytest

from tests.journeys.applying import has_applied
from tests.journeys.deciding import EXPLANATION, accept_all, draft, figures, open_case, tab
from tests.journeys.money import amounts, text_of

pytestmark = pytest.mark.slow

REASON = "The heating at home was broken all winter and had to be paid for."


def test_a_case_goes_from_application_to_a_letter_with_the_same_figures_as_the_page(desk, arrives):
    person = arrives(desk)
    has_applied(person, "mabel.madeup@example.org", "Mabel", "Madeup")

    officer = arrives(desk)
    officer.sign_in_as("officer")
    officer.picture("worklist-empty")
    officer.press("Take the next case")
    assert officer.heading == "Mabel Madeup"
    officer.picture("case")
    tab(officer, "Facts")
    officer.picture("facts-told")
    officer.page.locator("main a", has_text="Verify or correct").first.click()
    officer.page.wait_for_load_state()
    officer.fill("value", "£19,400.10")
    officer.fill("note", "The statement of November says so.")
    officer.picture("correct-savings")
    officer.press_to_send()
    accept_all(officer)
    officer.picture("facts-verified")

    tab(officer, "Departures")
    officer.press("Propose a departure")
    officer.picture("departure-kinds")
    officer.follow("Waiving some or all of the charge")
    officer.fill("waived", "12.50")
    officer.fill("starts_on", "16 11 2026")
    officer.press("Propose it")
    assert officer.page.title().startswith("Error: ")
    officer.fill("reason", REASON)
    officer.press("Propose it")
    officer.picture("departure-proposed")

    manager = arrives(desk)
    manager.sign_in_as("manager")
    open_case(manager, "Mabel Madeup")
    tab(manager, "Departures")
    manager.page.locator("main h3 a").first.click()
    manager.page.wait_for_load_state()
    manager.picture("departure-to-approve")
    manager.press("Approve")

    draft(officer, "16 11 2026")
    officer.picture("draft")
    officer.press("Send it to be checked")

    checker = arrives(desk)
    checker.sign_in_as("checker")
    open_case(checker, "Mabel Madeup")
    tab(checker, "Decisions")
    checker.page.locator("main a", has_text="draft").first.click()
    checker.page.wait_for_load_state()
    checker.picture("to-check")
    checker.press("Make this decision")
    desk.work()
    checker.picture("decisions")
    checker.page.locator("main table a").first.click()
    checker.page.wait_for_load_state()
    checker.picture("decision-sealed")
    at_the_desk = figures(checker, "table.officer-working")
    charge = checker.page.locator(".officer-amount").inner_text()

    tab(officer, "Letters")
    officer.picture("letters")
    letter = text_of(officer.file_behind(officer.page.locator("main table a", has_text="decision")))
    assert charge in letter
    assert at_the_desk <= set(amounts(letter))
    assert REASON in letter
    assert EXPLANATION in letter

    person.open("/account/")
    person.follow("Mabel Madeup")
    person.picture("account-person")
    person.page.locator("main a", has_text="a week from").first.click()
    person.page.wait_for_load_state()
    person.picture("account-decision")
    assert charge in person.page.locator("h1").inner_text()
    assert figures(person) <= set(amounts(letter))
    mine = text_of(person.file_behind(person.page.locator("main a", has_text="(PDF)")))
    assert mine == letter

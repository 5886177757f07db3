"""Somebody tells nothing of their money: warned of what follows, they confirm it, and the letter says why it is the full cost."""

import pytest

from tests.journeys.applying import begin_for_me, send, tell_who
from tests.journeys.deciding import accept_all, draft, tab
from tests.journeys.money import text_of

pytestmark = pytest.mark.slow


def test_whoever_gives_no_details_pays_the_full_cost_and_is_told_so_before_and_after(desk, arrives):
    person = arrives(desk)
    begin_for_me(person, "fred.fable@example.org", "Fred", "Fable")
    tell_who(person, given_name="Fred", family_name="Fable")
    person.follow("See what happens then")
    assert "full cost" in person.text()
    person.picture("consequence")
    person.press("Do not give details")
    assert person.page.title().startswith("Error: ")
    person.picture("not-confirmed")
    person.page.get_by_role("checkbox").check()
    person.press("Do not give details")
    assert "Not giving details" in person.text()

    person.follow("Money and care")
    person.press("Give details after all")
    assert "Not giving details" not in person.text()
    person.follow("See what happens then")
    person.page.get_by_role("checkbox").check()
    person.press("Do not give details")
    person.picture("tasks")
    send(person)

    officer = arrives(desk)
    officer.sign_in_as("officer")
    officer.press("Take the next case")
    officer.picture("case")
    for fact, value in (("setting", "own_home"), ("weekly_cost", "184.30")):
        tab(officer, "Facts")
        officer.page.select_option('[name="fact"]', fact)
        officer.press("Add")
        officer.fill(fact, value)
        officer.press_to_send()
    accept_all(officer)
    draft(officer, "25 11 2026")
    officer.picture("draft")
    officer.press("Make this decision")
    desk.work()

    person.open("/account/")
    person.follow("Fred Fable")
    person.page.locator("main a", has_text="a week from").first.click()
    person.page.wait_for_load_state()
    person.picture("decision")
    assert "£184.30" in person.page.locator("h1").inner_text()
    letter = text_of(person.file_behind(person.page.locator("main a", has_text="(PDF)")))
    assert "£184.30" in letter
    assert "full cost" in letter
    assert "details" in letter

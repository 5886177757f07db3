"""Somebody at home estimates what care will cost: asked only what matters, told why, and able to keep it."""

import pytest

from tests.journeys.answering import answer_all, begin_estimate
from tests.journeys.circumstances import AT_HOME, OVER_THE_LIMIT
from tests.journeys.money import amounts, text_of

pytestmark = pytest.mark.slow


def test_an_estimate_is_made_changed_saved_and_printed_with_the_same_figures(desk, arrives):
    person = arrives(desk)
    begin_estimate(person)
    asked = answer_all(person, AT_HOME, keep_pictures_of=("setting", "capital", "born", "income"))
    assert asked[0] == "setting"
    assert {"capital", "income"} <= set(asked)
    person.picture("check-your-answers")
    assert "£17,000" in person.text()
    person.press("See the estimate")
    first = person.page.locator("h1").inner_text()
    assert amounts(first)
    person.picture("result")

    printed = text_of(person.file_behind(person.page.get_by_role("link", name="Download it as a PDF")))
    working = person.page.locator("table").all_inner_texts()
    on_the_page = {each for table in working[:-1] for each in amounts(table)} | set(amounts(first))
    assert on_the_page <= set(amounts(printed))

    person.page.locator("main a", has_text="Why").first.click()
    assert "legislation.gov.uk" in person.page.content()
    person.picture("why")
    person.follow("Back to the estimate")

    person.open("/estimate/list/capital/i1")
    person.fill("value", "13000")
    person.press("Continue")
    assert person.path == "/estimate/check"
    person.press("See the estimate")
    changed = person.page.locator("h1").inner_text()
    assert changed != first

    person.press("Save this estimate")
    person.press("Save and get a link")
    link = person.page.url
    assert link in person.text()
    person.picture("saved")

    elsewhere = arrives(desk)
    elsewhere.open(link)
    elsewhere.press("Open this estimate")
    elsewhere.open("/estimate/result")
    assert elsewhere.page.locator("h1").inner_text() == changed
    elsewhere.picture_of_print("result-as-printed")


def test_somebody_with_more_than_the_limit_is_never_asked_about_income(desk, arrives):
    person = arrives(desk, "estimate-over-the-limit")
    begin_estimate(person)
    asked = answer_all(person, OVER_THE_LIMIT)
    assert "capital" in asked
    assert not {"income", "housing_costs", "disability_related_expenditure"} & {
        each.partition(".")[0] for each in asked
    }
    person.press("See the estimate")
    person.picture("result")
    assert amounts(person.page.locator("h1").inner_text()) == ["£300.00"]


def test_an_estimate_needs_no_script(desk, arrives):
    person = arrives(desk, "estimate-without-scripts", java_script_enabled=False)
    begin_estimate(person)
    answer_all(person, AT_HOME)
    person.press("See the estimate")
    assert amounts(person.page.locator("h1").inner_text())
    person.picture("result")

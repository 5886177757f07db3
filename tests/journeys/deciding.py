"""Working on a case at the council's desk."""

import re

from tests.browser.visitor import Visitor
from tests.journeys.money import amounts

EXPLANATION = "We looked at every paper you sent us."


def open_case(officer: Visitor, name: str) -> None:
    """Find somebody by name, and open their case."""
    officer.open("/council/search/")
    officer.fill("text", name)
    officer.press("Find")
    officer.page.locator("main table a", has_text=name).first.click()
    officer.page.wait_for_load_state()
    assert officer.heading == name


def tab(officer: Visitor, words: str) -> None:
    """Go to a part of the case that is open."""
    officer.page.get_by_label("Sub-navigation").get_by_role("link", name=words).click()
    officer.page.wait_for_load_state()


def accept_all(officer: Visitor) -> None:
    """Accept every fact of the open case as it was told."""
    tab(officer, "Facts")
    officer.press(re.compile("Accept what was told"))
    officer.press(re.compile("Accept"))


def draft(officer: Visitor, effective_from: str) -> None:
    """Draft a decision on the open case from a day on, and look at what it would say."""
    tab(officer, "Summary")
    officer.press("Draft the decision")
    officer.fill("effective_from", effective_from)
    officer.fill("explanation", EXPLANATION)
    officer.press("Save the draft and see what it does")


def figures(visitor: Visitor, tables: str = "table") -> set[str]:
    """Every amount in the working that a page shows, in these tables of it."""
    return {each for table in visitor.page.locator(tables).all_inner_texts() for each in amounts(table)}

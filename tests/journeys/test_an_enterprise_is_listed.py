"""Somebody applies to be listed, an editor checks and publishes, it is found; a check runs out, and it is gone."""

import re

import pytest

from tests.journeys.applying import photo

pytestmark = pytest.mark.slow

NAME = "Invented Bramble Care"
NEEDED = ("Identity", "Enhanced DBS check", "Public liability insurance", "Training", "Two references")

ENDED = """
from datetime import timedelta
from farthing.service.access.models import Account
from farthing.service.directory.models import CheckKind, Enterprise
from farthing.service.directory.services.editing import record_check
editor = Account.objects.get(email="directory-editor@council.example")
today = clock.day_of(clock.now())
record_check(Enterprise.objects.get(), CheckKind.INSURANCE, seen_on=today - timedelta(days=365),
             runs_out_on=today - timedelta(days=1), by=editor, at=clock.now())
"""


def tagged(visitor, words):
    """Open the page that a row of a list leads to, by the words of its link."""
    visitor.page.locator("main li a", has_text=re.compile(f"^{re.escape(words)}")).first.click()
    visitor.page.wait_for_load_state()


def test_a_care_micro_enterprise_applies_is_published_found_and_hidden_when_a_check_runs_out(desk, arrives, tmp_path):
    owner = arrives(desk, viewport={"width": 390, "height": 844})
    owner.open("/your-business/")
    owner.sign_in_by_email("bramble@business.example")
    owner.picture("what-it-takes")
    owner.press("Apply to be listed")
    owner.fill("name", NAME)
    owner.fill("form", "sole_trader")
    owner.fill("postcode", "CB7 4AA")
    owner.fill("offers", ["companionship", "shopping"])
    owner.fill("about", "I help people in and around Ely, and I like to laugh.")
    owner.picture("begin")
    owner.press("Save and continue")
    assert owner.heading == "Your application to be listed"
    owner.picture("tasks")
    tagged(owner, "Prices")
    owner.fill("companionship_pence", "19")
    owner.fill("shopping_pence", "19.50")
    owner.picture("prices")
    owner.press("Save")
    tagged(owner, "When you give it")
    owner.fill("day_0", "9 to 5")
    owner.press("Save")
    assert "Say am or pm" in owner.text()
    owner.picture("times-put-right")
    owner.fill("day_0", "9am to 5pm")
    owner.press("Save")
    tagged(owner, "Public liability insurance")
    owner.fill("papers", str(photo(tmp_path, "Invented Insurers: holds until 31 March 2030")))
    owner.picture("proof")
    owner.press("Send")
    owner.open("/your-business/")
    tagged(owner, NAME)
    owner.press("Look it over and hand it in")
    owner.picture("hand-in")
    owner.page.get_by_role("checkbox").check()
    owner.press("Hand it in")
    owner.picture("handed-in")
    assert "The council looks at your entry" in owner.text()

    editor = arrives(desk)
    editor.sign_in_as("directory_editor")
    assert editor.heading == "To review"
    editor.picture("queue")
    editor.follow(NAME)
    editor.picture("to-review")
    editor.press("Publish it")
    assert "was not checked" in editor.text()
    editor.picture("not-yet")
    for each in NEEDED:
        editor.page.locator(".officer-card", has_text=each).get_by_role("link", name="Record what you saw").click()
        editor.page.wait_for_load_state()
        if each == "Public liability insurance":
            editor.fill("runs_out_on", "31 3 2030")
            editor.picture("a-check")
        editor.press("Record it")
    editor.press("Publish it")
    editor.picture("published")
    assert "Everybody sees it now" in editor.text()

    somebody = arrives(desk)
    somebody.open("/directory/?where=Ely")
    somebody.picture("found")
    assert NAME in somebody.text()
    somebody.follow(NAME)
    assert "CB7" not in somebody.text()

    tagged(owner, "About you")
    owner.fill("workers", "1")
    owner.fill("about", "I help people in Ely, and I was a nurse.")
    owner.press("Save")
    owner.picture("a-change-waits")
    editor.open("/council/directory/")
    editor.follow(NAME)
    editor.picture("side-by-side")
    assert "I like to laugh" in editor.text() and "I was a nurse" in editor.text()
    editor.follow("Whole history")
    editor.picture("history")
    for tab in ("Gaps", "Checks running out", "Enterprises", "Concerns", "Other directories"):
        editor.page.get_by_label("Sub-navigation").get_by_role("link", name=tab).click()
        editor.page.wait_for_load_state()
        editor.picture(tab.lower().replace(" ", "-"))
        assert editor.violations() == [], tab

    desk.run(ENDED)
    somebody.open("/directory/?where=Ely")
    assert NAME not in somebody.text()
    owner.page.reload()
    owner.picture("run-out")
    assert "Nobody sees your entry now" in owner.text() and owner.violations() == []

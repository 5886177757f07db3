"""An editor adds another council's directory; what it gives is found, marked and led away from; and the editor stops it."""

import pytest

from tests.service.directory_feeds.stand_in import RunningDirectory, service

pytestmark = pytest.mark.slow

SHIRE = "Invented Shire"
OURS = """
from farthing.service import clock
from tests.service.public.listed import an_entry, listed
listed(an_entry(name="Invented Company", postcode="CB2 3QJ"), at=clock.now())
"""


@pytest.fixture
def shire():
    """A directory that runs, with one enterprise that is ours too, one that it names twice, and one that is nowhere."""
    with RunningDirectory() as directory:
        walks = service("Invented Walks", phones=[], languages=[], schedules=[], minimum_age=None)
        walks["organization"]["website"] = "https://walks.example/"
        directory.services = [
            service("Invented Company"),
            service("Invented Chat"),
            service("Invented Chat", id="its-second-number"),
            walks,
            service("Invented Nowhere", service_at_locations=[]),
        ]
        yield directory


def test_another_directory_is_read_found_marked_as_from_elsewhere_and_stopped(desk, arrives, shire):
    desk.run(OURS)
    editor = arrives(desk)
    editor.sign_in_as("directory_editor")
    editor.open("/council/directory/feeds/")
    editor.press("Add a directory")
    editor.fill("name", SHIRE)
    editor.fill("url", shire.address)
    editor.fill("licence", "Open Government Licence v3.0")
    editor.fill("every_hours", "12")
    editor.picture("add")
    editor.press("Add it")
    editor.picture("added")
    assert "Not read yet" in editor.text()
    desk.work()
    editor.open("/council/directory/feeds/")
    editor.picture("read")
    assert "5 found, 2 new, 0 changed, 0 gone, 2 here already." in editor.text()
    assert "1: no place that is known here" in editor.text() and editor.violations() == []

    person = arrives(desk, viewport={"width": 390, "height": 844})
    person.open("/directory/?where=Cambridge")
    person.picture("found-on-a-phone")
    assert person.text().count("Invented Company") == person.text().count("Invented Chat") == 1
    assert person.text().count("From elsewhere") == 2 and "Invented Nowhere" not in person.text()
    assert person.violations() == []
    person.follow("Invented Walks")
    person.picture("one-from-elsewhere-on-a-phone")
    assert "From elsewhere" in person.text() and f"in the directory of {SHIRE}, last on" in person.text()
    assert "Sole trader" not in person.text() and "Any age" not in person.text()
    link = person.page.get_by_role("button", name="Ask about availability on their website")
    assert link.get_attribute("href") == "https://walks.example/" and person.violations() == []
    person.press("Add to your shortlist")
    person.follow("Your shortlist")
    person.picture("shortlist-on-a-phone")
    assert SHIRE in person.text()
    wide = arrives(desk)
    wide.open("/directory/?words=chat")
    wide.follow("Invented Chat")
    wide.picture("one-from-elsewhere")
    assert "01223 000000" in wide.text() and wide.violations() == []

    editor.follow("Stop reading it")
    editor.fill("reason", "Its council asked us to.")
    editor.picture("stop")
    assert editor.violations() == []
    editor.press("Stop reading it")
    editor.picture("stopped")
    assert "Its council asked us to." in editor.text() and editor.violations() == []
    person.open("/directory/?where=Cambridge")
    person.picture("found-after-it-was-stopped")
    assert "Invented Company" in person.text() and "From elsewhere" not in person.text()

    editor.follow("Start reading it again")
    editor.fill("reason", "They agreed to it once more.")
    assert editor.violations() == []
    editor.press("Start reading it")
    assert "They agreed to it once more." in editor.text()

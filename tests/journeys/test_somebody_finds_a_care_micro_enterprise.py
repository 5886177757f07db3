"""Somebody finds a care micro-enterprise near a postcode, asks it, reads the answer, and estimates what they would pay."""

import re

import pytest

from tests.journeys.answering import answer_all
from tests.journeys.circumstances import AT_HOME

pytestmark = pytest.mark.slow

TWO_ARE_LISTED = """
from farthing.service import clock
from tests.service.public.listed import FAR, Offer, an_entry, listed
out = an_entry(name="Invented Days Out", postcode=FAR, travels=80_000, offers=(Offer("days_out", 1500),))
listed(an_entry(name="Invented Helping Hands", email="hands@business.example"), at=clock.now())
listed(out, at=clock.now())
"""
ANSWERED = """
from farthing.service import clock
from farthing.service.directory.models import Enquiry
from farthing.service.directory.services import enquiries
enquiries.say(Enquiry.objects.latest("pk"), "Yes, from June.", by_enterprise=True, at=clock.now())
"""


@pytest.fixture(scope="module", autouse=True)
def two_are_listed(desk):
    """Two enterprises, one near and one far."""
    desk.run(TWO_ARE_LISTED)


def test_somebody_finds_one_by_postcode_asks_it_and_reads_the_answer(desk, arrives):
    person = arrives(desk)
    person.open("/")
    person.follow("Find a care micro-enterprise")
    person.picture("find")
    assert person.violations() == []
    person.fill("where", "CB24 9LQ")
    person.fill("help", ["companionship"])
    person.press("Search")
    assert "CB24" not in person.page.url and "9LQ" not in person.page.url
    person.picture("found")
    assert person.violations() == []
    assert "Invented Helping Hands" in person.text() and "less than a mile" in person.text()
    assert "Invented Days Out" not in person.text()
    person.page.locator("figure svg a").first.click()
    person.page.wait_for_load_state()
    assert person.heading == "Invented Helping Hands"
    person.picture("one-enterprise")
    assert person.violations() == []
    person.press("Add to your shortlist")
    person.follow("Your shortlist")
    person.picture("shortlist")
    person.picture_of_print("shortlist-as-printed")
    assert person.violations() == []
    person.follow("Invented Helping Hands")
    person.press("Ask about availability")
    assert person.violations() == []
    person.fill("name", "Ada Invented")
    person.fill("email", "ada@home.example")
    person.fill("says", "Could you come on Mondays?")
    person.picture("ask")
    person.press("Send the message")
    assert "Your message is on its way" in person.text()
    person.picture("asked")
    desk.run(ANSWERED)
    person.open(desk.link_sent_to("ada@home.example"))
    person.picture("conversation")
    assert "Yes, from June." in person.text() and "hands@business.example" not in person.page.content()
    assert person.violations() == []
    person.press("End the conversation")
    assert "This conversation ended on" in person.text()


def test_somebody_goes_from_an_enterprise_to_an_estimate_with_its_price(desk, arrives):
    person = arrives(desk, "directory-to-estimate", viewport={"width": 390, "height": 844})
    person.open("/directory/?words=helping+hands")
    person.picture("found-on-a-phone")
    person.page.locator("main ol a", has_text="Invented Helping Hands").first.click()
    person.page.wait_for_load_state()
    person.picture("one-enterprise-on-a-phone")
    person.follow("What would I pay?")
    person.fill("offer", "companionship")
    person.fill("number", "10")
    person.picture("what-would-i-pay")
    assert person.violations() == []
    person.press("Go on to the estimate")
    person.fill("about", "you")
    person.press("Start now")
    suggested = []

    def finish(button):
        if person.path == "/estimate/question/weekly_cost":
            suggested.append(person.text())
            person.picture("price-suggested")
        person.press(button)

    answer_all(person, {**AT_HOME, "weekly_cost": "180.00"}, finish=finish)
    assert re.search(r"Invented Helping Hands: Companionship, 10 hours a week.*£180.00 a week", suggested[0])
    person.press("See the estimate")
    person.picture("estimate")
    assert "£180.00" in person.text()


def test_the_directory_is_found_without_scripts_and_where_i_am_needs_one(desk, arrives):
    person = arrives(desk, "directory-without-scripts", java_script_enabled=False)
    person.open("/directory/")
    assert not person.page.get_by_role("button", name="Use where I am").is_visible()
    person.fill("where", "CB24 9LQ")
    person.press("Search")
    assert "Invented Helping Hands" in person.text()


def test_where_i_am_is_told_by_the_square_kilometre_alone(desk, arrives):
    person = arrives(
        desk,
        "directory-where-i-am",
        geolocation={"latitude": 52.2531, "longitude": 0.1093},
        permissions=["geolocation"],
    )
    person.open("/directory/")
    person.press("Use where I am")
    assert re.search(r"where=TL44(63|62)", person.page.url) and "52." not in person.page.url
    person.picture("found")
    assert "Invented Helping Hands" in person.text()


def test_every_page_of_it_fits_a_narrow_screen_and_axe_finds_nothing(desk, arrives):
    person = arrives(desk, "directory-narrow", viewport={"width": 320, "height": 640})
    person.open("/directory/?where=TL4463&within=50")
    enterprise = person.page.locator("main ol a").first.get_attribute("href")
    pages = {
        "found": "/directory/?where=TL4463&within=50",
        "no-such-place": "/directory/?where=Xyzzyville",
        "none-found": "/directory/?where=TL4463&words=xylophone",
        "ways-to-pay": "/ways-to-pay-for-care-micro-enterprises/",
        "find": "/directory/",
        "one-enterprise": enterprise,
        **{tail: f"{enterprise}{tail}/" for tail in ("ask", "concern", "what-would-i-pay", "direct-payment")},
    }
    wrong = []
    for name, page in pages.items():
        person.open(page)
        person.picture(name)
        wrong += [(page, each) for each in person.violations()]
        wider = person.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        wrong += [(page, f"scrolls sideways by {wider}")] if wider else []
    assert wrong == []

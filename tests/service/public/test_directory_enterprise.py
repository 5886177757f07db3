"""The page of one enterprise: what it says, what was checked and what that means; and the shortlist."""

import json
import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from farthing.service.access.models import Role
from farthing.service.directory.entry import Offer
from farthing.service.directory.models import CheckKind, Enterprise, Feed, Space
from farthing.service.directory.services import editing
from tests.service import cases
from tests.service.public.listed import HOME, PLACES, an_entry, listed

pytestmark = pytest.mark.django_db

MARKUP = '<script>alert("x")</script></script><img src=x onerror=alert(1)>'


def data_of(shown):
    """The data for search engines that stand in a page."""
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', shown.text, re.DOTALL)
    return json.loads(found)


def test_the_page_says_who_they_are_what_they_do_and_what_it_costs(client, hands):
    shown = client.get(f"/directory/{hands.key}/").text
    assert '<h1 class="govuk-heading-l">Invented Helping Hands</h1>' in shown
    assert "I help people in the villages." in shown and "I have a small dog." in shown
    assert "£18.00 an hour" in shown and "£20.00 to £24.50 an hour" in shown and "£90.00 a night" in shown
    assert "Ironing too" in shown
    assert "Monday: 9am to 5pm" in shown and "Wednesday: 9am to midday" in shown
    assert "Older people, People living with dementia" in shown and "18 and over" in shown
    assert "English, Polish" in shown and "Sole trader" in shown
    assert "Space now" in shown and "25 November 2026" in shown


def test_an_enterprise_that_is_full_says_so(client):
    full = listed(an_entry(), space=Space.FULL)
    shown = client.get(f"/directory/{full.key}/").text
    assert "Full\n" in shown or ">Full<" in shown.replace(" ", "").replace("\n", "")
    assert "Space now" not in shown


def test_each_check_is_shown_with_its_days_and_what_it_means(client, hands):
    shown = client.get(f"/directory/{hands.key}/").text
    until = cases.TODAY + timedelta(days=200)
    assert "Enhanced DBS check" in shown and "Disclosure and Barring Service" in shown
    assert f"holds until {until.day} {until:%B} {until.year}" in shown
    assert "Personal care and the Care Quality Commission" not in shown


def test_help_that_may_be_regulated_says_what_that_means_and_whether_it_is_registered(client):
    regulated = an_entry(offers=(Offer("personal_care", 2600),))
    registered, otherwise = listed(regulated), listed(regulated)
    editor = cases.staff(Role.DIRECTORY_EDITOR)
    editing.record_check(otherwise, CheckKind.NO_CQC, seen_on=cases.TODAY, runs_out_on=None,
                         says="Works alone for each person, under their direction", by=editor, at=cases.AT)  # fmt: skip
    shown = client.get(f"/directory/{registered.key}/").text
    assert "is registered, as the council has seen" in shown and "It is not legal advice" in shown
    assert "The council has seen no registration" not in shown
    shown = client.get(f"/directory/{otherwise.key}/").text
    assert "The council has seen no registration" in shown and "under their direction" in shown


def test_no_postcode_no_exact_place_and_no_email_address_is_shown_in_page_or_data(client, hands):
    shown = client.get(f"/directory/{hands.key}/").text
    for hidden in (HOME, HOME.replace(" ", ""), *map(str, PLACES[HOME]), "hands@business.example"):
        assert hidden not in shown


def test_a_telephone_number_is_shown_only_where_the_enterprise_says_so(client):
    hidden = listed(an_entry(phone="01632 960001"))
    shown = listed(an_entry(phone="01632 960002", shows_phone=True, website="https://hands.example/"))
    assert "01632 960001" not in client.get(f"/directory/{hidden.key}/").text
    page = client.get(f"/directory/{shown.key}/").text
    assert 'href="tel:01632960002"' in page and 'href="https://hands.example/" rel="external nofollow noopener"' in page


def test_html_in_what_they_say_is_shown_as_words_everywhere(client):
    offers = (Offer("companionship", 1800, says=MARKUP),)
    nasty = listed(an_entry(name=f"Invented {MARKUP}", about=f"{MARKUP}\n{MARKUP}", offers=offers))
    client.post(f"/directory/{nasty.key}/shortlist/add/")
    tails = ("", "ask/", "concern/", "what-would-i-pay/", "direct-payment/")
    pages = [*(f"/directory/{nasty.key}/{tail}" for tail in tails), "/directory/shortlist/",
             "/directory/?where=TL4463", "/directory/?words="]  # fmt: skip
    for page in pages:
        shown = client.get(page)
        assert shown.status_code == 200, page
        assert "<script>alert" not in shown.text and "<img" not in shown.text, page
    assert data_of(client.get(pages[0]))["description"] == f"{MARKUP}\n{MARKUP}"


def test_search_engines_are_told_the_same_in_their_own_words(client, hands):
    told = data_of(client.get(f"/directory/{hands.key}/"))
    assert told["@type"] == "LocalBusiness" and told["name"] == "Invented Helping Hands"
    assert told["url"].endswith(f"/directory/{hands.key}/")
    price = told["makesOffer"][1]["priceSpecification"]
    assert (price["minPrice"], price["maxPrice"], price["unitCode"]) == ("20.00", "24.50", "HUR")
    assert told["openingHoursSpecification"][0] == {
        "@type": "OpeningHoursSpecification", "dayOfWeek": "Monday", "opens": "09:00", "closes": "17:00"
    }  # fmt: skip
    assert "telephone" not in told


def test_there_is_no_page_for_whoever_may_not_be_shown(client, hands):
    assert client.get(f"/directory/{uuid4()}/").status_code == 404
    editing.suspend(hands, reason="A complaint", by=cases.staff(Role.DIRECTORY_EDITOR), at=cases.AT)
    for tail in ("", "ask/", "concern/", "what-would-i-pay/", "direct-payment/"):
        assert client.get(f"/directory/{hands.key}/{tail}").status_code == 404, tail


def test_an_enterprise_is_shown_on_the_last_day_of_its_insurance_and_not_on_the_next(client, hands, monkeypatch):
    last = datetime(2026, 11, 25, 12, 0, tzinfo=UTC) + timedelta(days=200)
    monkeypatch.setattr("farthing.service.clock.now", lambda: last)
    assert client.get(f"/directory/{hands.key}/").status_code == 200
    monkeypatch.setattr("farthing.service.clock.now", lambda: last + timedelta(days=1))
    assert client.get(f"/directory/{hands.key}/").status_code == 404


def test_somebody_keeps_a_shortlist_without_an_account(client, hands):
    other = listed(an_entry(name="Invented Other"))
    assert "There is nobody on it yet" in client.get("/directory/shortlist/").text
    for each in (hands, other, hands):
        assert client.post(f"/directory/{each.key}/shortlist/add/").status_code == 302
    shown = client.get("/directory/shortlist/").text
    assert shown.index("Invented Helping Hands") < shown.index("Invented Other")
    assert shown.count("govuk-summary-card__title-wrapper") == 2
    assert "your shortlist</a>" in client.get(f"/directory/{hands.key}/").text
    client.post(f"/directory/{hands.key}/shortlist/remove/")
    shown = client.get("/directory/shortlist/").text
    assert "Invented Helping Hands" not in shown and "Invented Other" in shown


def test_the_shortlist_says_that_somebody_on_it_is_shown_no_more(client, hands):
    client.post(f"/directory/{hands.key}/shortlist/add/", follow=True)
    editing.suspend(hands, reason="A complaint", by=cases.staff(Role.DIRECTORY_EDITOR), at=cases.AT)
    shown = client.get("/directory/shortlist/").text
    assert "1 you put here is no longer in the directory" in shown and "Invented Helping Hands" not in shown


def test_a_shortlist_has_an_end_and_takes_nobody_who_is_not_shown(client, hands, monkeypatch):
    monkeypatch.setattr("farthing.service.public.directory.shortlist.MOST", 1)
    client.post(f"/directory/{hands.key}/shortlist/add/")
    client.post(f"/directory/{listed(an_entry(name='Invented Other')).key}/shortlist/add/")
    shown = client.get("/directory/shortlist/").text
    assert "There are 1 on your shortlist already" in shown and 'id="listed-2"' not in shown
    assert client.post(f"/directory/{uuid4()}/shortlist/add/").status_code == 404
    assert client.get(f"/directory/{hands.key}/shortlist/add/").status_code == 405


def test_an_entry_from_elsewhere_says_whose_it_is_and_is_not_asked_through_us(client, hands):
    feed = Feed.objects.create(name="Invented Shire", url="https://shire.example/services", licence="Open Licence")
    Enterprise.objects.filter(pk=hands.pk).update(feed=feed, owner=None, elsewhere_id="1")
    shown = client.get(f"/directory/{hands.key}/").text
    assert "in the directory of Invented Shire" in shown and "Licence: Open Licence" in shown
    assert "has checked nothing in it" in shown and "Ask about availability" not in shown
    assert client.get(f"/directory/{hands.key}/ask/")["Location"] == f"/directory/{hands.key}/"
    assert "Read in the directory of Invented Shire" in client.get("/directory/?words=").text

"""What another directory did not tell is not told here either: on no page, in no data, to no search."""

import json
import re

import pytest

from farthing.service import clock
from farthing.service.api.open_referral import mapping
from farthing.service.directory.entry import Entry
from farthing.service.directory.feeds.entries import entry_from
from farthing.service.directory.in_words import parts
from farthing.service.directory.models import Enterprise, Feed, Listing
from farthing.service.directory.search import Wanted, search
from farthing.service.directory.selectors.shown import shown
from farthing.service.directory.terms import kinds_of_help
from tests.service.cases import AT, TODAY
from tests.service.directory.invented import entry, published
from tests.service.directory_feeds.stand_in import as_read, service

BARE = {
    "description": "",
    "minimum_age": None,
    "cost_options": [],
    "schedules": [],
    "languages": [],
    "phones": [],
}


def bare(**said):
    """A service that tells its name, its place and one kind of help."""
    made = service("Invented Bare", **{**BARE, **said})
    made["organization"] = {"id": made["id"], "name": "Invented Bare"}
    made["attributes"] = made["attributes"][:1]
    return made


@pytest.fixture
def told(read, elsewhere, monkeypatch):
    """The one service of a feed that has been read, as it is shown."""
    elsewhere.services = [bare()]
    read()
    monkeypatch.setattr(clock, "now", lambda: read.at)
    found = shown(Enterprise.objects.get().key, today=read.at.date())
    assert found is not None
    return found


def test_nothing_is_made_up_for_what_a_feed_leaves_out():
    made = entry_from(as_read(bare()))
    assert isinstance(made, Entry)
    unknown = (
        made.form,
        made.workers,
        made.travels,
        made.drives,
        made.takes_direct_payments,
        made.welcomes_self_funders,
    )
    assert unknown == (None,) * 6
    assert (made.about, made.languages, made.hours, made.helps, made.phone, made.website) == ("", (), (), (), "", "")
    assert (made.minimum_age, made.maximum_age, made.any_age) == (None, None, False)
    assert {each.field for each in parts(made) if each.lines} == {"name", "postcode", "offers"}


def test_what_a_feed_does_tell_is_kept():
    said = bare(service_areas=[{"service_area": "Up to 5 miles from Ely"}], maximum_age=65)
    said["attributes"].append({"taxonomy_term": {"name": "Welcomes self-funders"}})
    said["organization"]["organization_identifiers"] = [{"identifier_scheme": "GB-COH"}]
    made = entry_from(as_read(said))
    assert isinstance(made, Entry)
    assert (made.travels, made.maximum_age, made.form, made.welcomes_self_funders) == (5 * 1609, 65, "company", True)


@pytest.mark.parametrize(
    "wanted",
    [
        {"age": 40},
        {"languages": frozenset({"en"})},
        {"drives": True},
        {"takes_direct_payments": True},
        {"welcomes_self_funders": True},
        {"has_space": True},
        {"most_pence": 100_000},
        {"days": frozenset({0})},
    ],
)
def test_no_search_takes_what_was_not_told_for_known(told, wanted):
    assert search(Wanted(), today=TODAY).total == 1
    assert search(Wanted(**wanted), today=TODAY).total == 0


def test_how_far_it_goes_is_not_known_and_it_is_found_near_where_it_is(told):
    from farthing.service.directory.places import Place, place_of

    cambridge = place_of("Cambridge")
    assert isinstance(cambridge, Place) and Listing.objects.get().travels is None
    assert search(Wanted(near=cambridge), today=TODAY).total == 1
    far = Place("Far", cambridge.easting + 20_000, cambridge.northing)
    assert search(Wanted(near=far), today=TODAY).total == 0


def test_its_page_says_nothing_that_was_not_told_and_leads_nowhere_that_nobody_answers(client, told):
    address = f"/directory/{told.enterprise.key}/"
    page = client.get(address).text
    for guessed in ("Sole trader", "Full-time workers", "Up to", "Any age", "18 and over", "English", "Takes direct"):
        assert guessed not in page, guessed
    assert "Welcomes people who pay themselves" not in page and "No, or not said" not in page
    assert "In or near Cambridge" in page
    assert "From elsewhere" in page and "the directory of Elsewhere, last on 26 November 2026" in page
    assert f"{address}ask/" not in page and "neither a website nor a telephone number" in page
    assert client.get(f"{address}ask/").status_code == 302


@pytest.mark.parametrize(
    ("said", "leads_to"),
    [
        ({"url": "https://bare.example/"}, 'href="https://bare.example/"'),
        ({"phones": [{"number": "01632 961000"}]}, 'href="tel:01632961000"'),
    ],
)
def test_asking_about_availability_leads_to_its_own_website_or_telephone(client, read, elsewhere, said, leads_to):
    elsewhere.services = [bare(**said)]
    read()
    page = client.get(f"/directory/{Enterprise.objects.get().key}/").text
    assert leads_to in page and "availability" in page and "/ask/" not in page


def test_its_data_for_search_engines_says_nothing_that_was_not_told(client, told):
    page = client.get(f"/directory/{told.enterprise.key}/").text
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    said = json.loads(found)
    assert not {"description", "areaServed", "openingHoursSpecification", "knowsLanguage", "telephone"} & said.keys()
    assert [each["itemOffered"]["name"] for each in said["makesOffer"]] == [kinds_of_help()["companionship"].name]


def test_other_programs_are_told_nothing_of_ours_that_was_not_told():
    ours = published(entry(workers=None, travels=None, minimum_age=None, languages=(), drives=None))
    found = shown(ours.key, today=AT.date())
    assert found is not None
    said = mapping.service(found, full=True)
    assert not {"service_areas", "languages", "minimum_age", "maximum_age"} & said.keys()


def test_a_feed_that_was_read_when_more_was_guessed_is_read_whole_once_more(read, feed, elsewhere):
    elsewhere.knows_etags = True
    read()
    Feed.objects.update(whole_next=True)
    feed.refresh_from_db()
    assert read().found == 3, "it was asked whether anything had changed"
    assert not feed.whole_next and read().found == 0

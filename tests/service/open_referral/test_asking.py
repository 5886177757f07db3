"""What a program may ask for: paging, filters, places and changes; and what is wrong with what it asked."""

from datetime import timedelta

import pytest

from farthing.service.api.open_referral import asked
from farthing.service.api.open_referral.vocabularies import vocabularies
from farthing.service.directory.entry import Hours, Offer
from farthing.service.directory.grid import easting_and_northing, latitude_and_longitude
from farthing.service.directory.models import Enterprise, Feed, Listing, Postcode, Space
from farthing.service.directory.selectors import for_programs
from farthing.service.directory.services import entries
from tests.service.cases import AT
from tests.service.directory.invented import entry, published

NUMBERS = {term.key: str(term.id) for each in vocabularies() for term in each.terms.values()}
LATER = AT + timedelta(hours=1)


def named(name, **said):
    return published(entry(name=name, **said))


def test_pages_together_hold_everything_once(feed):
    for number in range(5):
        named(f"Invented {number}")
    pages = [feed.said("/services", page=page, per_page=2) for page in (1, 2, 3)]
    ids = [each["id"] for page in pages for each in page["contents"]]
    assert len(set(ids)) == len(ids) == 5
    assert [(page["size"], page["first_page"], page["last_page"], page["total_pages"]) for page in pages] == [
        (2, True, False, 3),
        (2, False, False, 3),
        (1, False, True, 3),
    ]
    beyond = feed.said("/services", page=10**9, per_page=2)
    assert beyond["empty"] and beyond["contents"] == [] and beyond["total_items"] == 5 and beyond["last_page"]


def test_every_page_says_how_many_there_are_in_all(feed):
    for number in range(5):
        named(f"Invented {number}")
    for page, size in [(1, 4), (1, 5), (1, 6), (2, 3), (2, 5), (5, 1), (6, 1), (9, 2)]:
        said = feed.said("/services", page=page, per_page=size)
        assert said["total_items"] == 5
        assert said["size"] == len(said["contents"]) == max(0, min(size, 5 - (page - 1) * size))


def test_no_page_of_nothing_says_that_there_is_something(feed):
    named("Invented One")
    assert [feed.said("/services", search="xyzzyplugh", page=page)["total_items"] for page in (1, 2)] == [0, 0]


def test_an_absurd_size_of_a_page_is_capped(feed, monkeypatch):
    monkeypatch.setattr(asked, "MOST_A_PAGE", 2)
    for number in range(3):
        named(f"Invented {number}")
    said = feed.said("/services", per_page=999_999_999)
    assert (said["size"], said["total_pages"]) == (2, 2)


def test_minimal_gives_numbers_and_moments_of_everything_at_once(feed, monkeypatch):
    monkeypatch.setattr(asked, "A_PAGE", 5)
    made = {str(named(f"Invented {number}").key) for number in range(6)}
    assert feed.said("/services")["size"] == 5
    said = feed.said("/services", minimal="true")
    assert said["total_pages"] == 1
    assert {each["id"] for each in said["contents"]} == made
    assert set(said["contents"][0]) == {"id", "modified_date"}
    assert feed.said("/services", minimal="true", per_page=4)["size"] == 4


def test_lines_hold_what_pages_hold(feed, monkeypatch):
    monkeypatch.setattr(for_programs, "AT_ONCE", 3)
    for number in range(8):
        named(f"Invented {number}", takes_direct_payments=number % 2 == 0)
    for query in ({}, {"full": "true"}, {"minimal": "true"}, {"taxonomy_term_id": NUMBERS["takes_direct_payments"]}):
        assert feed.lines(**query) == feed.said("/services", **query)["contents"]
    assert feed.lines("/service_at_locations") == feed.said("/service_at_locations")["contents"]


def test_words_are_found_by_their_stem(feed):
    named("Invented Gardeners", about="Lawns mown and hedges trimmed")
    named("Invented Cooks", about="Suppers")
    assert feed.names(search="hedge") == {"Invented Gardeners"}
    assert feed.names(search="") == {"Invented Gardeners", "Invented Cooks"}
    assert feed.names(search="xyzzyplugh") == set()


def test_no_search_is_a_fault(feed):
    named("Invented One")
    for hostile in ["'", '"', 'a" OR 1=1 --', "NEAR(", "*", "%", "\\", "a AND", ":", "🦊", "-" * 150]:
        feed.said("/services", search=hostile)


def test_a_term_finds_those_that_have_it_and_a_vocabulary_those_that_have_any(feed):
    named("Invented Drivers", offers=(Offer("transport"),), helps=(), drives=True)
    named("Invented Cooks", offers=(Offer("meals"),), helps=("dementia",), takes_direct_payments=True)
    assert feed.names(taxonomy_term_id=NUMBERS["transport"]) == {"Invented Drivers"}
    assert feed.names(taxonomy_term_id=NUMBERS["dementia"]) == {"Invented Cooks"}
    assert feed.names(taxonomy_term_id=NUMBERS["takes_direct_payments"]) == {"Invented Cooks"}
    kinds, people, arrangements = (str(each.id) for each in vocabularies())
    assert feed.names(taxonomy_id=kinds) == feed.names(taxonomy_id=arrangements)
    assert feed.names(taxonomy_id=people) == {"Invented Cooks"}
    assert feed.names(taxonomy_id=people, taxonomy_term_id=NUMBERS["dementia"]) == {"Invented Cooks"}
    assert feed.names(taxonomy_id=people, taxonomy_term_id=NUMBERS["meals"]) == set()
    unknown = "00000000-0000-4000-8000-000000000000"
    assert feed.names(taxonomy_term_id=unknown) == feed.names(taxonomy_id=unknown) == set()


def test_space_is_found_by_its_term(feed):
    enterprise = named("Invented Space")
    named("Invented Unknown")
    entries.tell_space(enterprise, Space.SPACE, by=enterprise.owner, at=LATER)
    assert feed.names(taxonomy_term_id=NUMBERS["has_space"]) == {"Invented Space"}


def test_ages_are_those_of_the_service_itself(feed):
    named("Invented Adults", minimum_age=18, maximum_age=None)
    named("Invented Older", minimum_age=65, maximum_age=None)
    named("Invented Young", minimum_age=None, maximum_age=25)
    assert feed.names(minimum_age=18) == {"Invented Adults", "Invented Older"}
    assert feed.names(minimum_age=19) == {"Invented Older"}
    assert feed.names(maximum_age=25) == {"Invented Young"}
    assert feed.names(maximum_age=24) == set()


def test_a_day_and_times_hold_for_the_same_hours(feed):
    named("Invented Mornings", hours=(Hours(0, 480, 720), Hours(5, 600, 660)))
    named("Invented Days", hours=(Hours(0, 540, 1020),))
    assert feed.names(day="SA") == feed.names(day="saturday") == {"Invented Mornings"}
    assert feed.names(start_time="09:00") == {"Invented Mornings", "Invented Days"}
    assert feed.names(day="MO", start_time="09:00:00") == {"Invented Days"}
    assert feed.names(day="MO", end_time="12:00") == {"Invented Mornings"}
    assert feed.names(day="MO", start_time="09:00", end_time="12:00") == set()


@pytest.fixture
def near_and_far():
    Postcode.objects.create(code="CB11AA", authority="E07000008", easting=545_000, northing=258_000)
    for name, away, travels in (
        ("Invented Near", 0, 1_000),
        ("Invented Roaming", 9_000, 20_000),
        ("Invented Far", 9_000, 2_000),
    ):
        made = named(name)
        Listing.objects.filter(pk=made.pk).update(easting=545_000 + away, northing=258_000, travels=travels)


def test_a_postcode_finds_those_that_travel_there_and_proximity_those_that_are_near(feed, near_and_far):
    path = "/service_at_locations"
    assert feed.names(path, postcode="CB1 1AA") == {"Invented Near", "Invented Roaming"}
    assert feed.names(path, postcode="cb11aa", proximity=500) == {"Invented Near"}
    assert feed.names(path, postcode="CB1 1AA", proximity=9_000) == {
        "Invented Near",
        "Invented Roaming",
        "Invented Far",
    }
    assert feed.names(path, postcode="CB1 1AA", proximity=8_999) == {"Invented Near"}
    assert feed.refused(path, postcode="CB1 1AA", proximity=500_001) == ["proximity"]
    assert feed.refused(path, proximity=10) == ["proximity"]
    assert feed.refused(path, postcode="ZZ99 9ZZ") == ["postcode"]
    assert feed.refused("/services", postcode="CB1 1AA") == ["postcode"]


def test_changes_are_given_from_their_moment_on(feed):
    old, new = named("Invented Old"), named("Invented New")
    Enterprise.objects.filter(pk=old.pk).update(changed_at=AT - timedelta(days=2))
    assert feed.names(modified_after=AT.isoformat()) == {"Invented New"}
    assert feed.names(modified_after="2026-11-25") == {"Invented New"}
    assert feed.names(modified_after=(AT - timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%SZ")) == {
        "Invented Old",
        "Invented New",
    }
    assert feed.names(modified_after=(AT + timedelta(seconds=1)).isoformat()) == set()
    assert new.changed_at == AT


def test_those_read_from_elsewhere_are_given_by_their_own_council_alone(feed):
    elsewhere = named("Invented Elsewhere")
    Enterprise.objects.filter(pk=elsewhere.pk).update(feed=Feed.objects.create(name="Another", url="https://a.example"))
    assert feed.said("/services")["empty"] and feed.lines(modified_after="2020-01-01") == []
    feed.refused(f"/services/{elsewhere.key}", 404)


@pytest.mark.parametrize(
    "query",
    [{"page": "0"}, {"page": "-1"}, {"page": "one"}, {"page": "9" * 40}, {"per_page": "0"}, {"per_page": "1e3"}, {"full": "maybe"},
     {"format": "xml"}, {"minimum_age": "young"}, {"maximum_age": "1000"}, {"start_time": "25:00"}, {"end_time": "noon"},
     {"day": "someday"}, {"taxonomy_id": "1"}, {"taxonomy_term_id": "meals"}, {"modified_after": "yesterday"},
     {"modified_after": "2026-13-45T00:00:00Z"}, {"search": "a" * 201}, {"search": "\0"}, {"colour": "blue"}],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_read_is_refused_by_its_name(feed, query):
    assert feed.refused("/services", **query) == list(query)


def test_everything_that_is_wrong_is_said_at_once(feed):
    assert set(feed.refused("/services", page="x", day="x", full="x")) == {"page", "day", "full"}


def test_a_point_comes_back_from_degrees_to_where_it_was():
    latitude, longitude = latitude_and_longitude(651_410, 313_177)  # the worked example of Ordnance Survey's guide
    assert abs(latitude - 52.65798) < 0.00002 and abs(longitude - 1.71605) < 0.00002
    for point in ((545_000, 258_000), (180_000, 40_000), (420_000, 560_000), (530_000, 180_000)):
        there = easting_and_northing(*latitude_and_longitude(*point))
        assert max(abs(one - other) for one, other in zip(point, there, strict=True)) <= 1

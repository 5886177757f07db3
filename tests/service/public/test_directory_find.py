"""Finding care micro-enterprises: by place, words and wishes, with an answer in words whatever is typed."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from farthing.service.access.models import Role
from farthing.service.directory.entry import Hours, Offer
from farthing.service.directory.models import Enterprise, Postcode, Space
from farthing.service.directory.services import editing
from tests.service import cases
from tests.service.public.listed import FAR, HOME, PLACES, an_entry, listed, on_the_map

pytestmark = pytest.mark.django_db

HOSTILE = [
    "'",
    '"',
    "' OR 1=1 --",
    "NEAR(a b) AND (",
    "*",
    "^",
    "a" * 100,
    "🦄",
    "%",
    "_",
    "\\",
    ":*",
    "!!! & | <->",
    "<script>alert(1)</script>",
    "\u202e",
    "NOT",
    "-",
]


def names(shown):
    """The names that a page lists, in order."""
    return [
        unescape(each)
        for each in re.findall(r'\d+\. <a class="govuk-link" href="/directory/[^"]+">(.*?)</a>', shown.text)
    ]


@pytest.fixture(scope="module", autouse=True)
def both(standing):
    """Two enterprises that every test finds in the directory, twelve miles from each other."""
    hands = listed(an_entry(name="Invented Helping Hands"))
    offers = (Offer("transport", 1500), Offer("days_out"))
    driver = listed(
        an_entry(
            name="Invented Days Out", offers=offers, postcode=FAR, drives=True, languages=("en",),
            takes_direct_payments=False, helps=("learning_disability",), hours=(Hours(5, 540, 720),),
        ),
        space=Space.FULL,
    )  # fmt: skip
    return hands.key, driver.key


def test_the_page_without_a_search_asks_and_lists_nobody(client):
    shown = client.get("/directory/")
    assert shown.status_code == 200
    assert names(shown) == []
    assert "What help is wanted?" in shown.text and "Personal care" in shown.text


def test_a_search_for_nothing_lists_everybody(client):
    assert set(names(client.get("/directory/", {"words": ""}))) == {"Invented Helping Hands", "Invented Days Out"}


def test_a_postcode_stands_in_no_address_that_is_passed_on(client):
    led = client.get("/directory/", {"where": HOME.lower(), "help": "companionship", "words": ""})
    assert led.status_code == 302
    asked = parse_qs(urlsplit(led["Location"]).query)
    assert asked["where"][0].endswith(" TL4463") and asked["help"] == ["companionship"]
    assert HOME.replace(" ", "") not in led["Location"].upper().replace("+", "").replace("%20", "")
    assert names(client.get(led["Location"])) == ["Invented Helping Hands"]


def test_the_nearest_is_listed_first_with_its_distance_in_words(client):
    shown = client.get("/directory/", {"where": "TL4463", "within": "50"})
    assert names(shown) == ["Invented Helping Hands", "Invented Days Out"]
    assert "less than a mile away" in shown.text and "miles away" in shown.text


def test_each_in_the_list_says_price_space_and_help(client):
    shown = client.get("/directory/", {"words": ""}).text
    assert "From £18.00 an hour" in shown and "From £15.00 an hour" in shown
    assert "Companionship, Help around the house, Overnight help" in shown
    assert len(re.findall(r"Space now\s*</strong>", shown)) == 1
    assert shown.count(">Takes direct payments</p>") == 1


@pytest.mark.parametrize(
    "wish",
    [
        {"help": "transport"},
        {"who": "learning_disability"},
        {"drives": "on"},
        {"most": "16"},
        {"words": "days out", "help": "transport"},
    ],
    ids=lambda wish: " ".join(wish),
)
def test_a_wish_leaves_out_those_who_do_not_meet_it(client, wish):
    assert names(client.get("/directory/", wish)) == ["Invented Days Out"]


@pytest.mark.parametrize(
    "wish",
    [
        {"help": "companionship"},
        {"who": "dementia"},
        {"language": "pl"},
        {"pays": "direct_payments"},
        {"space": "on"},
        {"words": "helping hands"},
    ],
    ids=lambda wish: " ".join(wish),
)
def test_another_wish_leaves_out_the_other(client, wish):
    assert names(client.get("/directory/", wish)) == ["Invented Helping Hands"]


def test_days_and_times_are_met_by_those_who_work_then(client):
    assert names(client.get("/directory/", {"days": "2", "opens": "600", "closes": "660"})) == [
        "Invented Helping Hands"
    ]
    assert names(client.get("/directory/", {"days": "2", "opens": "780", "closes": "840"})) == []
    assert names(client.get("/directory/", {"days": "6"})) == []


def test_times_that_end_before_they_begin_are_refused_at_their_field(client):
    shown = client.get("/directory/", {"opens": "1200", "closes": "600"})
    assert "The time help ends must be after the time it begins" in shown.text
    assert "Error: " in shown.text


def test_the_map_numbers_what_the_list_numbers_and_each_mark_is_a_link(client, both):
    shown = client.get("/directory/", {"where": "TL4463", "within": "50"}).text
    assert '<title id="map-title">' in shown and '<desc id="map-description">' in shown
    marks = re.findall(r'<a href="(/directory/[^"]+)" aria-label="(\d+)\. ([^"]+)">', shown)
    assert marks == [
        (f"/directory/{both[0]}/", "1", "Invented Helping Hands"),
        (f"/directory/{both[1]}/", "2", "Invented Days Out"),
    ]


def test_no_exact_place_or_postcode_of_an_enterprise_is_on_the_page(client):
    shown = client.get("/directory/", {"where": "TL4463", "within": "50"}).text
    for code, (easting, northing) in PLACES.items():
        assert code not in shown and str(easting) not in shown and str(northing) not in shown


def test_two_in_the_same_place_have_marks_that_do_not_cover_each_other(client):
    listed(an_entry(name="Invented Second Hands"))
    shown = client.get("/directory/", {"where": "TL4463", "within": "5"}).text
    places = re.findall(r'farthing-chart__bar" cx="(\d+)" cy="(\d+)" r="20"', shown)
    assert len(places) == 2 and len(set(places)) == 2


def test_none_near_says_so_and_how_to_find_more(client):
    shown = client.get("/directory/", {"where": "TL3567", "within": "1"}).text
    assert "None found" in shown
    assert "look within 2 miles" in shown and "see everybody in the directory" in shown and "0345 045 5202" in shown
    farther = unescape(re.search(r'href="([^"]+)">look within 2 miles', shown)[1])
    assert parse_qs(urlsplit(farther).query) == {"where": ["TL3567"], "within": ["2"]}


def test_nothing_for_the_words_offers_to_look_without_them(client):
    shown = client.get("/directory/", {"words": "xylophone", "help": "companionship"}).text
    without = unescape(re.search(r'href="([^"]+)">look without the words', shown)[1])
    assert names(client.get(without)) == ["Invented Helping Hands"]


def test_words_spelt_wrong_are_read_as_what_they_are_like(client):
    shown = client.get("/directory/", {"words": "companionshipp"})
    assert names(shown) == ["Invented Helping Hands"]
    assert "We read your words as “companionship”." in shown.text


def test_an_unknown_place_is_refused_in_words_and_nobody_is_listed(client):
    shown = client.get("/directory/", {"where": "Xyzzyville"})
    assert shown.status_code == 200 and names(shown) == []
    assert 'id="where-error"' in shown.text and "Xyzzyville" in shown.text
    assert "<title>Error: " in " ".join(shown.text.split()).replace("> ", ">")


def test_a_postcode_that_has_ended_leads_to_where_it_was(client):
    on_the_map()
    Postcode.objects.filter(code=HOME.replace(" ", "")).update(is_ended=True)
    shown = client.get("/directory/", {"where": HOME}).text
    instead = unescape(re.search(r'<li><a class="govuk-link" href="(/directory/\?where=[^"]+)">', shown)[1])
    assert "TL4463" in instead
    assert names(client.get(instead)) == ["Invented Helping Hands"]


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_words_and_places_are_answered_in_words(client, typed):
    for name in ("words", "where"):
        shown = client.get("/directory/", {name: typed})
        assert shown.status_code == 200, typed
        assert "<script>alert" not in shown.text


@pytest.mark.parametrize(
    "name", ["within", "help", "who", "days", "opens", "most", "age", "language", "pays", "drives", "where"]
)
@pytest.mark.parametrize("typed", ["\x00", "-1", "9" * 40, "NaN", "<b>", "a" * 5000], ids=repr)
def test_hostile_wishes_are_answered_in_words(client, name, typed):
    assert client.get("/directory/", {name: typed}).status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "2", "999999", "9" * 30, "x", "²"])
def test_a_page_that_is_not_there_is_answered(client, page):
    assert client.get("/directory/", {"words": "", "page": page}).status_code == 200


def test_many_are_listed_a_page_at_a_time_with_their_numbers(client):
    for number in range(21):
        listed(an_entry(name=f"Invented {number:02}"))
    first = client.get("/directory/", {"help": "companionship"})
    assert len(names(first)) == 20 and names(first)[0] == "Invented 00"
    following = unescape(re.search(r'href="([^"]+)" rel="next"', first.text)[1])
    second = client.get(following)
    assert names(second) == ["Invented 20", "Invented Helping Hands"]
    assert "21. <a" in second.text


def test_whoever_is_suspended_is_found_no_more(client, both):
    editing.suspend(
        Enterprise.objects.get(key=both[0]), reason="A complaint", by=cases.staff(Role.DIRECTORY_EDITOR), at=cases.AT
    )
    assert names(client.get("/directory/", {"words": ""})) == ["Invented Days Out"]


def test_a_search_is_only_asked_for_and_never_sent(client):
    assert client.post("/directory/", {"words": "x"}).status_code == 405


@pytest.mark.on_both
def test_a_page_of_results_is_made_with_few_queries(client, django_assert_max_num_queries):
    for number in range(5):
        listed(an_entry(name=f"Invented {number}"))
    client.get("/directory/", {"words": ""})
    with django_assert_max_num_queries(12):
        client.get("/directory/", {"where": "TL4463", "words": "companionship"})

"""Finding listings: what is found, in which order, and that nothing typed breaks it. Both databases are held to one table."""

from datetime import timedelta

import pytest

from farthing.service.directory.entry import Offer
from farthing.service.directory.models import Listing
from farthing.service.directory.places import METRES_A_MILE, Place
from farthing.service.directory.search import Found, Wanted, search, with_words
from tests.service.directory_search.listings import CENTRE, TODAY, listed

pytestmark = pytest.mark.django_db

MORNING, EVENING = 9 * 60, 17 * 60


def names(found: Found) -> list[str]:
    return [each.listing.name for each in found.results]


def found(words: str = "", **wanted: object) -> list[str]:
    return names(search(Wanted(words=words, **wanted), today=TODAY))  # type: ignore[arg-type]


@pytest.fixture
def council() -> None:
    """A handful of listings, each found by something else."""
    listed("Sunflower Gardening", metres=3_000, offers=(Offer("gardening", 1_800),), about="Weeding and mowing lawns")
    listed("Tidy Houses", metres=1_000, about="Cleaning, and a garden on request", languages=("en", "pl"))
    listed("Ada O'Brien", metres=2_000, offers=(Offer("companionship", 1_500),), about="A chat, cafés and board games")
    listed("Night Watch", metres=500, offers=(Offer("overnight"), Offer("respite")), helps=("dementia",), place="Ely")
    listed("Łucja's Home-Care", metres=8_000, offers=(Offer("personal_care", 2_600),), languages=("pl",))


# Words

TABLE = [
    ("gardening", ["Sunflower Gardening", "Tidy Houses"]),
    ("GARDENS!", ["Sunflower Gardening", "Tidy Houses"]),
    ("gardener", ["Sunflower Gardening", "Tidy Houses"]),
    ("mowing the lawn", ["Sunflower Gardening"]),
    ("o'brien", ["Ada O'Brien"]),
    ("OBRIEN", ["Ada O'Brien"]),
    ("o’brien", ["Ada O'Brien"]),  # noqa: RUF001
    ("cafe", ["Ada O'Brien"]),
    ("home-care", ["Łucja's Home-Care"]),
    ("lucjas", ["Łucja's Home-Care"]),
    ("domiciliary", ["Łucja's Home-Care"]),
    ("sitting service", ["Night Watch"]),
    ("befriending", ["Ada O'Brien"]),
    ("dementia", ["Night Watch"]),
    ("memory loss", ["Night Watch"]),
    ("Ely", ["Night Watch"]),
    ("polish", ["Łucja's Home-Care", "Tidy Houses"]),
    ("sunf", ["Sunflower Gardening"]),
    ("gardening and cleaning", ["Tidy Houses"]),
    ("somebody for me", ["Ada O'Brien", "Night Watch", "Sunflower Gardening", "Tidy Houses", "Łucja's Home-Care"]),
    ("xylophone", []),
    ("xylophone mowing", ["Sunflower Gardening"]),
]


@pytest.mark.parametrize(("words", "expected"), TABLE)
def test_words_are_found_by_their_stems_and_by_what_means_the_same(council, words, expected):
    assert sorted(found(words)) == sorted(expected)


@pytest.mark.parametrize(
    ("typed", "read_as", "expected"),
    [
        ("sunflwoer", "sunflower", ["Sunflower Gardening"]),
        ("demnetia", "dementia", ["Night Watch"]),
        ("compnaionship", "companionship", ["Ada O'Brien"]),
        ("mowign lawsn", "mowing lawns", ["Sunflower Gardening"]),
        ("xylophone demetia", "dementia", ["Night Watch"]),
        ("dementia", None, ["Night Watch"]),
    ],
)
def test_a_misspelt_word_is_read_as_the_nearest_that_somebody_has(council, typed, read_as, expected):
    answer = search(Wanted(words=typed), today=TODAY)
    assert (answer.read_as, names(answer)) == (read_as, expected)


def test_a_word_is_no_longer_known_when_the_last_listing_with_it_is_gone(council):
    Listing.objects.filter(name="Sunflower Gardening").delete()
    assert found("sunflower") == found("sunflwoer") == []


def test_a_listing_that_is_written_anew_is_found_by_its_new_words_alone(council):
    Listing.objects.filter(name="Night Watch").update(words="knit", name_words="night watch")
    assert found("knitting") == ["Night Watch"]
    assert found("dementia") == []


HOSTILE = [
    "'", '"', '"""', "'; DROP TABLE directory_listing; --", "AND", "a AND", "NOT", "*", "gard*", "(", ")", "NEAR(a b)",
    "name_words:x", "^a", "a:b", "-", "--", "\\", "%", "_", "%s", "{}", "a & b | !c", ":*", "<->", "\0", "a\0b", "\ud800",
    "😀", "‮gardening", "\u0301", "مرحبا", "日本語", "x" * 10_000, "word " * 2_000, "'" * 500, "\n\t\r", "１２３", "ﬁ",  # noqa: RUF001
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_is_an_error_and_none_destroys_anything(council, words):
    search(Wanted(words=words, near=CENTRE), today=TODAY)
    assert Listing.objects.count() == 5


def test_a_word_of_another_alphabet_is_found():
    listed("日本語 Help")
    listed("مرحبا")
    assert found("日本語") == ["日本語 Help"]
    assert found("مرحبا") == ["مرحبا"]


def test_the_keys_found_by_words_alone_are_those_a_search_finds(council):
    for words in ("gardening", "demnetia", "xylophone", "", "the"):
        by_name = Listing.objects.filter(with_words(words)).values_list("name", flat=True)
        assert sorted(by_name) == sorted(found(words))


# Order


def test_words_in_the_name_come_first_then_the_nearest_then_the_name():
    listed("Far Gardening", metres=5_000)
    listed("Near Help", metres=100, about="Gardening")
    listed("Beta Help", metres=1_000, about="Gardening")
    listed("alpha help", metres=1_000, about="Gardening")
    assert found("gardening", near=CENTRE) == ["Far Gardening", "Near Help", "alpha help", "Beta Help"]
    assert found("gardening") == ["Far Gardening", "alpha help", "Beta Help", "Near Help"]


def test_names_are_ordered_the_same_by_both_databases():
    given = ["b-two", "B one", "a", "Zoë", "zoe", "Äpfel", "apple", "1st", "_x", "É", "e", "É"]
    for name in given:
        listed(name)
    assert found() == ["1st", "_x", "a", "apple", "B one", "b-two", "e", "zoe", "Zoë", "Äpfel", "É", "É"]


# Place


def test_without_a_radius_those_near_and_those_that_travel_so_far_are_found():
    listed("Stays", metres=10 * METRES_A_MILE, travels=0)
    listed("Too far", metres=10 * METRES_A_MILE + 1, travels=5_000)
    listed("Travels", metres=30_000, travels=30_000)
    listed("Travels less", metres=30_001, travels=30_000)
    assert found(near=CENTRE) == ["Stays", "Travels"]


def test_within_a_radius_just_those_inside_are_found_and_each_says_how_far():
    listed("In", metres=5_000)
    listed("Out", metres=5_001, travels=50_000)
    (only,) = search(Wanted(near=CENTRE, within=5_000), today=TODAY).results
    assert (only.listing.name, only.metres) == ("In", 5_000)


@pytest.mark.parametrize(("within", "expected"), [(-5, 1), (0, 1), (10**40, 2)])
def test_an_absurd_radius_is_as_good_as_the_least_or_the_most(within, expected):
    listed(metres=0)
    listed(metres=600_000)
    assert search(Wanted(near=CENTRE, within=within), today=TODAY).total == expected


def test_without_a_place_no_distance_is_said(council):
    assert {each.metres for each in search(Wanted(), today=TODAY).results} == {None}


def test_a_place_at_the_other_end_of_the_country_finds_nothing_and_does_not_overflow(council):
    assert search(Wanted(near=Place("Nowhere", 2_000_000_000, -2_000_000_000)), today=TODAY).total == 0


# What is wanted


def test_every_kind_of_help_that_is_wanted_is_given_and_one_language_is_enough(council):
    assert found(terms=frozenset({"overnight", "respite"})) == ["Night Watch"]
    assert found(terms=frozenset({"overnight", "gardening"})) == []
    assert found(languages=frozenset({"pl", "cy"})) == ["Tidy Houses", "Łucja's Home-Care"]


def test_help_is_there_on_every_day_that_is_wanted_and_all_the_time():
    listed("Weekdays", hours=dict.fromkeys(range(5), (MORNING, EVENING)))
    listed("Mondays", hours={0: (MORNING, 12 * 60)})
    listed("Says nothing")
    assert found(days=frozenset({0})) == ["Mondays", "Weekdays"]
    assert found(days=frozenset({0, 4})) == ["Weekdays"]
    assert found(days=frozenset({0}), opens=MORNING, closes=EVENING) == ["Weekdays"]
    assert found(opens=MORNING - 1) == []
    assert found(closes=12 * 60) == ["Mondays", "Weekdays"]


def test_a_price_is_at_most_what_is_wanted_and_one_not_said_is_not_found():
    listed("Dear", offers=(Offer("meals", 2_001),))
    listed("Fair", offers=(Offer("meals", 2_000),))
    listed("Silent", offers=(Offer("meals"),))
    assert found(most_pence=2_000) == ["Fair"]
    assert found(most_pence=10**30) == ["Dear", "Fair"]
    assert found(most_pence=-(10**30)) == []


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (17, ["Anybody"]),
        (18, ["Adults", "Anybody"]),
        (65, ["Adults", "Anybody"]),
        (66, ["Anybody"]),
        (10**30, ["Anybody"]),
    ],
)
def test_an_age_is_within_what_a_listing_takes(age, expected):
    listed("Adults", minimum_age=18, maximum_age=65)
    listed("Anybody", minimum_age=None, any_age=True)
    listed("Not told", minimum_age=None)
    assert found(age=age) == expected


@pytest.mark.parametrize("what", ["drives", "takes_direct_payments", "welcomes_self_funders", "has_space"])
def test_what_is_asked_for_narrows_and_what_is_not_does_not(what):
    listed("Has", **{what: True})
    listed("Has not", **{what: False})
    assert found(**{what: True}) == ["Has"]
    assert found(**{what: False}) == ["Has", "Has not"]


def test_a_listing_is_found_until_the_last_day_it_may_be_shown():
    listed("Ends today", shown_until=TODAY)
    listed("Ended", shown_until=TODAY - timedelta(days=1))
    listed("For ever")
    assert found() == ["Ends today", "For ever"]


# Pages


def test_pages_hold_everything_once_and_one_beyond_the_last_is_the_last():
    for number in range(7):
        listed(f"Help {number}")
    pages = [search(Wanted(), today=TODAY, page=page, size=3) for page in (1, 2, 3)]
    assert [name for page in pages for name in names(page)] == [f"Help {number}" for number in range(7)]
    assert {(page.total, page.pages) for page in pages} == {(7, 3)}
    assert search(Wanted(), today=TODAY, page=10**30, size=3) == pages[2]
    assert search(Wanted(), today=TODAY, page=-1, size=3) == pages[0]
    assert len(search(Wanted(), today=TODAY, size=10**30).results) == 7
    assert len(search(Wanted(), today=TODAY, size=0).results) == 1


def test_where_nothing_is_listed_one_empty_page_is_found():
    assert search(Wanted(words="anything", near=CENTRE), today=TODAY, page=9) == Found(0, 1, 1, [])


def test_a_search_takes_few_queries_however_much_is_found(council, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        search(Wanted(words="gardening cleaning", near=CENTRE), today=TODAY)

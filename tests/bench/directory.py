"""Finding a care micro-enterprise among ten thousand: by place, by words, by both, and with words misspelt."""

from datetime import date
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

from cases import SEED
from desk import desk, is_there, percentile
from stopwatch import Row, row, say

LISTINGS, LISTINGS_TO_TRY = 10_000, 50
SEARCHES, SEARCHES_TO_TRY = 200, 4
RUNS, RUNS_TO_TRY = 5, 1
LIMIT = 0.050
TODAY = date(2026, 5, 4)

ABOUT = """
friendly patient garden cooking cleaning shopping company chat walks dementia hoist trained local village driver car
mornings evenings weekends nights meals laundry ironing pets dog cat crafts music choir church film trips appointments
hospital washing dressing medicines bathing respite carers family autism learning disability sight hearing signing
paperwork letters bills computer telephone gardening painting knitting games cards chess football fishing swimming
""".split()  # noqa: SIM905
NAMES = (
    "Bramble",
    "Sunflower",
    "Willow",
    "Heron",
    "Orchard",
    "Lark",
    "Meadow",
    "Fen",
    "Robin",
    "Hazel",
    "Ivy",
    "Otter",
)
SURNAMES = ("Invented", "Madeup", "Example", "Fable", "Pretend", "Sample", "Whatnot", "Imagin")


def measure(database: str, quick: bool) -> list[Row]:
    """The 95th percentile of each kind of search; nothing where the database is not installed."""
    if not is_there(database):
        return []
    listings, searches = (LISTINGS_TO_TRY, SEARCHES_TO_TRY) if quick else (LISTINGS, SEARCHES)
    with desk(database):
        say(f"{listings:,} listings into {database}")
        _fill(listings)
        subject = f"The directory with {listings:,} listings, {database}"
        kinds = (
            "place",
            "place and words",
            "words",
            "misspelt words and place",
            "place, a kind of help, a day and a price",
        )
        return [_row(subject, kind, searches, RUNS_TO_TRY if quick else RUNS) for kind in kinds]


def _row(subject: str, kind: str, searches: int, runs: int) -> Row:
    say(kind)
    from farthing.service.directory.search import search

    random = Random(SEED)
    wanted = [_wanted(kind, random) for _ in range(searches)]
    totals = [search(each, today=TODAY).total for each in wanted]
    if not any(totals):
        raise ValueError(f"{kind}: nothing was found")
    taken = [[_seconds(each) for each in wanted] for _ in range(runs)]
    every = [each for run in taken for each in run]
    note = f"half within {median(every) * 1e3:.1f} ms; {median(totals):,.0f} found by the middle search"
    return row(subject, f"{kind}, 95th percentile", "seconds", list(map(percentile, taken)), limit=LIMIT, note=note)


def _seconds(wanted: Any) -> float:
    from farthing.service.directory.search import search

    start = perf_counter()
    search(wanted, today=TODAY)
    return perf_counter() - start


def _wanted(kind: str, random: Random) -> Any:
    """One search, unlike most others of its kind."""
    from farthing.service.directory.place_data import towns
    from farthing.service.directory.places import Place
    from farthing.service.directory.search import Wanted

    town, words = random.choice(towns()), random.sample(ABOUT, random.randint(1, 2))
    near = Place(town.name, town.easting + random.randint(-999, 999), town.northing + random.randint(-999, 999))
    match kind:
        case "place":
            return Wanted(near=near)
        case "words":
            return Wanted(words=" ".join(words))
        case "place and words":
            return Wanted(words=" ".join(words), near=near)
        case "misspelt words and place":
            return Wanted(words=" ".join(_misspelt(word, random) for word in words), near=near)
    help_, day = random.choice(("personal_care", "companionship", "transport")), random.randrange(7)
    return Wanted(near=near, terms=frozenset({help_}), days=frozenset({day}), opens=600, closes=660, most_pence=2_500)


def _misspelt(word: str, random: Random) -> str:
    place = random.randrange(1, len(word) - 1)
    return f"{word[:place]}{word[place + 1]}{word[place]}{word[place + 2 :]}"


def _fill(listings: int) -> None:
    """Listings in and about the towns of the area, each with a text of about forty words."""
    from django.db import connection

    from farthing.service import clock
    from farthing.service.directory.models import Enterprise, Listing, ListingHours, ListingTerm, State

    random, at = Random(SEED), clock.now()
    made = [Enterprise(state=State.PUBLISHED, made_at=at, changed_at=at) for _ in range(listings)]
    enterprises = Enterprise.objects.bulk_create(made, batch_size=1000)
    rows = [_listing(each, number, random, at) for number, each in enumerate(enterprises)]
    Listing.objects.bulk_create(rows, batch_size=1000)
    kinds = (
        "personal_care",
        "companionship",
        "transport",
        "domestic_help",
        "gardening",
        "respite",
        "dementia",
        "carers",
    )
    terms = [
        ListingTerm(listing=each, term=term) for each in rows for term in ("language:en", *random.sample(kinds, 3))
    ]
    ListingTerm.objects.bulk_create(terms, batch_size=2000)
    hours = [ListingHours(listing=each, day=day, opens=540, closes=1020) for each in rows for day in range(5)]
    ListingHours.objects.bulk_create(hours, batch_size=2000)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # which it would do by itself in the next minutes


def _listing(enterprise: Any, number: int, random: Random, at: Any) -> Any:
    from farthing.service.directory.entry import Entry, Form, Offer
    from farthing.service.directory.models import Listing
    from farthing.service.directory.place_data import towns
    from farthing.service.directory.search import listing_words

    town = random.choice(towns())
    name = f"{random.choice(NAMES)} {random.choice(SURNAMES)} {number}"
    about = " ".join(
        [*random.choices(ABOUT, k=35), *(f"{random.choice(SURNAMES)}{random.randrange(500)}" for _ in range(5))]
    )
    offers = (Offer("companionship", 2_000), Offer("domestic_help", 1_900))
    entry = Entry(name, Form.SOLE_TRADER, about, "somebody@enterprise.example", "CB1 2AB", offers)
    name_words, words = listing_words(entry, town.name)
    return Listing(
        enterprise=enterprise, name=name, place=town.name, easting=town.easting + random.randint(-2_000, 2_000),
        northing=town.northing + random.randint(-2_000, 2_000), travels=random.choice((5_000, 8_000, 16_000, 40_000)),
        name_words=name_words, words=words, hourly=random.randrange(1_500, 3_000), minimum_age=18, has_space=number % 3 == 0,
        drives=number % 2 == 0, takes_direct_payments=number % 4 > 0, welcomes_self_funders=True, changed_at=at,
    )  # fmt: skip

"""The directory for other programs with ten thousand enterprises in it: a first page, and all of it as lines."""

from functools import cache
from itertools import islice
from random import Random
from time import perf_counter
from typing import Any

from cases import SEED
from desk import desk, is_there, percentile, queries
from stopwatch import MEGABYTE, Row, forget_peak, give_back, memory, peak, row, say

LISTINGS, LISTINGS_TO_TRY = 10_000, 10
CALLS, CALLS_TO_TRY = 40, 2
RUNS, RUNS_TO_TRY = 3, 1
LIMIT = 0.050
MOST_QUERIES = 12
MOST_BYTES = 20 * MEGABYTE
SERVER = "127.0.0.1"


def measure(database: str, quick: bool) -> list[Row]:
    """First pages and the whole feed; nothing where the database is not installed."""
    if not is_there(database):
        return []
    listings, calls, runs = (LISTINGS_TO_TRY, CALLS_TO_TRY, RUNS_TO_TRY) if quick else (LISTINGS, CALLS, RUNS)
    with desk(database):
        say(f"{listings:,} enterprises into {database}")
        _fill(listings)
        subject = f"The directory for other programs with {listings:,} enterprises, {database}"
        rows: list[Row] = []
        for name, address in _addresses().items():
            rows += _first_page(subject, name, address, calls, runs)
        return [*rows, *_everything(subject, listings)]


def _addresses() -> dict[str, str]:
    from farthing.service.directory.terms import kinds_of_help

    return {
        "services": "/open-referral/services",
        "services in full": "/open-referral/services?full=true",
        "services by a term": f"/open-referral/services?taxonomy_term_id={kinds_of_help()['transport'].id}",
        "services by words": "/open-referral/services?search=patient",
        "services near a place": "/open-referral/service_at_locations?postcode=CB1&proximity=15000",
        "services changed since": "/open-referral/services?modified_after=2020-01-01",
    }


def _first_page(subject: str, name: str, address: str, calls: int, runs: int) -> list[Row]:
    say(name)
    _ask(address)
    made = queries(lambda: _ask(address))
    taken = [[_seconds(address) for _ in range(calls)] for _ in range(runs)]
    every = [each for run in taken for each in run]
    note = f"quickest {min(every) * 1e3:.0f} ms; {made} queries"
    return [
        row(
            subject,
            f"{name}, first page, 95th percentile",
            "seconds",
            list(map(percentile, taken)),
            limit=LIMIT,
            note=note,
        ),
        row(subject, f"{name}, first page, queries", "", [made], limit=MOST_QUERIES),
    ]


def _seconds(address: str) -> float:
    start = perf_counter()
    _ask(address)
    return perf_counter() - start


@cache
def _program() -> Any:
    from django.test import Client

    return Client(SERVER_NAME=SERVER)


def _ask(address: str) -> bytes:
    answer = _program().get(address)
    if answer.status_code != 200:
        raise ValueError(f"{address} gave {answer.status_code}: {answer.content[:500]!r}")
    return answer.content


def _everything(subject: str, listings: int) -> list[Row]:
    say("everything as lines")
    start = perf_counter()
    answer = _program().get("/open-referral/services?full=true&format=ndjson")
    pieces = iter(answer.streaming_content)
    lines = sum(piece.count(b"\n") for piece in islice(pieces, 2))
    give_back()
    before = memory()
    forget_peak()
    lines += sum(piece.count(b"\n") for piece in pieces)
    taken = perf_counter() - start
    if lines != listings:
        raise ValueError(f"{lines} of {listings} lines came")
    return [
        row(subject, "everything as lines: enterprises", "a second", [listings / taken], more_is_better=True),
        row(subject, "everything as lines: memory more after the first", "bytes", [peak() - before], limit=MOST_BYTES),
    ]


def _fill(listings: int) -> None:
    """Enterprises in and about the towns of the area, published and listed as every other is."""
    from django.db import connection

    from farthing.service import clock
    from farthing.service.access import limits
    from farthing.service.directory import listing
    from farthing.service.directory.checks import ASKED_OF_EACH
    from farthing.service.directory.models import Check, Enterprise, EntryVersion, State

    limits.CALLS_A_MINUTE = 10**9
    random, at = Random(SEED), clock.now()
    from tests.service import cases

    editor = cases.staff()
    made = [Enterprise(state=State.PUBLISHED, made_at=at, changed_at=at) for _ in range(listings)]
    enterprises = Enterprise.objects.bulk_create(made, batch_size=1000)
    versions = [
        EntryVersion(enterprise=each, number=1, content=_entry(number, random).kept(), by="invented", at=at)
        for number, each in enumerate(enterprises)
    ]
    for each, version in zip(enterprises, EntryVersion.objects.bulk_create(versions, batch_size=500), strict=True):
        each.published = version
    Enterprise.objects.bulk_update(enterprises, ["published"], batch_size=200)
    checks = [
        Check(enterprise=each, kind=kind, seen_on=at.date(), by=editor, at=at)
        for each in enterprises
        for kind in ASKED_OF_EACH
    ]
    Check.objects.bulk_create(checks, batch_size=1000)
    listing.refresh(enterprises, today=clock.today())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # which it would do by itself in the next minutes


def _entry(number: int, random: Random) -> Any:
    from farthing.service.directory.entry import Entry, Form, Hours, Offer
    from farthing.service.directory.place_data import towns

    kinds = random.sample(("companionship", "domestic_help", "transport", "gardening", "respite", "days_out"), 3)
    return Entry(
        name=f"Invented Help {number}",
        form=Form.SOLE_TRADER,
        about="Friendly and patient help about the house and garden, company, and lifts to wherever you want to go. "
        * 3,
        email=f"help-{number}@enterprise.example",
        postcode=random.choice(towns()).full_name,
        offers=tuple(Offer(kind, random.randrange(1_500, 3_000)) for kind in kinds),
        hours=tuple(Hours(day, 540, 1020) for day in range(5)),
        travels=8_000,
        helps=("older_people", "dementia"),
        minimum_age=18,
        languages=("en",),
        takes_direct_payments=bool(random.getrandbits(1)),
    )

"""An officer's pages with ten thousand people in the database, and twenty officers at once."""

from typing import Any

from desk import AT_ONCE, AT_ONCE_TO_TRY, Ask, desk, is_there, queries, served, timed_pages
from stopwatch import Row, row, say

PEOPLE = 10_000
MOST_QUERIES = 20
SERVER = "127.0.0.1"
CASES_EACH = 25
"""How many cases each officer opens, over and over, so that no page is asked for twice in a row."""


def measure(database: str, quick: bool) -> list[Row]:
    """The case page, the worklist and a search by name; nothing where the database is not installed."""
    if not is_there(database):
        return []
    people, at_once = (20, AT_ONCE_TO_TRY) if quick else (PEOPLE, AT_ONCE)
    with desk(database) as folder:
        subject = f"An officer's pages with {people:,} people, gunicorn with 2 workers, {database}"
        say(f"{people:,} people into {database}")
        officers = _filled(people, at_once)
        with served(folder, quick=quick) as server:
            asks = {name: [_asks(name, officer) for officer in officers] for name in ("case", "worklist", "search")}
            rows: list[Row] = []
            for name, each in asks.items():
                limit = 0.100 if name == "case" else None
                rows += timed_pages(subject, name, server, each, quick=quick, limit=limit)
            return [*rows, *(_queries(subject, name, each[0][0]) for name, each in asks.items())]


def _filled(people: int, at_once: int) -> list[Any]:
    from desk_people import fill, staff
    from django.db import connection

    from farthing.service import clock
    from farthing.service.access.models import Role
    from tests.service import cases

    officers = staff(at_once)
    fill(people, officers, cases.staff(Role.CHECKER), at=clock.now())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # which it would do by itself in the next minutes
    return officers


def _asks(name: str, officer: Any) -> list[Ask]:
    """What one officer asks for: cases with a change to decide, their own worklist, those of a name they look for."""
    from django.urls import reverse

    from farthing.service.assessments.models import AssessmentRequest, State
    from tests.service.access.signed_in import browser_of

    browser = browser_of(officer)
    browser.defaults["SERVER_NAME"] = SERVER
    cookies = {key: morsel.value for key, morsel in browser.cookies.items()}
    mine = AssessmentRequest.objects.filter(assigned_to=officer, state=State.ASSESSING).select_related("person")
    persons = [each.person for each in mine.order_by("id")[:CASES_EACH]]
    if name == "case":
        return [Ask(reverse("officer:person", args=[each.reference]), each.full_name, cookies) for each in persons]
    first = persons[0]
    if name == "search":
        text = f"{first.family_name.partition('-')[0]} {first.given_name[:2]}"
        browser.post(reverse("officer:search"), {"text": text})  # the session keeps what was looked for
    return [Ask(reverse(f"officer:{name}"), first.full_name, cookies)]


def _queries(subject: str, name: str, ask: Ask) -> Row:
    from django.test import Client

    browser = Client(SERVER_NAME=SERVER)
    browser.cookies.load(dict(ask.cookies))
    answered: list[Any] = []
    made = queries(lambda: answered.append(browser.get(ask.path)))
    if answered[0].status_code != 200:
        raise ValueError(f"{ask.path} gave {answered[0].status_code}")
    return row(subject, f"{name}, queries", "", [made], limit=MOST_QUERIES)

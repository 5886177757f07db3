"""A billing run over thousands of people: visits brought in, drafted and released, run again, printed; and its memory."""

import resource
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from time import perf_counter
from typing import Any

from desk import desk, is_there
from stopwatch import Row, row, say

PEOPLE, VISITS_EACH = 8_000, 56
PAPERS_PRINTED = 600
MOST = {"whole": 60.0, "again": 20.0, "printed": 180.0}
FIRST_DAY = date(2026, 3, 30)
FEW, MANY = 1_000, 100_000
"""People, of two runs whose memory is held against each other."""

FLAT = 1.25


def measure(database: str, quick: bool) -> list[Row]:
    """Seconds of a whole run, of one that changes nothing, and of printing; the most memory used."""
    if not is_there(database):
        return []
    people = 8 if quick else PEOPLE
    subject = f"Billing, {database}"
    with desk(database), _not_in_production():
        clerk = _staff()
        _invented(people, by=clerk)
        brought_in = _visits_brought_in(by=clerk)
        whole, papers = _billed(1, clerk)
        if papers != people:
            raise ValueError(f"{papers} papers for {people} people")
        again, none = _billed(1, clerk)
        if none:
            raise ValueError(f"a run that changes nothing issued {none} papers")
        others = _decided_otherwise(by=clerk)
        otherwise, papers = _billed(1, clerk)
        if papers != 2 * others:
            raise ValueError(f"{papers} papers for {others} people of whom something is otherwise")
        rows = [
            row(subject, "visits brought in from a file", unit="seconds", values=[brought_in], limit=None,
                note=f"{people * VISITS_EACH:,} rows, none refused"),
            row(subject, "a whole run: charges, postings, papers and their letters written", **_seconds(
                [whole], MOST["whole"], people, f"{people:,} people, {people * VISITS_EACH:,} visits, one process")),
            row(subject, "a run that changes nothing", **_seconds([again], MOST["again"], people, "")),
            row(subject, "a run after one in ten was decided on otherwise", unit="seconds", values=[otherwise], limit=None,
                note=f"{papers:,} papers: a bill taken back and another for each"),
            row(subject, "the most memory of the process that ran it", unit="bytes", values=[_memory()], limit=None,
                note="it holds a chunk of people at a time"),
        ]  # fmt: skip
        if database == "SQLite":
            rows.append(_printed(4 if quick else PAPERS_PRINTED, subject))
        return rows


def measure_memory(database: str, quick: bool) -> list[Row]:
    """The most memory of a process that has run the bills of some people, and then those of many."""
    few, many = (4, 8) if quick else (FEW, MANY)
    subject = f"The memory of billing, {database}"
    with desk(database), _not_in_production():
        clerk = _staff()
        _invented(few, by=clerk)
        _billed(1, clerk)
        at_first = _memory()
        _invented(many - few, by=clerk, since=FIRST_DAY + timedelta(28))
        taken, papers = _billed(2, clerk)
        if papers != many:
            raise ValueError(f"{papers} papers for {many} people")
        grown = _memory() / at_first
        return [
            row(subject, f"memory at {many:,} people against {few:,}", unit="times", values=[grown], limit=FLAT,
                note=f"{_memory() / 1e6:,.0f} MB against {at_first / 1e6:,.0f} MB, care as planned"),
            row(subject, f"a run of {many:,} people", unit="seconds", values=[taken], limit=None, note="care as planned"),
        ]  # fmt: skip


@contextmanager
def _not_in_production() -> Iterator[None]:
    """The account that bills are paid into is invented, and a service in production refuses to bill with it."""
    from django.test import override_settings

    with override_settings(IN_PRODUCTION=False):
        yield


def _seconds(values: list[float], limit: float, people: int, note: str) -> dict[str, Any]:
    return {"unit": "seconds", "values": values, "limit": limit if people == PEOPLE else None, "note": note}


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0


def _billed(period: int, clerk: Any) -> tuple[float, int]:
    from farthing.service.billing.drafting import draft
    from farthing.service.billing.releasing import release
    from farthing.service.billing.services import begin_run_here, release_run_here

    at = datetime.combine(FIRST_DAY + timedelta(28 * period + 1), datetime.min.time(), UTC)
    start = perf_counter()
    run = begin_run_here(period, by=clerk, at=at)
    draft(run, now=lambda: at, advance=lambda done, total: None)
    drafted = perf_counter() - start
    release_run_here(run, by=clerk, at=at)
    release(run, now=lambda: at, advance=lambda done, total: None)
    taken = perf_counter() - start
    say(f"period {period}: drafted in {drafted:.1f} s, released in {taken - drafted:.1f} s")
    return taken, run.papers.count()


def _printed(count: int, subject: str) -> Row:
    """The invoices of 6,000 people would take as many times longer as there are more of them: each is printed by itself."""
    from farthing.service.correspondence.models import Letter
    from farthing.service.correspondence.services import render_many

    wanted = list(Letter.objects.filter(name="invoice")[:count])
    start = perf_counter()
    for printed in render_many(wanted):
        if printed.cannot:
            raise ValueError(printed.cannot)
    taken = (perf_counter() - start) * 6_000 / count
    return row(subject, "6,000 invoices as PDF", unit="seconds", values=[taken], limit=MOST["printed"],
               note=f"in two processes; {count:,} were printed")  # fmt: skip


def _staff() -> Any:
    from farthing.service.access.models import Role
    from tests.service import cases

    return cases.staff(Role.FINANCE)


def _visits_brought_in(*, by: Any) -> float:
    """The seconds it takes to bring in a file of the visits of everybody's service, which is then charged as delivered."""
    from farthing.service.care.models import Service
    from farthing.service.care.visits import bring_in

    lines = ["service reference,person reference,day,minutes,visit reference"]
    for service, person in Service.objects.values_list("reference", "person__reference").iterator():
        lines += [
            f"{service},{person},{FIRST_DAY + timedelta(number % 28)},{30 + number % 3 * 15},V{number}"
            for number in range(VISITS_EACH)
        ]
    Service.objects.update(is_by_delivery=True)
    file = BytesIO("".join(f"{line}\n" for line in lines).encode())
    at = datetime.combine(FIRST_DAY + timedelta(28), datetime.min.time(), UTC)
    start = perf_counter()
    found = bring_in(file, by=by, at=at)
    taken = perf_counter() - start
    if found.rows_refused or found.rows_taken != len(lines) - 1:
        raise ValueError(f"{found.rows_refused} rows refused, {found.rows_taken} taken")
    say(f"{found.rows_taken:,} visits brought in, in {taken:.1f} s")
    return taken


def _invented(people: int, *, by: Any, since: date = FIRST_DAY) -> None:
    """So many people more, each with care planned for every day since one."""
    from farthing.ledger.care import Unit
    from farthing.service.care.models import CareChange, CostNotice, Service, ServiceRate
    from farthing.service.people.models import Person
    from farthing.service.people.names import search_key

    at = datetime.combine(since, datetime.min.time(), UTC)
    for start in range(0, people, 500):
        numbers = range(start, min(start + 500, people))
        made = Person.objects.bulk_create(
            Person(given_name="Ada", family_name=f"Invented-{n}", name_key=search_key(f"Ada Invented-{n}"),
                   address="1 Nowhere Road\nExampleton", postcode="ZZ99 1AA") for n in numbers
        )  # fmt: skip
        _decided(made, 8_615, since=since, by=by)
        services = Service.objects.bulk_create(
            Service(person=each, kind="home_care", unit=Unit.HOUR, planned=[60] * 7,
                    starts_on=since, agreed_by=by, agreed_at=at) for each in made
        )  # fmt: skip
        ServiceRate.objects.bulk_create(ServiceRate(service=each, since=since, pence=2_150) for each in services)
        CostNotice.objects.bulk_create(CostNotice(service=each, issued_on=since, issued_by=by) for each in services)
        CareChange.objects.bulk_create(CareChange(person=each, number=1, since=since) for each in made)
    say(f"{people:,} people")


def _decided_otherwise(*, by: Any) -> int:
    """Decide on one person in ten anew, from the day their care began, and give how many they are."""
    from farthing.service.people.models import Person

    others = list(Person.objects.order_by("pk"))[1::10]
    _decided(others, 7_000, since=FIRST_DAY, by=by)
    return len(others)


def _decided(people: Sequence[Any], weekly: int, *, since: date, by: Any) -> None:
    """Decisions that people pay so much a week, each some pence more than the last; one in twenty pays the full cost."""
    from farthing.service.assessments.models import AssessmentRequest, Decision, Kind
    from farthing.service.assessments.models.requests import State

    at = datetime.combine(since, datetime.min.time(), UTC)
    requests = AssessmentRequest.objects.bulk_create(
        AssessmentRequest(person=each, kind=Kind.APPLICATION, state=State.DECIDED, made_by=by, begun_at=at,
                          received_at=at, ended_at=at) for each in people
    )  # fmt: skip
    Decision.objects.bulk_create(
        Decision(person=each.person, request=each, council="cambridgeshire", effective_from=since,
                 weekly_charge=weekly, maximum_weekly_contribution=weekly + n, pays_full_cost=n % 20 == 0,
                 outcome="contribution", law_edition="invented", sealed={}, digest="", decided_by=by, sealed_at=at)
        for n, each in enumerate(requests)
    )  # fmt: skip

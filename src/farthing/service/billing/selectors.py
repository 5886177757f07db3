"""Runs, lines, papers, holds, and how long the first invoice took: read back for pages, files and charts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery, Sum

from farthing.councils.billing import Billing
from farthing.ledger.billing_periods import Stretch
from farthing.service.billing.models import (
    BillingRun,
    Hold,
    LineState,
    Paper,
    PaperKind,
    RunLine,
)
from farthing.service.care.models import Service
from farthing.service.ledger.charges import policy
from farthing.service.ledger.runs import RunState
from farthing.service.people.models import Person

CHANGED_BY = (
    (0, "the same as last time"),
    (500, "up to £5"),
    (2_000, "£5 to £20"),
    (10_000, "£20 to £100"),
    (None, "more than £100"),
)
"""How far a bill lies from the last one, in pence at most, with the words for it."""

WAITED = ((28, "up to 28 days"), (35, "29 to 35 days"), (56, "36 to 56 days"), (None, "more than 56 days"))
"""How many days lie between the start of care and the first invoice at most, with the words for it."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period of the calendar, with the runs of everybody that were released for it."""

    number: int
    first: date
    last: date
    has_ended: bool
    runs: tuple[BillingRun, ...]


def periods(today: date, rules: Billing | None = None) -> list[Period]:
    """The periods of the calendar up to the one that runs today, the newest first; a year of them."""
    calendar = (rules or policy()).calendar
    if today.toordinal() < calendar.first_day:
        return []
    newest = calendar.number_of(today.toordinal())
    numbers = range(newest, max(newest - 13, 0), -1)
    runs = list(
        BillingRun.objects.filter(period__in=numbers, person=None).exclude(state=RunState.ABANDONED).order_by("id")
    )
    return [_period(calendar.period(number), number, today, runs) for number in numbers]


def open_run() -> BillingRun | None:
    """The run that is being drafted, reviewed or released."""
    return BillingRun.objects.filter(is_open=True).select_related("person", "begun_by").first()


def run_for(reference: str) -> BillingRun | None:
    """A run by its reference."""
    return BillingRun.objects.filter(reference=reference).select_related("person", "begun_by", "released_by").first()


def recent_runs(most: int = 20) -> QuerySet[BillingRun]:
    """The latest runs, the newest first."""
    return BillingRun.objects.select_related("person", "begun_by").order_by("-id")[:most]


@dataclass(frozen=True, slots=True)
class Totals:
    """What a run comes to: people and pence by state."""

    state: LineState
    people: int
    total: int


def totals(run: BillingRun) -> list[Totals]:
    """How many people are in each state, and what their lines come to."""
    found = {
        state: (people, total or 0)
        for state, people, total in run.lines.values_list("state")
        .annotate(people=Count("id"), total=Sum("total"))
        .order_by()
    }
    return [Totals(state, *found[state]) for state in LineState if state in found]


def lines(run: BillingRun, state: str = "") -> QuerySet[RunLine]:
    """The lines of a run, those furthest from last time first."""
    found = run.lines.select_related("person").defer("drafted")
    return (found.filter(state=state) if state else found).order_by("-differs", "person__family_name", "id")


def line_for(run: BillingRun, reference: str) -> RunLine | None:
    """One person's line in a run."""
    return run.lines.filter(person__reference=reference).select_related("person", "run", "approved_by").first()


def mirrored_by(line: RunLine) -> list[Paper]:
    """The invoices that a line takes back."""
    return list(Paper.objects.filter(pk__in=line.drafted.get("mirrored", ())).defer("charges").order_by("number"))


def how_far_they_changed(run: BillingRun) -> list[tuple[str, int]]:
    """How many lines of a run lie how far from last time."""
    return _counted(run.lines.values_list("differs", flat=True).order_by(), CHANGED_BY)


def days_to_first_invoice() -> list[tuple[str, int]]:
    """How many people waited how long between the start of their care and the first invoice for it."""
    starts = Service.objects.filter(person=OuterRef("person")).values("person").annotate(first=Min("starts_on"))
    first = (
        Paper.objects.filter(kind=PaperKind.INVOICE).values("person").annotate(
            invoiced=Min("issued_on"), started=Subquery(starts.values("first")[:1]))
        .values_list("invoiced", "started").order_by()
    )  # fmt: skip
    return _counted(((invoiced - started).days for invoiced, started in first if started), WAITED)


def papers_of(person: Person) -> list[Paper]:
    """A person's invoices and credit notes, the newest first, without what is sealed in them."""
    rows = Paper.objects.filter(person=person).select_related("mirrors", "mirrored_by", "retraction", "run")
    return list(rows.defer("charges", "says").order_by("-id"))


def paper_for(person: Person, name: str) -> Paper | None:
    """A person's paper by its name."""
    kinds = {"I": PaperKind.INVOICE, "C": PaperKind.CREDIT_NOTE}
    kind, number = kinds.get(name[:1]), name[2:]
    if kind is None or not (number.isascii() and number.isdecimal() and len(number) <= 9):
        return None
    rows = Paper.objects.filter(person=person, kind=kind, number=int(number))
    found = rows.select_related("mirrors", "mirrored_by", "retraction", "person", "run").first()
    return found if found and found.name == name else None


def hold_on(person: Person) -> Hold | None:
    """The hold on a person's bills, while there is one."""
    return Hold.objects.filter(person=person, ended_at=None).select_related("begun_by").first()


def lines_of(person: Person) -> QuerySet[RunLine]:
    """What became of a person in the latest runs."""
    return RunLine.objects.filter(person=person).select_related("run").defer("drafted").order_by("-run")[:13]


def _period(days: Stretch, number: int, today: date, runs: list[BillingRun]) -> Period:
    first, last = date.fromordinal(days.first), date.fromordinal(days.last)
    return Period(number, first, last, last < today, tuple(each for each in runs if each.period == number))


def _counted(values: Iterable[int], steps: tuple[tuple[int | None, str], ...]) -> list[tuple[str, int]]:
    counts = dict.fromkeys((words for _, words in steps), 0)
    for value in values:
        counts[next(words for most, words in steps if most is None or value <= most)] += 1
    return list(counts.items())

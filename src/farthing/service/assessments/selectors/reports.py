"""Reports for those who answer for the service. No person is named in any of them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Min, Q

from farthing.service.assessments.models import AssessmentRequest, Decision, Kind, State
from farthing.service.assessments.models.requests import OPEN
from farthing.service.assessments.proposal import OUTCOMES
from farthing.service.clock import day_of
from farthing.service.design.tables import Cell

MONTHS = 12
"""So many months back a report goes, this one included."""


@dataclass(frozen=True, slots=True)
class Report:
    """A table with its words. ``money`` numbers the columns that are pence; the first column is never a figure.

    ``drawn`` is the number of the column that the chart draws.
    """

    name: str
    title: str
    says: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    drawn: int
    money: tuple[int, ...] = ()


def days_to_decide(today: date) -> Report:
    """How long applications took, by the month they were decided in."""
    within = settings.DECIDE_WITHIN_DAYS
    rows = []
    for month, days in _by_month(_days_taken(today), today).items():
        known = sorted(days)
        in_time = sum(1 for each in known if each <= within)
        rows.append((month, len(known), _at_share(known, 50), _at_share(known, 90), _hundredths(in_time, len(known))))
    return Report(
        "days-to-decide",
        "Days from application to decision",
        f"Half of the cases took no longer than the middle one. The council means to decide within {within} days.",
        ("Decided in", "Decided", "Middle case, days", "Nine in ten within, days", f"Within {within} days, %"),
        tuple(rows),
        drawn=2,
    )


def waiting_now(today: date) -> Report:
    """What is open today, by state."""
    counted = {
        row["state"]: row
        for row in AssessmentRequest.objects.filter(state__in=OPEN)
        .values("state")
        .annotate(open=Count("pk"), overdue=Count("pk", filter=Q(decide_by__lt=today)), oldest=Min("received_at"))
    }
    none: dict[str, Any] = {"open": 0, "overdue": 0, "oldest": None}
    found = [counted.get(state, none) for state in OPEN]
    ages = [(today - day_of(row["oldest"])).days if row["oldest"] else None for row in found]
    rows = [
        (str(State(state).label), row["open"], row["overdue"], age)
        for state, row, age in zip(OPEN, found, ages, strict=True)
    ]
    total = (sum(row["open"] for row in found), sum(row["overdue"] for row in found))
    oldest = max((age for age in ages if age is not None), default=None)
    return Report(
        "waiting",
        "Waiting and overdue today",
        "Overdue cases are past the last day to decide.",
        ("State", "Open", "Overdue", "Oldest, days"),
        (*rows, ("All open", *total, oldest)),
        drawn=1,
    )


def outcomes(today: date) -> Report:
    """What decisions came to, by the month they were made in."""
    rows: list[tuple[Cell, ...]] = []
    for month, found in _by_month(_decided(today, "outcome"), today).items():
        counted = Counter(found)
        rows.append((month, *(counted[outcome] for outcome in OUTCOMES), len(found)))
    return Report(
        "outcomes",
        "Decisions by outcome",
        "Every sealed decision, those later superseded too.",
        ("Decided in", *OUTCOMES.values(), "All"),
        tuple(rows),
        drawn=len(OUTCOMES) + 1,
    )


def disability_costs(today: date) -> Report:
    """Disability-related costs asked for and allowed, by the month decisions were made in."""
    rows: list[tuple[Cell, ...]] = []
    taken = _decided(today, "disability_costs_asked", "disability_costs_allowed")
    for month, found in _by_month(taken, today).items():
        asked, allowed = sum(each[0] for each in found), sum(each[1] for each in found)
        some = sum(1 for each in found if each[0])
        rows.append((month, len(found), some, asked, allowed, _hundredths(allowed, asked)))
    return Report(
        "disability-costs",
        "Disability-related costs asked and allowed",
        "A week, over all decisions of the month.",
        ("Decided in", "Decisions", "With such costs", "Asked a week", "Allowed a week", "Allowed, %"),
        tuple(rows),
        drawn=4,
        money=(3, 4),
    )


def reviews(today: date) -> Report:
    """What reviews came to, by the month they were decided in."""
    decided = Decision.objects.filter(request__kind=Kind.REVIEW, sealed_at__date__gte=_first_day(today))
    pairs = decided.exclude(request__about_decision=None).values_list(
        "sealed_at", "weekly_charge", "request__about_decision__weekly_charge"
    )
    taken = ((day_of(at), (after > before) - (after < before)) for at, after, before in pairs)
    rows = []
    for month, found in _by_month(taken, today).items():
        counted = Counter(found)
        rows.append((month, len(found), counted[-1], counted[0], counted[1]))
    return Report(
        "reviews",
        "Outcomes of reviews",
        "How the charge after a review compares with the decision that was reviewed.",
        ("Decided in", "Reviews", "Charge lower", "Charge the same", "Charge higher"),
        tuple(rows),
        drawn=1,
    )


REPORTS: Mapping[str, Callable[[date], Report]] = {
    "days-to-decide": days_to_decide,
    "waiting": waiting_now,
    "outcomes": outcomes,
    "disability-costs": disability_costs,
    "reviews": reviews,
}
"""Every report by the name it has in an address."""


def _days_taken(today: date) -> Iterable[tuple[date, int]]:
    found = AssessmentRequest.objects.filter(state=State.DECIDED, decision__sealed_at__date__gte=_first_day(today))
    for received, sealed in found.values_list("received_at", F("decision__sealed_at")):
        if received is not None:
            yield day_of(sealed), (day_of(sealed) - day_of(received)).days


def _decided(today: date, *fields: str) -> Iterable[tuple[date, object]]:
    found = Decision.objects.filter(sealed_at__date__gte=_first_day(today)).values_list("sealed_at", *fields)
    return ((day_of(at), values[0] if len(values) == 1 else values) for at, *values in found)


def _by_month(taken: Iterable[tuple[date, object]], today: date) -> dict[str, list[Any]]:
    """What was taken, by the words of each month up to now, the oldest first; months without any too."""
    found: dict[tuple[int, int], list[object]] = defaultdict(list)
    for day, value in taken:
        found[day.year, day.month].append(value)
    months = [_month_before(today, back) for back in reversed(range(MONTHS))]
    return {date(year, month, 1).strftime("%B %Y"): found[year, month] for year, month in months}


def _first_day(today: date) -> date:
    return date(*_month_before(today, MONTHS - 1), 1)


def _month_before(today: date, back: int) -> tuple[int, int]:
    months = today.year * 12 + today.month - 1 - back
    return months // 12, months % 12 + 1


def _at_share(ordered: list[int], hundredths: int) -> int | None:
    """The figure that so many in a hundred are at or below; None where there is none."""
    return ordered[(len(ordered) * hundredths + 99) // 100 - 1] if ordered else None


def _hundredths(part: int, whole: int) -> int | None:
    return part * 100 // whole if whole else None

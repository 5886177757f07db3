"""The worklist: what the council still owes an answer to, the most urgent first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet

from farthing.service.access.models import Account
from farthing.service.assessments.models import AssessmentRequest, State
from farthing.service.assessments.models.requests import OPEN

A_PAGE = 25
SOON = timedelta(days=7)
"""How long before the last day a case counts as due soon."""


class Tab(Enum):
    """The views of the worklist: the word in the address, and the words on the tab."""

    MINE = "mine", "Mine"
    UNASSIGNED = "unassigned", "Unassigned"
    WAITING = "waiting", "Waiting for evidence"
    TO_CHECK = "check", "To check"
    OVERDUE = "overdue", "Overdue"
    DUE_SOON = "soon", "Due in 7 days"
    ALL = "all", "All open"

    def __init__(self, key: str, words: str):
        self.key, self.words = key, words


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the filters ask for; what is empty asks for nothing. Both days are included."""

    kind: str = ""
    state: str = ""
    officer: int | None = None
    received_from: date | None = None
    received_to: date | None = None


def worklist(
    tab: Tab, account: Account, *, today: date, narrowing: Narrowing, number: int
) -> "Page[AssessmentRequest]":
    """One page of a tab, sorted by the last day to decide. A number past the end gives the last page."""
    found = _open().filter(_wanted(tab, account, today), _narrowed(narrowing))
    ordered = found.select_related("person", "assigned_to").defer("answers", "says")
    return Paginator(ordered.order_by(F("decide_by").asc(nulls_last=True), "id"), A_PAGE).get_page(number)


def counts(account: Account, *, today: date) -> Mapping[Tab, int]:
    """How many there are under each tab, whatever the filters."""
    counted = _open().aggregate(**{tab.key: Count("pk", filter=_wanted(tab, account, today)) for tab in Tab})
    return {tab: counted[tab.key] for tab in Tab}


def next_unassigned() -> AssessmentRequest | None:
    """The most urgent case that nobody has."""
    return _open().filter(assigned_to=None).order_by(F("decide_by").asc(nulls_last=True), "id").first()


def _open() -> QuerySet[AssessmentRequest]:
    return AssessmentRequest.objects.filter(state__in=OPEN)


def _wanted(tab: Tab, account: Account, today: date) -> Q:
    match tab:
        case Tab.MINE:
            return Q(assigned_to=account)
        case Tab.UNASSIGNED:
            return Q(assigned_to=None)
        case Tab.WAITING:
            return Q(state=State.EVIDENCE_WANTED)
        case Tab.TO_CHECK:
            return Q(state=State.CHECKING)
        case Tab.OVERDUE:
            return Q(decide_by__lt=today)
        case Tab.DUE_SOON:
            return Q(decide_by__range=(today, today + SOON))
        case Tab.ALL:
            return Q(pk__isnull=False)


def _narrowed(by: Narrowing) -> Q:
    wanted = Q()
    if by.kind:
        wanted &= Q(kind=by.kind)
    if by.state:
        wanted &= Q(state=by.state)
    if by.officer is not None:
        wanted &= Q(assigned_to=by.officer)
    if by.received_from:
        wanted &= Q(received_at__date__gte=by.received_from)
    if by.received_to:
        wanted &= Q(received_at__date__lte=by.received_to)
    return wanted

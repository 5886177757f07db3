"""Reports: a chart, the figures it is drawn from, and the same as a file."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from farthing.service import clock
from farthing.service.access.gates import seen_by
from farthing.service.access.models import Role
from farthing.service.assessments.selectors.reports import REPORTS, Report
from farthing.service.audit.services import record
from farthing.service.officer.looking import account_of
from farthing.service.officer.reports_shown import drawn, shown_rows
from farthing.service.officer.spreadsheets import file_of

READERS = {Role.MANAGER, Role.ANALYST, Role.AUDITOR, Role.OFFICER}
"""Those who see reports. No person is named in any."""


@seen_by(READERS)
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The reports there are."""
    found = [REPORTS[name](clock.today()) for name in REPORTS]
    return render(request, "officer/reports.html", {"here": "reports", "reports": found})


@seen_by(READERS)
@require_safe
def report(request: HttpRequest, name: str) -> HttpResponse:
    """One report."""
    found = _made(name)
    record(action="report seen", actor=account_of(request).actor, at=clock.now(), report=name)
    return render(
        request,
        "officer/report.html",
        {"here": "reports", "report": found, "chart": drawn(found), "rows": shown_rows(found)},
    )


@seen_by(READERS)
@require_safe
def csv(request: HttpRequest, name: str) -> HttpResponseBase:
    """One report as a file for a spreadsheet."""
    found = _made(name)
    at = clock.now()
    record(action="report downloaded", actor=account_of(request).actor, at=at, report=name)
    return file_of(name, found.columns, found.rows, money=found.money, at=at)


def _made(name: str) -> Report:
    make: Callable[..., Report] | None = REPORTS.get(name)
    if make is None:
        raise Http404("There is no such report")
    return make(clock.today())

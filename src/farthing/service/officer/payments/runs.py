"""Payment runs: begun by one, released by another, and the file for the bank."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from farthing.base.refusal import Refusal
from farthing.service import clock
from farthing.service.access.gates import seen_by
from farthing.service.direct_payments import selectors
from farthing.service.direct_payments.models import PaymentRun
from farthing.service.direct_payments.services import runs as services
from farthing.service.jobs.selectors import unfinished
from farthing.service.ledger.charges import policy
from farthing.service.officer.carrying_out import press
from farthing.service.officer.looking import account_of
from farthing.service.officer.views.billing import BILLS, BOOKS

REVIEWS_AHEAD = timedelta(days=60)


@seen_by(BOOKS)
def payments(request: HttpRequest) -> HttpResponse:
    """What is due, the runs, and whose review is due."""
    known = {
        "here": "payments",
        "runs": selectors.runs()[:20],
        "open_run": next((each for each in selectors.runs()[:5] if each.is_open), None),
        "due": selectors.due_payments(),
        "reviews": selectors.reviews_due(clock.today() + REVIEWS_AHEAD),
        "coming": _coming(),
        "may_pay": bool(account_of(request).roles & BILLS),
        "today": clock.today(),
    }
    return render(request, "officer/payments/runs.html", known)


@seen_by(BILLS)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Draft the payments of the coming four weeks."""
    number, then = _coming()[0], reverse("officer:payments")
    return press(
        request,
        act=lambda: services.begin_run(number, by=account_of(request), at=clock.now()),
        then=then,
        said="Being drafted. Nothing is paid before somebody else has released it.",
    )


@seen_by(BOOKS)
def run(request: HttpRequest, run_reference: str) -> HttpResponse:
    """One run with everybody in it."""
    found = find_run(run_reference)
    account = account_of(request)
    known = {
        "here": "payments",
        "run": found,
        "lines": selectors.lines_of(found),
        "total": sum(line.pays for line in selectors.lines_of(found)),
        "may_pay": bool(account.roles & BILLS),
        "began_it": found.begun_by_id == account.pk,
        "job": next((job for job in unfinished() if job.arguments.get("run") == found.reference), None),
    }
    return render(request, "officer/payments/run.html", known)


@seen_by(BILLS)
@require_POST
def release(request: HttpRequest, run_reference: str) -> HttpResponse:
    """Release a run that somebody else began."""
    found = find_run(run_reference)
    return press(
        request,
        act=lambda: services.release_run(found, by=account_of(request), at=clock.now()),
        then=reverse("officer:payment_run", args=[run_reference]),
        said="Being released. The file is there once it is done.",
    )


@seen_by(BILLS)
@require_POST
def abandon(request: HttpRequest, run_reference: str) -> HttpResponse:
    """Give a run up: nothing of it was paid."""
    found = find_run(run_reference)
    return press(
        request,
        act=lambda: services.abandon_run(found, by=account_of(request), at=clock.now()),
        then=reverse("officer:payments"),
        said="Given up. Nothing of it was paid.",
    )


@seen_by(BILLS)
@require_POST
def file(request: HttpRequest, run_reference: str) -> HttpResponse:
    """The file for the bank. Taking it is recorded."""
    found = find_run(run_reference)
    try:
        content = services.take_file(found, by=account_of(request), at=clock.now())
    except Refusal:
        return redirect("officer:payment_run", run_reference)
    answered = HttpResponse(content, content_type="application/octet-stream")
    ending = "txt" if found.form == "bacs_standard_18" else "xml"
    answered.headers["Content-Disposition"] = f'attachment; filename="{found.name}.{ending}"'
    answered.headers["X-Content-Type-Options"] = "nosniff"
    answered.headers["Cache-Control"] = "private, no-store"
    return answered


def find_run(reference: str) -> PaymentRun:
    """The run of a reference. Raises ``Http404``."""
    found = selectors.run_by(reference)
    if found is None:
        raise Http404("There is no run of that reference")
    return found


def _coming() -> tuple[int, int, int]:
    """The number of the coming period, with its first and its last day."""
    calendar, today = policy().calendar, clock.today().toordinal()
    number = calendar.number_of(today) + 1 if today >= calendar.first_day else 1
    days = calendar.period(number)
    return number, days.first, days.last

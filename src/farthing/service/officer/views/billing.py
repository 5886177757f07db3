"""Billing for the finance team: the calendar, runs begun, reviewed and released, the books, and every table as a file."""

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from farthing.base.days import in_words
from farthing.ledger.posting import Account
from farthing.service import clock
from farthing.service.access.gates import seen_by
from farthing.service.access.models import Role
from farthing.service.audit.services import record
from farthing.service.billing import selectors, services
from farthing.service.billing.drafting import charges_of
from farthing.service.billing.models import BillingRun, LineState
from farthing.service.billing.tables import TABLES
from farthing.service.design import chart
from farthing.service.design.carrying_out import refused_at
from farthing.service.direct_payments.tables import TABLES as PAYMENT_TABLES
from farthing.service.jobs.selectors import unfinished
from farthing.service.ledger.charges import policy
from farthing.service.ledger.selectors import trial_balance
from farthing.service.officer.carrying_out import answer, press
from farthing.service.officer.forms.billing import ApprovalForm, RunForm
from farthing.service.officer.looking import account_of
from farthing.service.officer.spreadsheets import file_of

BOOKS = {Role.FINANCE, Role.MANAGER, Role.AUDITOR}
"""Those who see the books."""

BILLS = {Role.FINANCE}
"""Those who bill."""

LINES_A_PAGE = 50

ACCOUNTS = {
    Account.OWED_BY_PERSON: "Owed by people",
    Account.CONTRIBUTIONS: "Contributions to care",
    Account.DIRECT_PAYMENT_COST: "Cost of direct payments",
    Account.DIRECT_PAYMENT_DUE: "Direct payments due to people",
    Account.BANK: "Paid out of the bank",
}
"""The accounts of the ledger as the finance team names them."""


@seen_by(BOOKS)
def billing(request: HttpRequest) -> HttpResponse:
    """The calendar, the run that is open, and the latest runs; for those who bill, the form that begins a run."""
    today, account = clock.today(), account_of(request)
    periods, may_bill = selectors.periods(today), bool(account.roles & BILLS)
    form = RunForm(periods, request.POST or None, initial={"period": _next(periods)})
    if request.method == "POST" and may_bill and form.is_valid():
        with refused_at(form):
            run = services.begin_run(form.number(), by=account, at=clock.now())
            return redirect("officer:billing_run", run.reference)
    rules = policy()
    known = {
        "here": "billing",
        "form": form,
        "periods": periods,
        "open_run": selectors.open_run(),
        "runs": selectors.recent_runs(),
        "may_bill": may_bill,
        "invented": list(rules.invented.values()),
        "assumed": list(rules.assumed.values()),
        "waited": _drawn(
            "waited", "Days from the start of care to the first invoice", selectors.days_to_first_invoice()
        ),
    }
    return render(request, "officer/billing.html", known)


@seen_by(BOOKS)
def run(request: HttpRequest, run_reference: str) -> HttpResponse:
    """One run: what it comes to, what changed since last time, and every person in it, those furthest from last time first."""
    found = find_run(run_reference)
    state = request.GET.get("state", "")
    state = state if state in LineState else ""
    page = Paginator(selectors.lines(found, state), LINES_A_PAGE).get_page(request.GET.get("page"))
    known = {
        "here": "billing",
        "run": found,
        "days": policy().calendar.period(found.period),
        "totals": selectors.totals(found),
        "state": state,
        "page": page,
        "may_bill": bool(account_of(request).roles & BILLS),
        "job": next((job for job in unfinished() if job.arguments.get("run") == found.reference), None),
        "changed": _drawn("changed", "How far bills lie from the last ones", selectors.how_far_they_changed(found)),
    }
    return render(request, "officer/billing_run.html", known)


@seen_by(BILLS)
@require_POST
def release(request: HttpRequest, run_reference: str) -> HttpResponse:
    """Say that a run is right, and release it."""
    found = find_run(run_reference)
    return press(
        request,
        act=lambda: services.release_run(found, by=account_of(request), at=clock.now()),
        then=reverse("officer:billing_run", args=[run_reference]),
        said="Being released. Each invoice goes out as it is numbered.",
    )


@seen_by(BILLS)
@require_POST
def abandon(request: HttpRequest, run_reference: str) -> HttpResponse:
    """Give a run up: nothing of it was sent."""
    found = find_run(run_reference)
    return press(
        request,
        act=lambda: services.abandon_run(found, by=account_of(request), at=clock.now()),
        then=reverse("officer:billing"),
        said="Given up. Nothing of it was sent.",
    )


@seen_by(BOOKS)
def line(request: HttpRequest, run_reference: str, reference: str) -> HttpResponse:
    """One person in a run: what is to be issued and why; for those who bill, the form that approves what reaches far back."""
    found = selectors.line_for(find_run(run_reference), reference)
    if found is None:
        raise Http404("This person is not in the run")
    if request.method in ("GET", "HEAD"):
        record(
            action="case seen", actor=account_of(request).actor, about=reference, at=clock.now(), page="billing_line"
        )
    form = ApprovalForm(request.POST or None, initial={"instalments": found.instalments})
    known = {
        "here": "billing",
        "line": found,
        "run": found.run,
        "weeks": [(in_words(week.days.first), week) for each in charges_of(found).values() for week in each.weeks],
        "mirrored": selectors.mirrored_by(found),
        "may_approve": found.state == LineState.APPROVAL
        and not found.approved_at
        and bool(account_of(request).roles & BILLS),
    }
    return answer(
        request,
        "officer/billing_line.html",
        known,
        person=found.person,
        form=form,
        act=lambda: services.approve_line(
            found, reason=form.cleaned_data["reason"], instalments=form.cleaned_data["instalments"],
            by=account_of(request), at=clock.now(),
        ),
        then=reverse("officer:billing_run", args=[run_reference]),
        said="Approved. It goes out with this run.",
    )  # fmt: skip


@seen_by(BOOKS)
@require_safe
def books(request: HttpRequest) -> HttpResponse:
    """The balance of every account, which come to nought together."""
    found = trial_balance()
    rows = [(ACCOUNTS[account], max(amount, 0), max(-amount, 0)) for account, amount in found.items()]
    known = {
        "here": "billing",
        "rows": rows,
        "debits": sum(row[1] for row in rows),
        "credits": sum(row[2] for row in rows),
    }
    return render(request, "officer/billing_books.html", known)


@seen_by(BOOKS)
@require_safe
def table(request: HttpRequest, name: str) -> HttpResponseBase:
    """A table of the books as a file for a spreadsheet."""
    tables = {**TABLES, **PAYMENT_TABLES}
    if name not in tables:
        raise Http404("There is no such table")
    at = clock.now()
    record(action="report downloaded", actor=account_of(request).actor, at=at, report=name)
    columns, rows, money = tables[name]
    return file_of(name, columns, rows(), money=money, at=at)


def find_run(reference: str) -> BillingRun:
    """The run of a reference. Raises ``Http404``."""
    found = selectors.run_for(reference)
    if found is None:
        raise Http404("There is no run of that reference")
    return found


def _next(periods: Sequence[selectors.Period]) -> str:
    """The period that ended last: a run of it bills whatever of the earlier ones was not billed."""
    return next((str(each.number) for each in periods if each.has_ended), "")


def _drawn(name: str, title: str, counted: Sequence[tuple[str, int]]) -> dict[str, object]:
    said = ", ".join(f"{words} {count}" for words, count in counted)
    drawn = (
        chart.bars(f"chart-{name}", title=title, description=f"{said}.", bars=counted)
        if any(n for _, n in counted)
        else ""
    )
    return {"title": title, "chart": drawn, "rows": [list(each) for each in counted]}

"""Direct payments at the desk: from asking, step by step, to the file for the bank; nobody releases what they began."""

import csv
import re
from datetime import date
from io import StringIO

import pytest
from django.urls import reverse

from farthing.exchange import bacs_standard_18
from farthing.service import clock
from farthing.service.access.models import Role
from farthing.service.care.models import TakenAs
from farthing.service.care.services import record_needs
from farthing.service.direct_payments.models import PaymentRun
from farthing.service.direct_payments.tables import TABLES
from farthing.service.jobs.models import Job
from farthing.service.jobs.services import run as run_job
from farthing.service.ledger.runs import RunState
from farthing.service.ledger.selectors import balances_of, trial_balance
from tests.service import cases
from tests.service.access.signed_in import browser_of
from tests.service.billing.invented import somebody
from tests.service.direct_payments.invented import PAYS_FROM

COMING = date(2026, 12, 7)
"""The first day of the four weeks after the moment of the cases."""

MOST_QUERIES = 30


@pytest.fixture(autouse=True)
def _the_council_pays_from_an_account(settings):
    settings.PAYS_FROM = dict(PAYS_FROM)


@pytest.fixture
def books(db):
    return browser_of(cases.staff(Role.FINANCE))


@pytest.fixture
def ada(officer):
    """The seed's example: £48 a week, of which she pays £28."""
    person = somebody(by=officer, weekly=2_800, pence=4_800, taken_as=TakenAs.DIRECT_PAYMENT, starts=COMING)
    record_needs(person, is_eligible=True, decided_on=cases.TODAY, review_by=date(2027, 11, 1), by=officer, at=cases.AT)
    return person


def take(browser, person, step, /, **given):
    """Take a step, which must be right."""
    answer = browser.post(reverse("officer:direct_payment_step", args=[person.reference, step]), given)
    assert answer.status_code == 302, re.sub(r"<[^>]+>|\s+", " ", answer.text.partition("There is a problem")[2][:2000])


def day(name, when):
    return {f"{name}-day": when.day, f"{name}-month": when.month, f"{name}-year": when.year}


def agreed(person, desk, books):
    """Take every step up to a signed agreement."""
    take(desk, person, "ask", managed_by="person")
    take(
        desk, person, "decide", **dict.fromkeys(("needs", "capacity", "not_excluded", "capable", "appropriate"), "yes")
    )
    take(desk, person, "account", name="Ada Invented", sort_code="08-99-99", account_number="66374958")
    take(books, person, "check", seen="A statement of November")
    take(desk, person, "offer", **day("starts_on", COMING), spent_on="A personal assistant", surplus_weeks="8")
    take(desk, person, "sign", **day("signed_on", cases.TODAY), evidence="Scanned, paper 12")


def work():
    for job in Job.objects.filter(state="waiting"):
        run_job(job.reference, now=clock.now)


def test_forty_eight_less_twenty_eight_is_paid_as_twenty_a_week_by_a_file_that_reads_back(desk, books, ada):
    agreed(ada, desk, books)
    shown = desk.get(reverse("officer:direct_payment", args=[ada.reference])).text
    assert "£48.00 for the care: the person pays £28.00 into the account, the council £20.00" in shown
    assert "66374958" not in shown and "ending 958, checked" in shown
    books.post(reverse("officer:payment_begin"))
    work()
    run = PaymentRun.objects.get()
    address = reverse("officer:payment_run", args=[run.reference])
    assert "£80.00" in books.get(address).text and "Somebody else of the finance team" in books.get(address).text
    books.post(reverse("officer:payment_release", args=[run.reference]))
    run.refresh_from_db()
    assert run.state == RunState.REVIEW, "whoever began it released it"
    other = browser_of(cases.staff(Role.FINANCE))
    other.post(reverse("officer:payment_release", args=[run.reference]))
    work()
    file = other.post(reverse("officer:payment_file", args=[run.reference]))
    assert bacs_standard_18.read(file.content).total == 8_000
    assert file.content == other.post(reverse("officer:payment_file", args=[run.reference])).content
    assert sum(trial_balance().values()) == 0
    assert "£80.00" in desk.get(reverse("officer:direct_payment", args=[ada.reference])).text


def test_a_step_that_cannot_be_taken_now_is_not_there(desk, ada):
    shown = desk.get(reverse("officer:direct_payment", args=[ada.reference])).text
    assert "Record that it is asked for" in shown and "Offer an agreement" not in shown
    assert desk.get(reverse("officer:direct_payment_step", args=[ada.reference, "offer"])).status_code == 404
    assert desk.get(reverse("officer:direct_payment_step", args=[ada.reference, "nonsense"])).status_code == 404


def test_a_condition_that_is_not_met_is_told_with_its_reason(desk, ada):
    take(desk, ada, "ask", managed_by="person")
    take(desk, ada, "decide", needs="yes", capacity="yes", not_excluded="yes", capable="no", appropriate="yes")
    shown = desk.get(reverse("officer:direct_payment", args=[ada.reference])).text
    assert "Not granted" in shown and "could not manage them, even with help" in shown


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_is_kept(desk, ada):
    take(desk, ada, "ask", managed_by="person")
    take(desk, ada, "decide", **dict.fromkeys(("needs", "capacity", "not_excluded", "capable", "appropriate"), "yes"))
    address = reverse("officer:direct_payment_step", args=[ada.reference, "account"])
    answer = desk.post(address, {"name": "Ada Invented", "sort_code": "08-99", "account_number": "66374958"})
    assert answer.status_code == 200 and 'value="66374958"' in answer.text and 'href="#sort_code"' in answer.text


def test_a_single_payment_is_approved_by_somebody_else(desk, books, ada):
    agreed(ada, desk, books)
    take(desk, ada, "once", kind="start_up", amount="120", reason="Insurance and a payroll service to begin with.")
    assert "Waits for somebody else" in desk.get(reverse("officer:direct_payment", args=[ada.reference])).text
    single = ada.direct_payment_agreements.get().single_payments.get()
    books.post(reverse("officer:single_payment_approve", args=[ada.reference, single.reference]))
    assert "Due now" in books.get(reverse("officer:direct_payment", args=[ada.reference])).text
    assert "£120.00" in books.get(reverse("officer:payments")).text


def test_it_is_paused_goes_on_and_ends_on_any_day(desk, books, ada):
    agreed(ada, desk, books)
    reason = "She is with her daughter for some weeks."
    take(desk, ada, "pause", **day("day", date(2026, 12, 9)), reason=reason)
    take(desk, ada, "resume", **day("day", date(2026, 12, 17)), reason=reason)
    take(desk, ada, "end", **day("day", date(2027, 1, 20)), reason=reason)
    steps = ada.direct_payment_agreements.get().steps.order_by("id").values_list("kind", flat=True)
    assert list(steps) == ["paused", "resumed", "ended"]


def test_what_is_left_over_is_reclaimed_as_agreed_and_spending_not_allowed_is_recorded(desk, books, ada):
    agreed(ada, desk, books)
    page = reverse("officer:direct_payment", args=[ada.reference])
    kept = {"opening": "0", "paid_in": "1000", "paid_out": "400", "closing": "600", "evidence": "Paper 9"}
    take(desk, ada, "return", **day("first", date(2026, 10, 1)), **day("last", cases.TODAY), **kept)
    assert "£216.00 is more than the 8 weeks of £48.00" in desk.get(page).text
    take(desk, ada, "not-allowed", amount="12.50", reason="A household bill is not in the plan.")
    reclaim = reverse("officer:direct_payment_step", args=[ada.reference, "reclaim"])
    told = {"agreed_with": "Ada", **day("agreed_on", cases.TODAY)}
    refused = desk.post(reclaim, {"amount": "216.01", **told})
    assert refused.status_code == 200 and "Leave 8 weeks of £48.00 in the account" in refused.text
    take(desk, ada, "reclaim", amount="216", **told)
    shown = desk.get(page).text
    assert "Not allowed by the plan: £12.50" in shown and "Paid back by agreement with Ada" in shown
    assert desk.get(reclaim).status_code == 404, "a surplus is reclaimed once"
    assert balances_of([ada])[ada.pk] == 21_600


def test_an_auditor_looks_and_takes_no_step(auditor, desk, books, ada):
    agreed(ada, desk, books)
    browser = browser_of(auditor)
    shown = browser.get(reverse("officer:direct_payment", args=[ada.reference])).text
    assert "What can be done" not in shown
    assert browser.get(reverse("officer:direct_payment_step", args=[ada.reference, "pause"])).status_code == 403
    assert browser.get(reverse("officer:payments")).status_code == 200


@pytest.mark.parametrize("name", TABLES)
def test_every_table_comes_as_a_file_with_its_columns_and_names_nobody(desk, books, ada, name):
    agreed(ada, desk, books)
    take(desk, ada, "once", kind="start_up", amount="120", reason="Insurance and a payroll service to begin with.")
    books.post(reverse("officer:payment_begin"))
    work()
    text = books.get(reverse("officer:billing_table", args=[name])).getvalue().decode()
    columns, *rows = csv.reader(StringIO(text, newline=""))
    assert columns == TABLES[name][0] and all(len(row) == len(columns) for row in rows)
    assert bool(rows) == (name in ("payment-runs", "agreements", "single-payments"))
    assert ada.family_name not in text and "66374958" not in text


@pytest.mark.on_both
def test_the_pages_about_payments_ask_the_database_little(desk, books, ada, django_assert_max_num_queries):
    agreed(ada, desk, books)
    books.post(reverse("officer:payment_begin"))
    work()
    run = PaymentRun.objects.get()
    for address in [reverse("officer:direct_payment", args=[ada.reference]), reverse("officer:payments"),
                    reverse("officer:direct_payment_step", args=[ada.reference, "pause"]),
                    reverse("officer:payment_run", args=[run.reference])]:  # fmt: skip
        with django_assert_max_num_queries(MOST_QUERIES, info=address):
            assert books.get(address).status_code == 200

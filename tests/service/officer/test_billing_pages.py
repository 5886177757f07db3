"""Billing at the desk: a run is begun, looked through, released; a person's bills are read, held, taken back; files are files."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.urls import reverse

from farthing.service import clock
from farthing.service.access.models import Role
from farthing.service.billing.models import BillingRun, LineState, Paper
from farthing.service.billing.tables import TABLES
from farthing.service.jobs.models import Job
from farthing.service.jobs.services import run as run_job
from farthing.service.ledger.runs import RunState
from tests.service import cases
from tests.service.access.signed_in import browser_of
from tests.service.billing.invented import PAYS, after, billed, drafted, somebody

REASON = "The visits were keyed for somebody else."
MOST_QUERIES = 20


@pytest.fixture
def clerk(db):
    return cases.staff(Role.FINANCE)


@pytest.fixture
def books(clerk):
    """The browser of the finance team."""
    return browser_of(clerk)


def work():
    for job in Job.objects.filter(state="waiting"):
        run_job(job.reference, now=clock.now)


def test_a_run_is_begun_looked_through_and_released_at_the_desk(books, officer):
    ada = somebody(by=officer, starts=date(2026, 10, 12))
    begun = books.post(reverse("officer:billing"), {"period": "8"})
    run = BillingRun.objects.get()
    assert begun.url == reverse("officer:billing_run", args=[run.reference])
    work()
    shown = books.get(begun.url).text
    assert ada.full_name in shown and "£344.60" in shown and "Release the bills" in shown
    assert books.get(reverse("officer:billing_line", args=[run.reference, ada.reference])).status_code == 200
    books.post(reverse("officer:billing_release", args=[run.reference]))
    work()
    run.refresh_from_db()
    assert run.state == RunState.RELEASED and Paper.objects.get().total == 4 * PAYS
    assert "Released" in books.get(begun.url).text


def test_a_second_run_is_refused_on_the_page_with_what_to_do(books, officer, clerk):
    somebody(by=officer)
    drafted(1, by=clerk)
    answer = books.post(reverse("officer:billing"), {"period": "1"})
    assert answer.status_code == 200 and "another is open" in answer.text


def test_every_line_of_an_invoice_leads_to_its_decision_and_its_law(books, officer, clerk):
    ada = somebody(by=officer)
    billed(1, by=clerk)
    shown = books.get(reverse("officer:bill", args=[ada.reference, "I-000001"])).text
    decision = ada.decisions.get().reference
    assert reverse("officer:decision", args=[ada.reference, decision]) in shown
    assert "https://www.legislation.gov.uk/ukpga/2014/23/section/14" in shown
    assert "£300.00 a week" in shown and "£86.15" in shown


def test_what_reaches_far_back_is_approved_with_a_reason_and_in_parts(books, officer, clerk):
    ada = somebody(by=officer)
    run = drafted(3, by=clerk)
    address = reverse("officer:billing_line", args=[run.reference, ada.reference])
    refused = books.post(address, {"reason": "late", "instalments": "6"})
    assert "too short" in refused.text and 'value="6"' in refused.text
    books.post(address, {"reason": "The provider sent its visits late.", "instalments": "6"})
    line = run.lines.get()
    assert (line.state, line.instalments, line.approved_by) == (LineState.APPROVAL, 6, clerk)


def test_bills_are_put_on_hold_and_billed_again(books, officer, clerk):
    ada = somebody(by=officer)
    books.post(reverse("officer:bills_hold", args=[ada.reference]), {"reason": "The family disputes April."})
    assert "On hold" in books.get(reverse("officer:bills", args=[ada.reference])).text
    assert billed(1, by=clerk).papers.count() == 0
    books.post(reverse("officer:bills_end_hold", args=[ada.reference]))
    assert billed(1, by=clerk).papers.count() == 1


def test_an_invoice_is_taken_back_and_the_person_billed_alone(books, officer, clerk):
    ada = somebody(by=officer)
    billed(1, by=clerk)
    books.post(reverse("officer:bill", args=[ada.reference, "I-000001"]), {"reason": REASON})
    books.post(reverse("officer:bills", args=[ada.reference]), {"period": "1"})
    work()
    books.post(reverse("officer:billing_release", args=[BillingRun.objects.get(person=ada).reference]))
    work()
    shown = books.get(reverse("officer:bills", args=[ada.reference])).text
    assert "takes I-000001 back" in shown and "Invoice I-000002" in shown and "Owes £344.60" in shown


def test_the_books_balance_on_their_page(books, officer, clerk):
    somebody(by=officer)
    billed(1, by=clerk)
    shown = books.get(reverse("officer:billing_books")).text
    assert "Debits and credits are equal." in shown and shown.count("£344.60") == 4


@pytest.mark.parametrize("name", TABLES)
def test_every_table_comes_as_a_file_with_its_columns_and_names_nobody(books, officer, clerk, name):
    ada = somebody(by=officer)
    billed(1, by=clerk)
    answer = books.get(reverse("officer:billing_table", args=[name]))
    text = answer.getvalue().decode()
    columns, *rows = csv.reader(StringIO(text, newline=""))
    assert columns == TABLES[name][0] and rows and all(len(row) == len(columns) for row in rows)
    assert ada.family_name not in text


@pytest.mark.on_both
def test_the_pages_about_billing_ask_the_database_little(books, officer, clerk, django_assert_max_num_queries):
    ada = somebody(by=officer)
    run = billed(1, by=clerk)
    billed(2, by=clerk)
    addresses = [reverse("officer:billing"), reverse("officer:billing_books"), reverse("officer:bills", args=[ada.reference]),
                 reverse("officer:billing_run", args=[run.reference]), reverse("officer:bills_hold", args=[ada.reference]),
                 reverse("officer:billing_line", args=[run.reference, ada.reference]),
                 reverse("officer:bill", args=[ada.reference, "I-000001"])]  # fmt: skip
    for address in addresses:
        with django_assert_max_num_queries(MOST_QUERIES, info=address):
            assert books.get(address).status_code == 200, address


def test_an_officer_reads_a_persons_bills_and_bills_nobody(desk, officer, clerk):
    ada = somebody(by=officer)
    billed(1, by=clerk)
    shown = desk.get(reverse("officer:bills", args=[ada.reference])).text
    assert "Owes £344.60" in shown and "Bill this person alone" not in shown
    assert desk.get(reverse("officer:billing")).status_code == 403
    assert desk.post(reverse("officer:bills", args=[ada.reference]), {"period": "1"}).status_code == 200
    assert BillingRun.objects.count() == 1


@pytest.mark.parametrize("name", ["I-000002", "C-000001", "I-1", "X-000001", "I-٣", "I-000001x"])
def test_a_paper_that_is_not_there_is_not_found(books, officer, clerk, name):
    ada = somebody(by=officer)
    billed(1, by=clerk)
    assert books.get(reverse("officer:bill", args=[ada.reference, name])).status_code == 404


def test_nothing_is_billed_before_its_period_has_ended(books):
    assert after(1) < cases.AT
    answer = books.post(reverse("officer:billing"), {"period": "9"})
    assert answer.status_code == 200 and not BillingRun.objects.exists()

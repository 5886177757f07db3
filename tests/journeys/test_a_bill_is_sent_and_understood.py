"""The finance team drafts, looks through and releases the bills; the person reads theirs, down to barcode and law."""

import pypdfium2
import pytest
import zxingcpp

from farthing.councils.billing import billing
from farthing.exchange.payment_barcode import is_right
from tests.journeys.money import text_of

pytestmark = pytest.mark.slow

HAS_CARE = """
from farthing.service.access.models import Account
from farthing.service.assessments.models import Decision
from farthing.service.ledger.charges import policy
from farthing.service.people.models import Authority, Representation
from tests.service.billing.invented import *
officer = Account.objects.get(email="officer@council.example")
calendar = policy().calendar
first = date.fromordinal(calendar.period(calendar.number_of(clock.day_of(clock.now()).toordinal()) - 1).first)
for name, weekly in (("Paula", 8_615), ("Percy", None)):
    person = cases.person(by=officer, given_name=name, family_name="Payer")
    planned(person, by=officer, at=clock.now(), starts_on=first)
    decided_to_pay(person, weekly, first, by=officer, at=clock.now())
    account = Account.objects.create_person(f"{name.lower()}@home.example")
    Representation.objects.create(person=person, account=account, authority=Authority.SELF, stated_at=clock.now())
"""


def test_bills_are_drafted_released_and_understood(desk, arrives):
    desk.run(HAS_CARE)
    finance = arrives(desk)
    finance.sign_in_as("finance")
    finance.follow("Billing")
    finance.picture("calendar")
    finance.press("Draft the bills")
    desk.work()
    finance.page.reload()
    finance.picture("run-to-review")
    assert "Paula Payer" in finance.text() and "£344.60" in finance.text() and "£1,200.00" in finance.text()
    finance.page.locator("main table a", has_text="Percy Payer").click()
    finance.page.wait_for_load_state()
    finance.picture("one-line")
    finance.page.go_back()
    finance.press("Release the bills")
    desk.work()
    finance.page.reload()
    finance.picture("run-released")
    assert "Released" in finance.text()
    finance.follow("Billing")
    finance.follow("Trial balance")
    finance.picture("trial-balance")
    assert "Debits and credits are equal." in finance.text() and "£1,544.60" in finance.text()

    person = arrives(desk, viewport={"width": 390, "height": 844})
    person.open("/account/")
    person.sign_in_by_email("paula@home.example")
    person.follow("Paula Payer")
    person.follow("What there is to pay, and every bill")
    person.picture("bills")
    assert "£344.60 to pay" in person.text()
    person.page.locator("main li a", has_text="Invoice I-").first.click()
    person.page.wait_for_load_state()
    person.page.locator("summary").first.click()
    person.picture("bill-with-its-reasons")
    law = person.page.locator('details[open] a[href*="legislation.gov.uk"]').first
    assert law.get_attribute("href") == "https://www.legislation.gov.uk/ukpga/2014/23/section/14"
    pdf = person.file_behind(person.page.locator("main a", has_text="(PDF)"))
    assert "£344.60" in text_of(pdf) and "Direct Debit" in text_of(pdf)
    (number,) = barcodes_of(pdf)
    assert is_right(number, billing("cambridgeshire").layout) and number in text_of(pdf).replace(" ", "")
    decision = person.page.locator("details[open] a", has_text="D-").first
    assert str(decision.get_attribute("href")).startswith("/account/decisions/D-")


def barcodes_of(pdf):
    """The text of every barcode on a PDF's pages, as a reader at a counter sees it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.render(scale=4, grayscale=True).to_pil() for page in document]
        return [found.text for page in pages for found in zxingcpp.read_barcodes(page)]
    finally:
        document.close()

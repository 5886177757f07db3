"""Care is planned and its cost told; a direct payment of it is agreed at the desk, paid by a file, and read by the person.

The figures are the council's example: care of £48 a week, of which she pays £28 into the account and the council £20.
"""

from datetime import date

import pytest

from farthing.councils.billing import billing
from farthing.exchange import bacs_standard_18
from farthing.service import clock
from farthing.service.direct_payments.conditions import CONDITIONS, ManagedBy
from tests.browser.server import serving
from tests.journeys.deciding import open_case, tab

pytestmark = pytest.mark.slow

PAYS_FROM = {
    "FARTHING_PAYS_FROM_SERVICE_USER": "123456",
    "FARTHING_PAYS_FROM_NAME": "EXAMPLESHIRE CC",
    "FARTHING_PAYS_FROM_SORT_CODE": "200000",
    "FARTHING_PAYS_FROM_ACCOUNT_NUMBER": "12345678",
    "FARTHING_PAYS_FROM_FORM": "bacs_standard_18",
}
IS_DECIDED = """
from datetime import date
from farthing.service.access.models import Account
from farthing.service.people.models import Authority, Representation
from tests.service import cases
from tests.service.care.invented import decided_to_pay
officer = Account.objects.get(email="officer@council.example")
person = cases.person(by=officer, given_name="Dora", family_name="Direct")
decided_to_pay(person, 2_800, date.fromordinal(FIRST), by=officer, at=clock.now())
account = Account.objects.create_person("dora@home.example")
Representation.objects.create(person=person, account=account, authority=Authority.SELF, stated_at=clock.now())
"""
BEGUN_BY_A_COLLEAGUE = """
from farthing.service.access.models import Account, Role
from farthing.service.access.services import make_staff
from farthing.service.audit.services import THE_SERVICE
from farthing.service.direct_payments.services.runs import begin_run
colleague = make_staff("colleague@council.example", "Colleague Invented", [Role.FINANCE], by=THE_SERVICE, at=clock.now())
begin_run(PERIOD, by=colleague, at=clock.now())
"""


@pytest.fixture(scope="module")
def paying_desk(browser, databases, tmp_path_factory):
    """A desk of a council that has an account to pay from."""
    with serving(databases, "staff", tmp_path_factory.mktemp("desk"), **PAYS_FROM) as server:
        yield server
        assert " ERROR " not in server.log(), server.log()


def test_a_direct_payment_is_agreed_and_paid(paying_desk, arrives):
    desk = paying_desk
    calendar = billing("cambridgeshire").calendar
    period = calendar.number_of(clock.today().toordinal()) + 1
    first = calendar.period(period).first
    starts, today = (f"{day.day} {day.month} {day.year}" for day in (date.fromordinal(first), clock.today()))
    desk.run(f"FIRST = {first}\n{IS_DECIDED}")

    officer = arrives(desk)
    officer.sign_in_as("officer")
    open_case(officer, "Dora Direct")
    plan_care(officer, starts, today)
    tab(officer, "Budget")
    officer.picture("budget")
    assert "£48.00" in officer.text() and "£28.00" in officer.text() and "£20.00" in officer.text()
    tab(officer, "Direct payment")
    finance = arrives(desk)
    finance.sign_in_as("finance")
    agree(officer, finance, desk, starts, today)
    officer.picture("agreed")
    assert "the person pays £28.00 into the account, the council £20.00" in officer.text()

    desk.run(f"PERIOD = {period}\n{BEGUN_BY_A_COLLEAGUE}")
    desk.work()
    finance.follow("Payments")
    finance.picture("runs")
    finance.page.locator('main a[href*="/payments/runs/"]').first.click()
    finance.page.wait_for_load_state()
    finance.picture("run-to-review")
    assert "Dora Direct" in finance.text() and "£80.00" in finance.text()
    finance.press("Release the payments")
    desk.work()
    finance.page.reload()
    finance.picture("run-released")
    with finance.page.expect_download() as download:
        finance.page.get_by_role("button", name="Take the file").click()
    file = bacs_standard_18.read(download.value.path().read_bytes())
    assert file.total == 8_000

    dora = arrives(desk, viewport={"width": 390, "height": 844})
    dora.open("/account/")
    dora.sign_in_by_email("dora@home.example")
    dora.follow("Dora Direct")
    dora.follow("Personal budget")
    dora.picture("her-budget")
    dora.press("Yes, I have had it")
    assert "We have noted that you had the notice" in dora.text()
    dora.picture("her-budget-once-she-had-the-notice")
    dora.follow("Back")
    dora.follow("Direct payment")
    dora.picture("her-direct-payment")
    assert "£20.00" in dora.text() and "£80.00" in dora.text()


def plan_care(officer, starts, today):
    """Record the needs, plan a personal assistant for £48 a week, and tell her what it costs by letter."""
    tab(officer, "Care")
    officer.follow("Record a needs assessment")
    officer.fill("is_eligible", "yes")
    officer.fill("decided_on", today)
    officer.fill("review_by", starts.replace("2026", "2027"))
    officer.press_to_send()
    officer.follow("Plan a service")
    officer.picture("plan-a-service")
    for name, value in {"kind": "direct_payment", "new_provider": "A personal assistant", "unit": "week", "pence": "48",
                        "is_by_delivery": "no", "taken_as": "direct_payment", "starts_on": starts}.items():  # fmt: skip
        officer.fill(name, value)
    officer.press_to_send()
    officer.follow("Give notice")
    officer.fill("how", "letter")
    officer.picture("notice")
    officer.press_to_send()
    officer.picture("care")
    assert "Charged for" in officer.text()


def agree(officer, finance, desk, starts, today):
    """Take every step to a signed agreement; a colleague of the finance team checks the account."""
    officer.follow("Record that it is asked for")
    officer.fill("managed_by", "person")
    officer.press_to_send()
    officer.follow("Decide by the law's conditions")
    officer.picture("conditions")
    for each in CONDITIONS[ManagedBy.PERSON]:
        officer.fill(each.key, "yes")
    officer.press_to_send()
    officer.follow("Key the account")
    for name, value in {"name": "D Direct", "sort_code": "08-99-99", "account_number": "66374958"}.items():
        officer.fill(name, value)
    officer.press_to_send()
    finance.open(officer.page.url)
    finance.follow("Check the account")
    finance.fill("seen", "A statement of this month")
    finance.press_to_send()
    officer.page.reload()
    officer.follow("Offer an agreement")
    for name, value in {"starts_on": starts, "spent_on": "A personal assistant", "surplus_weeks": "8"}.items():
        officer.fill(name, value)
    officer.press_to_send()
    desk.work()
    officer.follow("Record that it is signed")
    officer.fill("signed_on", today)
    officer.fill("evidence", "Scanned, paper 12")
    officer.press_to_send()

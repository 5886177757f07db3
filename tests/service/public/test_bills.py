"""Bills in an account: what is owed and why, shown to those who may read it and to nobody else."""

from datetime import date

import pytest
from django.urls import reverse

from farthing.service.access.models import Account, Role
from farthing.service.care.models import TakenAs
from farthing.service.care.services import record_needs
from farthing.service.direct_payments.conditions import CONDITIONS, ManagedBy
from farthing.service.direct_payments.services import accounts, agreements, requests
from farthing.service.people.models import Authority
from farthing.service.people.services import mark_proof_seen
from tests.service import cases
from tests.service.access.signed_in import browser_of
from tests.service.billing.invented import billed, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return cases.staff(Role.OFFICER)


@pytest.fixture
def ada(officer):
    person = somebody(by=officer)
    billed(1, by=cases.staff(Role.FINANCE))
    return person


@pytest.fixture
def account():
    return Account.objects.create_person("ada@home.example")


def addresses(person):
    return [
        reverse("public:account_bills", args=[person.reference]),
        reverse("public:account_bill", args=[person.reference, "I-000001"]),
    ]


def test_a_person_sees_what_is_owed_how_to_pay_and_why(ada, account):
    cases.acting_for(ada, account, Authority.SELF)
    bills, bill = (browser_of(account).get(address).text for address in addresses(ada))
    assert "£344.60 to pay" in bills
    for way in ("Direct Debit", "debit or credit card", "Automated Payment", "helpdesk", "Post Office", "At a bank"):
        assert way in bills
    assert reverse("public:account_decision", args=[ada.decisions.get().reference]) in bill
    assert "https://www.legislation.gov.uk/ukpga/2014/23/section/14" in bill
    assert "As it was sent" in bill


def test_somebody_whose_authority_nobody_has_seen_proof_of_sees_no_bill(ada, account, officer):
    acting = cases.acting_for(ada, account)
    browser = browser_of(account)
    assert {browser.get(address).status_code for address in addresses(ada)} == {404}
    mark_proof_seen(acting, by=officer, at=cases.AT)
    assert {browser.get(address).status_code for address in addresses(ada)} == {200}


def test_a_stranger_sees_no_bill(ada, account):
    assert {browser_of(account).get(address).status_code for address in addresses(ada)} == {404}


def test_a_person_with_no_bill_yet_is_told_when_the_first_comes(officer, account):
    person = cases.person(by=officer)
    cases.acting_for(person, account, Authority.SELF)
    shown = browser_of(account).get(reverse("public:account_bills", args=[person.reference])).text
    assert "There is no bill yet" in shown and "Nothing to pay" in shown


def test_a_person_sees_their_direct_payment_and_nobody_elses(officer, account):
    person = somebody(by=officer, weekly=2_800, pence=4_800, taken_as=TakenAs.DIRECT_PAYMENT)
    address = reverse("public:account_direct_payment", args=[person.reference])
    browser = browser_of(account)
    assert browser.get(address).status_code == 404
    cases.acting_for(person, account, Authority.SELF)
    assert "You have no direct payment" in browser.get(address).text
    record_needs(person, is_eligible=True, decided_on=cases.TODAY, review_by=date(2027, 11, 1), by=officer, at=cases.AT)
    agreed(person, officer)
    shown = browser.get(address).text
    assert "Direct payment: £20.00 a week" in shown and "£28.00 a week" in shown and "ending 958" in shown
    assert "66374958" not in shown and "A personal assistant" in shown


def test_somebody_whose_request_was_not_granted_reads_why(officer, account):
    person = somebody(by=officer)
    cases.acting_for(person, account, Authority.SELF)
    request = requests.ask(person, by=officer, at=cases.AT)
    answers = {each.key: each.key != "capable" for each in CONDITIONS[ManagedBy.PERSON]}
    requests.decide(request, answers, by=officer, at=cases.AT)
    shown = browser_of(account).get(reverse("public:account_direct_payment", args=[person.reference])).text
    assert "it was not granted" in shown and "could not manage them, even with help" in shown


def agreed(person, officer):
    request = requests.ask(person, by=officer, at=cases.AT)
    requests.decide(request, {each.key: True for each in CONDITIONS[ManagedBy.PERSON]}, by=officer, at=cases.AT)
    account = accounts.key_account(
        person, sort_code="089999", account_number="66374958", name="Ada Invented", by=officer, at=cases.AT
    )
    accounts.check_account(account, seen="A statement", by=cases.staff(Role.FINANCE), at=cases.AT)
    agreement = agreements.offer(
        request, starts_on=cases.TODAY, spent_on=["A personal assistant"], account=account, surplus_weeks=8, by=officer,
        at=cases.AT,
    )  # fmt: skip
    agreements.sign(agreement, signed_on=cases.TODAY, evidence="Paper 1", by=officer, at=cases.AT)


def test_whoever_acts_for_a_person_says_online_that_a_notice_of_cost_was_had(officer, account):
    ada = somebody(by=officer)
    notice = ada.services.get().notices.get()
    had = reverse("public:account_notice_had", args=[ada.reference, notice.pk])
    stranger = browser_of(Account.objects.create_person("stranger@home.example"))
    assert stranger.post(had).status_code == 404
    cases.acting_for(ada, account, Authority.SELF)
    browser, budget = browser_of(account), reverse("public:account_budget", args=[ada.reference])
    assert "Have you had that notice?" in browser.get(budget).text
    assert browser.get(had).status_code == 405
    assert browser.post(had, follow=True).status_code == 200
    assert "Have you had that notice?" not in browser.get(budget).text
    notice.refresh_from_db()
    assert notice.acknowledged_on is not None
    assert browser.post(reverse("public:account_notice_had", args=[ada.reference, notice.pk + 1])).status_code == 404

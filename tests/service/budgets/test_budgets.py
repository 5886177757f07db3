"""A person's budget on the pages of the council and of the person, and in the letter that tells it."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from farthing.base.days import in_words
from farthing.service.access.models import Account, Role
from farthing.service.care.models import TakenAs
from farthing.service.correspondence.models import Letter
from farthing.service.people.models import Authority
from tests.service import cases
from tests.service.access.signed_in import browser_of
from tests.service.billing.invented import after, somebody
from tests.service.care.invented import decided_to_pay, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return cases.staff(Role.OFFICER)


@pytest.fixture
def ada(officer):
    """Somebody with the seed's example: £48 a week as a direct payment, of which she pays £28."""
    return somebody(by=officer, weekly=2_800, pence=4_800, taken_as=TakenAs.DIRECT_PAYMENT)


def test_the_desk_shows_the_whole_and_both_parts_and_writes_the_letter(ada, officer):
    desk = browser_of(officer)
    shown = desk.get(reverse("officer:budget", args=[ada.reference])).text
    assert "Personal budget: £48.00 a week" in shown and "£28.00" in shown and "£20.00" in shown
    assert reverse("officer:decision", args=[ada.reference, ada.decisions.get().reference]) in shown
    desk.post(reverse("officer:budget_tell", args=[ada.reference]))
    fields = Letter.objects.get(name="personal_budget").fields
    assert (fields["total"], fields["pays"], fields["council_pays"]) == (
        "£48.00 a week",
        "£28.00 a week",
        "£20.00 a week",
    )
    assert "You pay your contribution into this account." in fields["parts"][0]["how"]


def test_care_that_is_to_come_has_its_budget_before_it_starts(officer):
    person = somebody(by=officer, weekly=2_800, pence=4_800, starts=cases.TODAY + timedelta(days=40))
    shown = browser_of(officer).get(reverse("officer:budget", args=[person.reference])).text
    assert "Personal budget: £48.00 a week" in shown
    assert f"For the week from {in_words((cases.TODAY + timedelta(days=40)).toordinal())}" in shown


def test_a_person_sees_their_own_budget_and_nobody_elses(ada):
    account = Account.objects.create_person("ada@home.example")
    address = reverse("public:account_budget", args=[ada.reference])
    assert browser_of(account).get(address).status_code == 404
    cases.acting_for(ada, account, Authority.SELF)
    assert "Personal budget: £48.00 a week" in browser_of(account).get(address).text


def test_every_link_of_the_budget_leads_where_it_says(ada):
    account = Account.objects.create_person("ada@home.example")
    cases.acting_for(ada, account, Authority.SELF)
    browser = browser_of(account)
    main = browser.get(reverse("public:account_budget", args=[ada.reference])).text.partition("<main")[2]
    found = {
        says: address
        for address, says in re.findall(
            r'<a class="govuk-link" href="([^"]*)">([^<]*)</a>', main.partition("</main>")[0]
        )
    }
    assert found.pop("write to us") == reverse("public:account_person", args=[ada.reference])
    assert found.pop("the decision") == reverse("public:account_decision", args=[ada.decisions.get().reference])
    headings = {
        says: re.search(r"<h1[^>]*>(.*?)</h1>", browser.get(address).text, re.DOTALL)[1].strip()
        for says, address in found.items()
    }
    assert headings == {
        "Ask for a direct payment": "Ask for a direct payment",
        "Find somebody local to help": "Find a care micro-enterprise",
        "Ways to pay for a care micro-enterprise": "Ways to pay for a care micro-enterprise",
    }


def test_without_care_or_a_decision_the_page_says_why_there_is_no_budget(officer):
    desk, person = browser_of(officer), cases.person(by=officer)
    address = reverse("officer:budget", args=[person.reference])
    assert "No care is planned" in desk.get(address).text
    planned(person, by=officer, at=after(0))
    assert "Nobody has decided yet" in desk.get(address).text
    assert (
        desk.post(reverse("officer:budget_tell", args=[person.reference]), follow=True).text.count("cannot be told")
        == 1
    )
    decided_to_pay(person, 1_000, date(2026, 3, 30), by=officer, at=after(0))
    assert "£300.00 a week" in desk.get(address).text
    assert not Letter.objects.exists()

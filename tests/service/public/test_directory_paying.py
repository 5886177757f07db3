"""From an enterprise to what it would cost, and to a direct payment for it; and the guidance that joins them."""

import re
from datetime import UTC, datetime

import pytest
from django.core import mail

from farthing.base.refusal import Problem, Refusal
from farthing.service.access.models import Account, Role
from farthing.service.direct_payments.models import DirectPaymentRequest
from farthing.service.directory.entry import Offer, Per
from farthing.service.people.models import Authority
from farthing.service.people.services import mark_proof_seen
from tests.service import cases
from tests.service.access.signed_in import browser_of
from tests.service.public.listed import an_entry, listed
from tests.service.public.test_estimate_journeys import AT_HOME
from tests.service.public.walking import Walk, kept

pytestmark = pytest.mark.django_db


def price_page(enterprise):
    return f"/directory/{enterprise.key}/what-would-i-pay/"


def box(shown):
    """What stands in the box for the weekly cost."""
    return re.search(r'name="weekly_cost"[^>]* value="([^"]*)"', shown.text)[1]


def test_a_price_is_suggested_to_the_estimate_and_not_answered_for_the_person(client, hands):
    led = client.post(price_page(hands), {"offer": "companionship", "number": "2.5"})
    assert led["Location"] == "/estimate/"
    client.post("/estimate/", {"about": "you"})
    assert "weekly_cost" not in kept(client).said
    shown = client.get("/estimate/question/weekly_cost")
    assert box(shown) == "45.00"
    assert "Invented Helping Hands: Companionship, 2.5 hours a week at £18.00 an hour." in shown.text
    assert "£45.00 a week" in shown.text
    assert "weekly_cost" not in kept(client).said


def test_the_estimate_works_with_the_price_once_the_person_sends_it(client, hands):
    client.post(price_page(hands), {"offer": "domestic_help", "number": "10"})
    walk = Walk(client, {**AT_HOME, "weekly_cost": {"weekly_cost": "245.00"}})
    walk.begin()
    assert kept(client).said["weekly_cost"] == "245.00"
    assert "We have put it in the box" not in client.get("/estimate/question/weekly_cost").text


def test_an_estimate_under_way_goes_straight_to_the_question_and_says_what_was_answered_before(client, hands):
    Walk(client, AT_HOME).begin()
    led = client.post(price_page(hands), {"offer": "companionship", "number": "10"})
    assert led["Location"] == "/estimate/question/weekly_cost"
    shown = client.get(led["Location"])
    assert box(shown) == "180.00" and "Your answer so far was £300" in shown.text
    assert kept(client).said["weekly_cost"] == "300.00"


def test_clearing_the_device_forgets_the_suggestion(client, hands):
    client.post(price_page(hands), {"offer": "companionship", "number": "10"})
    client.post("/estimate/clear")
    client.post("/estimate/", {"about": "you"})
    assert "Invented Helping Hands" not in client.get("/estimate/question/weekly_cost").text


def test_a_suggestion_that_was_tampered_with_is_none(client, hands):
    client.cookies["estimate-price"] = "forged"
    client.post("/estimate/", {"about": "you"})
    assert client.get("/estimate/question/weekly_cost").status_code == 200


@pytest.mark.parametrize(
    ("offer", "number", "pence"),
    [
        ("companionship", "1", 1800),
        ("companionship", "0.01", 18),
        ("companionship", "2,25", 4050),
        ("domestic_help", "1", 2450),
        ("overnight", "7", 63000),
        ("companionship", "168", 302400),
    ],
)
def test_a_week_costs_the_highest_price_as_often_as_it_is_wanted(client, hands, offer, number, pence):
    client.post(price_page(hands), {"offer": offer, "number": number})
    client.post("/estimate/", {"about": "you"})
    assert box(client.get("/estimate/question/weekly_cost")).replace(",", "") == f"{pence // 100}.{pence % 100:02d}"


@pytest.mark.parametrize("number", ["", "0", "-1", "169", "1e3", "2.555", "NaN", "\x00", "٣", "9" * 50])
def test_a_number_that_is_none_is_refused_at_its_field(client, hands, number):
    shown = client.post(price_page(hands), {"offer": "companionship", "number": number})
    assert shown.status_code == 200 and 'id="number-error"' in shown.text


def test_help_without_a_price_or_by_the_mile_is_not_offered(client):
    offers = (Offer("transport", 45, per=Per.MILE), Offer("shopping"))
    shown = client.get(price_page(listed(an_entry(offers=offers))))
    assert "They have given no price that we could take" in shown.text and "<form" not in shown.text.split("<main")[1]


def test_the_guidance_says_how_to_pay_and_leads_on(client):
    shown = client.get("/ways-to-pay-for-care-micro-enterprises/").text
    for said in ("self-funder", "What a direct payment is", "care needs assessment", "financial assessment"):
        assert said in shown
    for address in ("/directory/", "/direct-payments", "/apply/", "/estimate/", "/account/"):
        assert f'href="{address}"' in shown
    assert "£48 a week" in shown and "£28" in shown and "£20" in shown and "£23,250" in shown


def test_the_guidance_gives_no_amounts_on_a_day_without_figures(client, monkeypatch):
    monkeypatch.setattr("farthing.service.clock.now", lambda: datetime(2031, 7, 1, tzinfo=UTC))
    shown = client.get("/ways-to-pay-for-care-micro-enterprises/")
    assert shown.status_code == 200 and "£" not in shown.text


def test_the_first_page_leads_to_the_directory_and_the_guidance(client):
    shown = client.get("/").text
    assert 'href="/directory/"' in shown and 'href="/ways-to-pay-for-care-micro-enterprises/"' in shown


class TestWithAnAccount:
    """Somebody who acts for a person, with proof, and asks for a direct payment."""

    @pytest.fixture
    def account(self):
        return Account.objects.create_person("ada@home.example")

    @pytest.fixture
    def olive(self, account):
        olive = cases.person(by=account, given_name="Olive")
        acting = cases.acting_for(olive, account, Authority.SELF)
        mark_proof_seen(acting, by=cases.staff(Role.OFFICER), at=cases.AT)
        return olive

    def asks(self, olive, hands):
        return f"/account/people/{olive.reference}/direct-payment/ask/?to={hands.key}"

    def test_the_page_of_an_enterprise_leads_to_asking_for_whom_they_act(self, account, olive, hands):
        shown = browser_of(account).get(f"/directory/{hands.key}/direct-payment/").text
        assert "Ask for a direct payment for Olive" in shown and self.asks(olive, hands) in shown

    def test_nobody_who_is_not_signed_in_sees_for_whom(self, client, olive, hands):
        shown = client.get(f"/directory/{hands.key}/direct-payment/").text
        assert "Olive" not in shown and "Sign in" in shown

    def test_signing_in_from_an_enterprise_leads_back_to_it_and_on_to_asking(self, client, olive, hands):
        here = f"/directory/{hands.key}/direct-payment/"
        (sign_in,) = re.findall(r'href="(/sign-in/[^"]*)"', client.get(here).text.partition("</header>")[2])
        client.post(sign_in, {"email": "ada@home.example"})
        (link,) = re.findall(r"/sign-in/link/\S+", mail.outbox[-1].body)
        led = client.post(link)
        assert led["Location"] == here
        assert self.asks(olive, hands) in client.get(led["Location"]).text
        assert "Invented Helping Hands" in client.get(self.asks(olive, hands)).text

    def test_signing_in_on_the_way_to_asking_keeps_whom_it_is_to_pay(self, client, olive, hands):
        sign_in = client.get(self.asks(olive, hands))["Location"]
        client.post(sign_in, {"email": "ada@home.example"})
        (link,) = re.findall(r"/sign-in/link/\S+", mail.outbox[-1].body)
        assert client.post(link)["Location"] == self.asks(olive, hands)

    def test_a_request_names_the_enterprise_and_waits(self, account, olive, hands):
        ada = browser_of(account)
        assert "Invented Helping Hands" in ada.get(self.asks(olive, hands)).text
        led = ada.post(self.asks(olive, hands), {"managed_by": "person", "says": "Company on Mondays"})
        assert led["Location"] == f"/account/people/{olive.reference}/direct-payment/"
        made = DirectPaymentRequest.objects.get()
        assert made.person == olive and made.asked_by == account
        assert made.says == f"To pay Invented Helping Hands ({hands.reference} in the directory). Company on Mondays"
        assert "You asked for a direct payment on 25 November 2026" in ada.get(led["Location"]).text

    def test_a_second_request_while_one_waits_is_refused_in_words(self, account, olive, hands):
        ada = browser_of(account)
        for _ in range(2):
            shown = ada.post(self.asks(olive, hands), {"managed_by": "person"})
        assert shown.status_code == 200 and "There is a problem" in shown.text
        assert DirectPaymentRequest.objects.count() == 1

    def test_somebody_else_who_would_have_the_money_is_named(self, account, olive, hands):
        shown = browser_of(account).post(self.asks(olive, hands), {"managed_by": "nominee", "says": "x"})
        assert 'id="receiver-error"' in shown.text and 'id="receiver_agreed_on-error"' in shown.text
        assert DirectPaymentRequest.objects.count() == 0

    def test_nobody_asks_for_a_person_who_is_not_theirs(self, olive, hands):
        stranger = browser_of(Account.objects.create_person("eve@home.example"))
        assert stranger.post(self.asks(olive, hands), {"managed_by": "person"}).status_code == 404

    def test_nobody_asks_before_their_right_is_proved(self, account, hands):
        olga = cases.person(by=account, given_name="Olga")
        cases.acting_for(olga, account)
        assert browser_of(account).get(self.asks(olga, hands)).status_code == 404
        assert "Olga" not in browser_of(account).get(f"/directory/{hands.key}/direct-payment/").text

    def test_an_address_that_names_no_enterprise_asks_without_one(self, account, olive):
        for to in ("", "x", "00000000-0000-0000-0000-000000000000"):
            page = f"/account/people/{olive.reference}/direct-payment/ask/?to={to}"
            assert browser_of(account).get(page).status_code == 200

    def test_the_personal_budget_leads_to_the_directory_and_to_asking(self, account, olive):
        shown = browser_of(account).get(f"/account/people/{olive.reference}/direct-payment/").text
        assert f"/account/people/{olive.reference}/direct-payment/ask/" in shown
        assert "/directory/?pays=direct_payments" in shown


def test_what_a_service_refuses_without_a_field_stands_above_the_form(client, hands, monkeypatch):
    def refuses(*_, **__):
        raise Refusal(Problem("", "is too much", "Wait an hour"))

    monkeypatch.setattr("farthing.service.directory.services.concerns.tell", refuses)
    shown = client.post(f"/directory/{hands.key}/concern/", {"kind": "wrong", "says": "x"})
    assert "Wait an hour" in shown.text

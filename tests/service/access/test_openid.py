"""Staff sign in with the council's own OpenID Connect, against a provider that really runs; what does not hold is refused."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client

from farthing.service.access.models import Account, Role
from farthing.service.audit.models import Event
from tests.service.access.openid_stand_in import CLIENT, SECRET, RunningStandIn, StandIn
from tests.service.access.signed_in import PASSWORD, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.service.access.addresses")]


@pytest.fixture
def provider(settings):
    with RunningStandIn() as running:
        settings.OPENID = {
            "address": running.address,
            "client": CLIENT,
            "secret": SECRET,
            "roles_claim": "roles",
        }
        yield running


def sent_back(browser: Client, next_page: str = "/casework/") -> str:
    """Go to the provider and sign in there; the address it sends the browser back to."""
    there = browser.get(f"/council/sign-in/openid/?next={next_page}").headers["Location"]
    back = requests.get(there, allow_redirects=False, timeout=10).headers["Location"]
    return back.removeprefix("http://localhost:8000")


def refused(answer: object) -> bool:
    return answer.status_code == 403 and "You are not signed in" in answer.text


def test_whoever_has_a_role_there_is_signed_in_and_needs_no_code_of_ours(provider: StandIn):
    browser = Client()
    assert browser.get(sent_back(browser)).headers["Location"] == "/casework/"
    assert browser.get("/casework/").status_code == 200
    olive = Account.objects.get()
    assert (olive.email, olive.name, olive.works_for_council) == ("olive@council.example", "Olive Officer", True)
    assert olive.roles == {Role.OFFICER} and not olive.has_usable_password()
    assert Event.objects.get(action="signed in").details == {"by": "openid"}


def test_roles_are_those_of_the_provider_at_each_sign_in(provider: StandIn):
    first = Client()
    first.get(sent_back(first))
    provider.claims = {"roles": ["manager", "something else"], "name": "Olive Manager"}
    second = Client()
    second.get(sent_back(second))
    olive = Account.objects.get()
    assert olive.roles == {Role.MANAGER} and olive.name == "Olive Manager"
    assert Event.objects.filter(action="role taken away", details__role="officer").exists()


def test_the_providers_names_for_roles_may_differ_and_stand_in_another_claim(provider: StandIn, settings):
    settings.OPENID["roles_claim"] = "groups"
    settings.OPENID_ROLES = {"ASC-Heads": "manager"}
    provider.claims = {"groups": "ASC-Heads", "roles": None}
    browser = Client()
    browser.get(sent_back(browser))
    assert Account.objects.get().roles == {Role.MANAGER}


def test_an_account_made_here_before_is_taken_over_by_its_address_and_then_known_by_its_subject(provider: StandIn):
    known = make_staff(Role.ANALYST, email="olive@council.example")
    browser = Client()
    browser.get(sent_back(browser))
    provider.claims = {"email": "olive.married@council.example"}
    again = Client()
    again.get(sent_back(again))
    assert [each.pk for each in Account.objects.all()] == [known.pk]


def test_a_role_that_is_unknown_lets_nobody_in_and_makes_no_account(provider: StandIn):
    provider.claims = {"roles": ["janitor"]}
    browser = Client()
    answer = browser.get(sent_back(browser))
    assert refused(answer) and "has no role in this service" in answer.text
    assert not Account.objects.exists()
    assert Event.objects.filter(action="sign-in refused").exists()


def test_whoever_loses_every_role_there_loses_them_here_and_is_not_let_in(provider: StandIn):
    first = Client()
    first.get(sent_back(first))
    provider.claims = {"roles": []}
    second = Client()
    assert refused(second.get(sent_back(second)))
    assert Account.objects.get().roles == frozenset()
    assert first.get("/casework/").status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"nonce": "another"}, id="wrong nonce"),
        pytest.param({"nonce": None}, id="no nonce"),
        pytest.param({"aud": "another-client"}, id="wrong audience"),
        pytest.param({"aud": None}, id="no audience"),
        pytest.param({"iss": "https://bad.example"}, id="wrong issuer"),
        pytest.param({"exp": int(time.time()) - 3600}, id="too old"),
        pytest.param({"exp": None}, id="never too old"),
        pytest.param({"sub": None}, id="nobody"),
        pytest.param({"email": None}, id="no address"),
        pytest.param({"email_verified": False}, id="address not verified"),
    ],
)
def test_a_token_that_does_not_hold_is_refused(provider: StandIn, wrong):
    provider.claims = wrong
    browser = Client()
    assert refused(browser.get(sent_back(browser)))
    assert not Account.objects.exists()


def test_a_token_signed_by_another_key_is_refused(provider: StandIn):
    provider.signed_by_another_key = True
    browser = Client()
    assert refused(browser.get(sent_back(browser)))


def test_a_token_signed_with_the_shared_secret_is_refused_though_the_provider_says_it_may_be(provider: StandIn):
    provider.signed_with_the_shared_secret = True
    browser = Client()
    assert refused(browser.get(sent_back(browser)))


def test_an_answer_meant_for_another_browser_is_refused(provider: StandIn):
    back = sent_back(Client())
    assert refused(Client().get(back))


def test_an_answer_counts_once(provider: StandIn):
    browser = Client()
    back = sent_back(browser)
    assert browser.get(back).status_code == 302
    browser.post("/sign-out/")
    assert refused(browser.get(back))


def test_a_provider_that_says_no_is_told_plainly(provider: StandIn):
    browser = Client()
    state = parse_qs(urlsplit(browser.get("/council/sign-in/openid/").headers["Location"]).query)["state"][0]
    assert refused(browser.get(f"/council/sign-in/openid/return/?error=access_denied&state={state}"))


def test_a_provider_that_is_down_is_told_plainly_before_and_after(settings):
    with RunningStandIn() as running:
        settings.OPENID = {"address": running.address, "client": CLIENT, "secret": SECRET, "roles_claim": "roles"}
        browser = Client()
        back = sent_back(browser)
    assert "does not answer" in Client().get("/council/sign-in/openid/").text
    answer = browser.get(back)
    assert refused(answer) and "does not answer" in answer.text


def test_the_address_of_a_persons_own_account_is_not_made_staff(provider: StandIn):
    Account.objects.create_person("olive@council.example")
    browser = Client()
    answer = browser.get(sent_back(browser))
    assert refused(answer) and "person&#39;s own account" in answer.text
    assert not Account.objects.get().works_for_council


def test_an_account_that_is_stopped_here_is_not_let_in(provider: StandIn):
    account = make_staff(email="olive@council.example")
    account.is_active = False
    account.save()
    browser = Client()
    assert refused(browser.get(sent_back(browser)))


def test_passwords_are_off_where_the_provider_is_set_unless_the_council_wants_both(provider: StandIn, settings):
    make_staff(Role.OFFICER)
    typed = {"email": "officer@council.example", "password": PASSWORD}
    page = Client().get("/council/sign-in/").text
    assert "Sign in with your council account" in page and 'name="password"' not in page
    assert Client().post("/council/sign-in/", typed).status_code == 200
    settings.PASSWORDS_TOO = True
    assert 'name="password"' in Client().get("/council/sign-in/").text
    assert Client().post("/council/sign-in/", typed).status_code == 302


def test_where_no_provider_is_set_there_is_no_such_page():
    assert Client().get("/council/sign-in/openid/").status_code == 404
    assert Client().get("/council/sign-in/openid/return/").status_code == 404

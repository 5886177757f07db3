"""An administrator looks after staff and tokens; every change is recorded with who made it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from farthing.base.refusal import Refusal
from farthing.service import clock
from farthing.service.access import second_factors, selectors, services
from farthing.service.access.models import Account, ApiToken, Role, Scope
from farthing.service.audit.models import Event
from tests.service.access.signed_in import browser_of, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.service.access.addresses")]


@pytest.fixture
def anna() -> Account:
    return make_staff(Role.ADMINISTRATOR, email="anna@council.example", name="Anna Administrator")


@pytest.fixture
def administrator(anna) -> Client:
    return browser_of(anna)


def new_staff(administrator: Client, **given: object) -> object:
    typed = {"name": "Bo Brand", "email": "Bo@Council.Example", "roles": ["officer", "checker"], **given}
    return administrator.post("/council/accounts/new/", typed, follow=True)


def test_a_new_member_of_staff_chooses_a_password_by_a_link_and_signs_in(administrator):
    new_staff(administrator)
    bo = Account.objects.get(email="bo@council.example")
    assert bo.roles == {Role.OFFICER, Role.CHECKER} and bo.works_for_council
    assert {granted.granted_by for granted in bo.granted_roles.all()} == {"anna@council.example"}
    link = re.search(r"http://localhost:8000(\S+)", mail.outbox[0].body)[1]
    browser = Client()
    assert "bo@council.example" in browser.get(link).text
    assert "at least 12 characters" in browser.post(link, {"new_password": "short"}).text
    assert browser.post(link, {"new_password": "three random words"}).headers["Location"] == "/council/sign-in/"
    assert browser.get(link).status_code == 410
    typed = {"email": "bo@council.example", "password": "three random words"}
    assert browser.post("/council/sign-in/", typed).headers["Location"] == "/council/sign-in/code/"
    done = list(Event.objects.filter(about=f"account-{bo.pk}").values_list("actor", "action"))
    assert ("anna@council.example", "account made") in done
    assert done.count(("anna@council.example", "role granted")) == 2


def test_a_link_to_choose_a_password_is_somebodys_own(administrator):
    new_staff(administrator)
    link = re.search(r"http://localhost:8000(\S+)", mail.outbox[0].body)[1]
    other = make_staff(email="other@council.example")
    bo = Account.objects.get(email="bo@council.example")
    assert Client().get(link.replace(f"/{bo.pk}/", f"/{other.pk}/")).status_code == 410


def test_an_address_in_use_is_refused_and_what_was_typed_is_kept(administrator):
    new_staff(administrator)
    again = new_staff(administrator, name="Bo Again")
    assert "is the address of a member of staff already" in again.text and "Bo Again" in again.text
    Account.objects.create_person("ada@home.example")
    assert "person&#39;s own account" in new_staff(administrator, email="ada@home.example").text


def test_the_account_stands_where_the_email_could_not_be_sent(administrator, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert "could not be sent" in new_staff(administrator).text
    assert Account.objects.filter(email="bo@council.example").exists()


def test_roles_are_those_ticked(administrator):
    bo = make_staff(Role.OFFICER, Role.ANALYST, email="bo@council.example")
    browser = browser_of(bo)
    assert browser.get("/casework/").status_code == 200
    administrator.post(f"/council/accounts/{bo.pk}/", {"roles": ["analyst", "finance"]})
    assert Account.objects.get(pk=bo.pk).roles == {Role.ANALYST, Role.FINANCE}
    assert browser.get("/casework/").status_code == 403


def test_the_last_administrator_cannot_be_taken_away(administrator, anna):
    answer = administrator.post(f"/council/accounts/{anna.pk}/", {"roles": ["officer"]})
    assert "The last administrator cannot be taken away" in answer.text
    assert "cannot be taken away" in administrator.post(f"/council/accounts/{anna.pk}/stop/", follow=True).text
    assert Account.objects.get(pk=anna.pk).is_active
    other = make_staff(Role.ADMINISTRATOR, email="other@council.example")
    services.stop(other, by=anna, at=clock.now())
    with pytest.raises(Refusal):
        services.withdraw(anna, Role.ADMINISTRATOR, by=anna, at=clock.now())


def test_a_stopped_account_is_out_at_once_and_can_be_let_in_again(administrator):
    bo = make_staff(Role.OFFICER, email="bo@council.example")
    browser = browser_of(bo)
    administrator.post(f"/council/accounts/{bo.pk}/stop/")
    assert browser.get("/casework/").status_code == 302
    administrator.post(f"/council/accounts/{bo.pk}/start/")
    assert browser.get("/casework/").status_code == 302
    assert browser_of(Account.objects.get(pk=bo.pk)).get("/casework/").status_code == 200


def test_a_second_factor_that_is_reset_ends_the_session_and_is_set_up_anew(administrator):
    bo = make_staff(Role.OFFICER, email="bo@council.example")
    browser = browser_of(bo)
    administrator.post(f"/council/accounts/{bo.pk}/second-factor/")
    assert second_factors.device_of(bo) is None
    assert browser.get("/casework/").status_code == 302


def test_an_auditor_sees_accounts_and_tokens_and_is_offered_no_change(administrator):
    bo = make_staff(Role.AUDITOR, email="bo@council.example")
    auditor = browser_of(bo)
    for page in ("/council/accounts/", f"/council/accounts/{bo.pk}/", "/council/accounts/tokens/"):
        seen = auditor.get(page)
        assert seen.status_code == 200
        assert '<form method="post"' not in seen.text
    assert auditor.post(f"/council/accounts/{bo.pk}/", {"roles": ["administrator"]}).status_code == 403
    assert auditor.get("/council/accounts/new/").status_code == 403


def test_every_change_takes_a_post(administrator, anna):
    for change in ("stop", "start", "second-factor", "password-link"):
        assert administrator.get(f"/council/accounts/{anna.pk}/{change}/").status_code == 405


def test_a_person_has_no_page_among_staff(administrator):
    ada = Account.objects.create_person("ada@home.example")
    assert administrator.get(f"/council/accounts/{ada.pk}/").status_code == 404
    assert administrator.post(f"/council/accounts/{ada.pk}/stop/").status_code == 404


def test_the_list_of_staff_asks_few_questions_however_long_it_is(administrator, django_assert_max_num_queries):
    for number in range(40):
        Account.objects.create_staff(
            f"s{number}@council.example", f"S {number}", None, Role.OFFICER, granted_by="a test"
        )
    administrator.get("/council/accounts/")
    with django_assert_max_num_queries(6):
        assert administrator.get("/council/accounts/").text.count("Financial assessment officer") == 40


def test_staff_are_found_by_part_of_a_name_and_a_script_in_a_name_is_only_text(administrator):
    make_staff(email="x@council.example", name="<script>alert(1)</script>")
    page = administrator.get("/council/accounts/?search=SCRIPT").text
    assert "&lt;script&gt;alert(1)" in page and "<script>alert(1)" not in page
    assert "Anna" not in page.split("<table")[1]


def test_those_with_a_role_are_those_at_work(anna):
    officer = make_staff(Role.OFFICER, Role.CHECKER, email="bo@council.example")
    gone = make_staff(Role.OFFICER, email="gone@council.example")
    services.stop(gone, by=anna, at=clock.now())
    assert list(selectors.staff_with(Role.OFFICER, Role.CHECKER)) == [officer]


def test_a_token_is_shown_once_and_kept_as_a_digest(administrator):
    typed = {"name": "Case system", "scopes": ["calculate", "send_applications"], "days": "30"}
    page = administrator.post("/council/accounts/tokens/", typed).text
    raw = re.search(r"farthing_[\w-]+", page)[0]
    assert raw not in administrator.get("/council/accounts/tokens/").text
    token = services.token_holder(raw, clock.now())
    assert token is not None and token.name == "Case system"
    assert token.scopes == [Scope.CALCULATE, Scope.SEND_APPLICATIONS]
    assert raw not in str(list(ApiToken.objects.values())) + str(list(Event.objects.values()))


def test_a_token_works_until_it_runs_out_or_is_ended(administrator, anna):
    at = clock.now()
    token, raw = services.make_token("x", [Scope.CALCULATE], by=anna, at=at, expires_at=at + timedelta(days=1))
    assert services.token_holder(raw, at + timedelta(hours=23)) == token
    assert services.token_holder(raw, at + timedelta(days=1)) is None
    administrator.post(f"/council/accounts/tokens/{token.pk}/end/")
    administrator.post(f"/council/accounts/tokens/{token.pk}/end/")
    assert services.token_holder(raw, at) is None
    assert Event.objects.filter(action="token ended").count() == 1


def test_a_token_that_was_never_made_is_nobodys():
    assert services.token_holder("", clock.now()) is None
    assert services.token_holder("farthing_guessed", clock.now()) is None


def test_a_token_used_often_is_written_once_a_minute(anna, django_assert_num_queries):
    at = clock.now()
    _, raw = services.make_token("x", [Scope.CALCULATE], by=anna, at=at)
    services.token_holder(raw, at)
    with django_assert_num_queries(1):
        services.token_holder(raw, at + timedelta(seconds=30))


def test_a_persons_name_is_written_down_and_kept_out_of_the_audit():
    ada = Account.objects.create_person("ada@home.example")
    for _ in range(2):
        services.name_account(ada, "Ada Invented", at=clock.now())
    assert Account.objects.get(pk=ada.pk).name == "Ada Invented"
    assert Event.objects.get(action="account changed").details == {"change": "name"}

"""Staff sign in with a password and a code; neither alone opens anything."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from farthing.service import clock
from farthing.service.access import second_factors
from farthing.service.access.models import Account, RecoveryCode, Role
from farthing.service.audit.models import Event
from tests.service.access.conftest import code_for
from tests.service.access.signed_in import PASSWORD, browser_of, browser_of_person, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.service.access.addresses")]

OLIVE = "officer@council.example"


def password_given(browser: Client, password: str = PASSWORD, next_page: str = "") -> object:
    query = f"?next={next_page}" if next_page else ""
    return browser.post(f"/council/sign-in/{query}", {"email": OLIVE, "password": password})


def test_a_password_and_a_code_sign_in_and_lead_to_the_page_that_was_wanted():
    account = make_staff(Role.OFFICER)
    browser = Client()
    assert password_given(browser, next_page="/casework/").headers["Location"] == "/council/sign-in/code/"
    assert browser.get("/casework/").status_code == 302
    code = code_for(account)
    answer = browser.post("/council/sign-in/code/", {"code": f"{code[:3]} {code[3:]}"})
    assert answer.headers["Location"] == "/casework/"
    assert browser.get("/casework/").status_code == 200
    assert Event.objects.get(action="signed in").actor == OLIVE


def test_a_code_counts_once():
    account = make_staff(Role.OFFICER)
    code = code_for(account)
    for expected in (302, 200):
        browser = Client()
        password_given(browser)
        assert browser.post("/council/sign-in/code/", {"code": code}).status_code == expected


def test_a_wrong_password_and_an_unknown_address_are_answered_alike():
    make_staff()
    Account.objects.create_person("ada@home.example")
    first, second, third = Client(), Client(), Client()
    answers = [
        password_given(first, "wrong password"),
        second.post("/council/sign-in/", {"email": "nobody@council.example", "password": PASSWORD}),
        third.post("/council/sign-in/", {"email": "ada@home.example", "password": PASSWORD}),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert "The email address or the password is not right" in answer.text
        assert PASSWORD not in answer.text
    assert Event.objects.filter(action="sign-in refused").count() == 3


def test_the_code_page_cannot_be_reached_without_the_password():
    make_staff()
    assert Client().get("/council/sign-in/code/").headers["Location"] == "/council/sign-in/"
    assert Client().post("/council/sign-in/code/", {"code": "123456"}).headers["Location"] == "/council/sign-in/"


def test_a_password_given_a_while_ago_is_asked_for_again(moved_clock):
    account = make_staff(Role.OFFICER)
    browser = Client()
    password_given(browser)
    moved_clock.move(minutes=16)
    answer = browser.post("/council/sign-in/code/", {"code": code_for(account)})
    assert answer.headers["Location"] == "/council/sign-in/"


def test_after_five_wrong_passwords_the_right_one_is_refused_too_and_the_page_says_until_when():
    make_staff()
    browser = Client()
    for _ in range(4):
        assert password_given(browser, "wrong password").status_code == 200
    assert password_given(browser, "wrong password").status_code == 429
    locked = password_given(browser)
    assert locked.status_code == 429
    assert "Try again in 15 minutes" in locked.text
    assert Event.objects.filter(action="locked out").exists()
    assert password_given(Client(REMOTE_ADDR="192.0.2.7")).status_code == 302


def test_signing_in_forgets_the_wrong_passwords_before():
    account = make_staff()
    for steps_ahead in (0, 1):
        browser = Client()
        for _ in range(4):
            password_given(browser, "wrong password")
        assert password_given(browser).status_code == 302
        code = code_for(account, steps_ahead=steps_ahead)
        assert browser.post("/council/sign-in/code/", {"code": code}).status_code == 302


def test_a_person_signed_in_as_themselves_can_sign_in_as_staff_in_the_same_browser():
    account = make_staff(Role.OFFICER)
    browser = browser_of_person()
    assert browser.get("/sign-in/").status_code == 302
    assert browser.get("/council/sign-in/").status_code == 200
    password_given(browser)
    browser.post("/council/sign-in/code/", {"code": code_for(account)})
    assert browser.get("/casework/").status_code == 200
    assert browser.get("/people/").status_code == 403
    assert browser.get("/council/sign-in/").status_code == 302


def test_a_lock_out_is_over_after_fifteen_minutes():
    make_staff()
    browser = Client()
    for _ in range(5):
        password_given(browser, "wrong password")
    assert password_given(browser).status_code == 429
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=attempt.attempt_time - timedelta(minutes=16))
    assert password_given(browser).status_code == 302


def test_after_a_wrong_code_there_is_a_wait_and_the_right_code_is_not_taken_meanwhile():
    account = make_staff()
    browser = Client()
    password_given(browser)
    wrong = "000000" if code_for(account) != "000000" else "000001"
    assert "The code is not right" in browser.post("/council/sign-in/code/", {"code": wrong}).text
    assert "Wait" in browser.post("/council/sign-in/code/", {"code": code_for(account)}).text


def test_a_right_code_too_soon_after_a_wrong_one_is_told_to_wait_while_an_app_is_set_up():
    account = Account.objects.create_staff(OLIVE, "Olive Officer", PASSWORD, Role.OFFICER, granted_by="a test")
    browser = Client()
    password_given(browser)
    browser.get("/council/your-account/app/")
    device = TOTPDevice.objects.get(user=account, confirmed=False)
    right = f"{totp(device.bin_key):06d}"
    wrong = "000000" if right != "000000" else "000001"
    assert "The code is not right" in browser.post("/council/your-account/app/", {"code": wrong}).text
    told = browser.post("/council/your-account/app/", {"code": right}).text
    assert "Wait" in told and "The code is not right" not in told


def test_the_first_sign_in_sets_up_an_app_and_gives_ten_recovery_codes():
    account = Account.objects.create_staff(OLIVE, "Olive Officer", PASSWORD, Role.OFFICER, granted_by="a test")
    browser = Client()
    password_given(browser)
    assert browser.get("/council/sign-in/code/").headers["Location"] == "/council/your-account/app/"
    page = browser.get("/council/your-account/app/").text
    device = TOTPDevice.objects.get(user=account, confirmed=False)
    assert "<svg" in page and "style=" not in page
    assert second_factors.key_as_text(device) in page
    assert "The code is not right" in browser.post("/council/your-account/app/", {"code": "1"}).text
    device.throttle_reset()
    codes = browser.post("/council/your-account/app/", {"code": f"{totp(device.bin_key):06d}"})
    shown = re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", codes.text)
    assert len(set(shown)) == 10
    assert browser.get("/casework/").status_code == 200
    for code in shown:
        assert code not in str(list(RecoveryCode.objects.values()))
        assert code.replace("-", "") not in str(list(RecoveryCode.objects.values()))


def test_a_recovery_code_signs_in_once():
    account = make_staff(Role.OFFICER)
    code = second_factors.new_recovery_codes(account, by=account, at=clock.now())[3]
    browser = Client()
    password_given(browser)
    assert browser.post("/council/sign-in/code/", {"code": code.upper()}).status_code == 302
    assert browser.get("/casework/").status_code == 200
    again = Client()
    password_given(again)
    assert "The code is not right" in again.post("/council/sign-in/code/", {"code": code}).text


def test_a_recovery_code_of_somebody_else_does_not_count():
    make_staff()
    other = make_staff(email="other@council.example")
    code = second_factors.new_recovery_codes(other, by=other, at=clock.now())[0]
    browser = Client()
    password_given(browser)
    assert browser.post("/council/sign-in/code/", {"code": code}).status_code == 200


def test_new_recovery_codes_take_the_place_of_the_old():
    account = make_staff(Role.OFFICER)
    old = second_factors.new_recovery_codes(account, by=account, at=clock.now())[0]
    browser = browser_of(account)
    assert browser.get("/council/your-account/recovery-codes/").status_code == 405
    assert len(re.findall(r"<code>", browser.post("/council/your-account/recovery-codes/").text)) == 10
    assert second_factors.check(account, old, at=clock.now()).device is None


def test_a_password_alone_does_not_replace_the_app():
    make_staff()
    browser = Client()
    password_given(browser)
    assert browser.get("/council/your-account/app/").headers["Location"] == "/council/sign-in/"


def test_a_new_app_takes_the_place_of_the_old_and_the_session_goes_on():
    account = make_staff(Role.OFFICER)
    old = second_factors.device_of(account)
    browser = browser_of(account)
    browser.get("/council/your-account/app/")
    assert second_factors.device_of(account) == old
    new = TOTPDevice.objects.get(user=account, confirmed=False)
    assert browser.post("/council/your-account/app/", {"code": f"{totp(new.bin_key):06d}"}).status_code == 200
    assert second_factors.device_of(account) == new
    assert browser.get("/casework/").status_code == 200


def test_a_changed_password_ends_other_sessions_and_not_this_one():
    account = make_staff(Role.OFFICER)
    here, there = browser_of(account), browser_of(account)
    short = here.post("/council/your-account/password/", {"password": PASSWORD, "new_password": "short"})
    assert "at least 12 characters" in short.text
    wrong = here.post("/council/your-account/password/", {"password": "wrong", "new_password": "three random words"})
    assert "This is not the password you have now" in wrong.text
    right = here.post("/council/your-account/password/", {"password": PASSWORD, "new_password": "three random words"})
    assert right.status_code == 302
    assert here.get("/casework/").status_code == 200
    assert there.get("/casework/").status_code == 302
    assert password_given(Client()).status_code == 200
    assert password_given(Client(), "three random words").status_code == 302


def test_a_stopped_account_does_not_sign_in():
    account = make_staff()
    account.is_active = False
    account.save()
    assert password_given(Client()).status_code == 200


def test_the_session_has_a_new_id_after_the_password_and_after_the_code():
    account = make_staff(Role.OFFICER)
    browser = Client()
    password_given(browser)
    half_way = browser.session.session_key
    browser.post("/council/sign-in/code/", {"code": code_for(account)})
    assert browser.session.session_key != half_way
    assert "password_given" not in browser.session

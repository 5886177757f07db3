"""Every request passes the gate: a view is run only for those it declares."""

import logging

import pytest
from django.test import Client

from farthing.service.access.models import Role
from tests.service.access.signed_in import browser_of, browser_of_person, browser_of_staff, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.service.access.addresses")]

STAFF_SIGN_IN, SIGN_IN = "/council/sign-in/", "/sign-in/"


def test_a_view_that_declares_nothing_is_shown_to_nobody_and_logged_by_its_route(caplog):
    for browser in (Client(), browser_of_person(), browser_of_staff(*Role)):
        for address in ("undeclared/", "wrapped-undeclared/"):
            caplog.clear()
            with caplog.at_level(logging.ERROR):
                assert browser.get(f"/{address}").status_code == 403
            assert f"Refused {address}" in caplog.text


def test_everybody_sees_an_open_page():
    for browser in (Client(), browser_of_person(), browser_of_staff()):
        assert browser.get("/open/").status_code == 200


def test_an_open_page_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        Client().get("/open/")


def test_a_visitor_is_sent_to_sign_in_and_from_there_back():
    assert Client().get("/people/?a=b").headers["Location"] == f"{SIGN_IN}?next=%2Fpeople%2F%3Fa%3Db"
    assert Client().get("/casework/").headers["Location"] == f"{STAFF_SIGN_IN}?next=%2Fcasework%2F"


def test_a_visitors_post_is_not_carried_out():
    answer = Client().post("/people/", {"note": "hello"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == SIGN_IN


@pytest.mark.parametrize("address", ["casework", "wrapped", "partial"])
def test_a_role_that_is_named_is_let_in_and_another_is_not(address):
    assert browser_of_staff(Role.OFFICER, email="a@council.example").get(f"/{address}/").status_code == 200
    assert browser_of_staff(Role.ANALYST, email="b@council.example").get(f"/{address}/").status_code == 403
    assert browser_of_staff(email="c@council.example").get(f"/{address}/").status_code == 403


def test_a_class_declares_for_its_views():
    assert browser_of_staff(Role.MANAGER, email="a@council.example").get("/class/").status_code == 200
    assert browser_of_staff(Role.OFFICER, email="b@council.example").get("/class/").status_code == 403


def test_staff_are_kept_off_pages_for_people_and_people_off_pages_for_staff():
    assert browser_of_staff(*Role).get("/people/").status_code == 403
    assert browser_of_person().get("/staff/").status_code == 403


def test_an_auditor_looks_and_changes_nothing():
    auditor = browser_of_staff(Role.AUDITOR)
    assert auditor.get("/casework/").status_code == 200
    assert auditor.post("/casework/").status_code == 403


def test_an_auditor_searches_and_changes_their_own_password():
    auditor = browser_of_staff(Role.AUDITOR)
    for address in ("/searching/", "/searching-partial/", "/council/your-account/password/"):
        assert auditor.post(address).status_code == 200
    assert browser_of_staff(Role.ANALYST, email="b@council.example").post("/searching/").status_code == 403


def test_staff_without_a_second_factor_are_sent_to_sign_in():
    client = Client()
    client.force_login(make_staff(Role.OFFICER), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/casework/").headers["Location"].startswith(STAFF_SIGN_IN)
    assert client.get(STAFF_SIGN_IN).status_code == 200


def test_a_second_factor_of_somebody_else_does_not_count():
    one, other = make_staff(Role.OFFICER, email="a@council.example"), make_staff(email="b@council.example")
    browser, theirs = browser_of(one), browser_of(other)
    session = browser.session
    session["otp_device_id"] = theirs.session["otp_device_id"]
    session.save()
    assert browser.get("/casework/").headers["Location"].startswith(STAFF_SIGN_IN)


def test_an_account_that_is_stopped_is_out_at_the_next_click():
    account = make_staff(Role.OFFICER)
    browser = browser_of(account)
    account.is_active = False
    account.save()
    assert browser.get("/casework/").headers["Location"].startswith(STAFF_SIGN_IN)


def test_a_programs_page_is_left_to_its_token():
    assert Client().get("/programs/").status_code == 200

"""A session ends when it is idle or open for too long; the person is told, and loses nothing they typed."""

import re

import pytest
from django.test import Client

from farthing.service.access.kept_forms import MOST_BYTES
from farthing.service.access.models import Account, Role
from tests.service.access.signed_in import PASSWORD, browser_of, make_staff
from tests.service.access.test_signing_in_by_a_link import ADA, asked

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.service.access.addresses")]


@pytest.fixture
def ada() -> Client:
    return browser_of(Account.objects.create_person(ADA))


def test_a_person_who_comes_back_within_the_hour_goes_on(ada, moved_clock):
    for _ in range(11):
        assert ada.get("/people/").status_code == 200
        moved_clock.move(minutes=59)


def test_a_person_idle_for_an_hour_signs_in_again_and_is_told_why(ada, moved_clock):
    ada.get("/people/")
    moved_clock.move(minutes=60)
    answer = ada.get("/people/?a=b", follow=True)
    assert answer.request["PATH_INFO"] == "/sign-in/"
    assert "you had not used the service for a while" in answer.text
    assert answer.request["QUERY_STRING"] == "next=%2Fpeople%2F%3Fa%3Db"


def test_a_person_active_for_twelve_hours_signs_in_again(ada, moved_clock):
    for _ in range(15):
        ada.get("/people/")
        moved_clock.move(minutes=50)
    answer = ada.get("/people/", follow=True)
    assert "signed in for a long time" in answer.text


def test_staff_are_out_after_half_an_hour(moved_clock):
    olive = browser_of(make_staff(Role.OFFICER))
    assert olive.get("/casework/").status_code == 200
    moved_clock.move(minutes=29)
    assert olive.get("/casework/").status_code == 200
    moved_clock.move(minutes=30)
    answer = olive.get("/casework/", follow=True)
    assert answer.request["PATH_INFO"] == "/council/sign-in/"
    assert "You need to sign in again" in answer.text


def test_an_open_page_still_opens_once_the_session_has_ended(ada, moved_clock):
    ada.get("/people/")
    moved_clock.move(hours=2)
    assert ada.get("/open/").status_code == 200


def test_looking_often_does_not_write_the_session_each_time(ada, django_assert_num_queries):
    ada.get("/people/")
    with django_assert_num_queries(2):  # the session and the account
        ada.get("/people/")


def test_what_was_typed_comes_back_after_signing_in_again(ada, moved_clock):
    ada.get("/people/")
    moved_clock.move(hours=1)
    typed = {"note": 'She said "£20 <a week>"\r\nand more', "ticked": ["one", "two"], "csrfmiddlewaretoken": "old"}
    assert ada.post("/people/?step=2", typed).headers["Location"] == "/sign-in/"
    assert ada.post(asked(ada)).headers["Location"] == "/sign-in/your-answers/"
    page = ada.get("/sign-in/your-answers/").text
    assert 'action="/people/?step=2"' in page
    assert "She said &#34;£20 &lt;a week&gt;&#34;" in page
    assert re.findall(r'name="ticked" value="(\w+)"', page) == ["one", "two"]
    assert 'value="old"' not in page
    assert ada.get("/people/").status_code == 200


def test_nothing_typed_lies_readable_in_the_session(ada, moved_clock):
    ada.get("/people/")
    moved_clock.move(hours=1)
    ada.post("/people/", {"note": "bank account"})
    assert "bank account" not in str(dict(ada.session.items()))
    assert "kept_form" in ada.session


def test_what_was_typed_can_be_thrown_away(ada, moved_clock):
    ada.get("/people/")
    moved_clock.move(hours=1)
    ada.post("/people/", {"note": "hello"})
    ada.post(asked(ada))
    ada.post("/sign-in/your-answers/")
    assert "kept_form" not in ada.session


def test_what_one_typed_is_never_shown_to_another_on_the_same_computer(ada, moved_clock):
    ada.get("/people/")
    moved_clock.move(hours=1)
    ada.post("/people/", {"note": "bank account"})
    answer = ada.post(asked(ada, "bert@home.example"))
    assert answer.headers["Location"] == "/"
    assert "bank account" not in ada.get("/sign-in/your-answers/", follow=True).text
    assert "kept_form" not in ada.session


def test_what_was_typed_is_kept_for_an_hour_and_no_longer(ada, moved_clock):
    ada.get("/people/")
    moved_clock.move(hours=1)
    ada.post("/people/", {"note": "hello"})
    moved_clock.move(hours=1, minutes=1)
    assert ada.post(asked(ada)).headers["Location"] == "/"


def test_a_form_too_big_to_keep_is_not_half_kept(ada, moved_clock):
    ada.get("/people/")
    moved_clock.move(hours=1)
    assert ada.post("/people/", {"note": "a" * (MOST_BYTES + 1)}).status_code == 302
    assert "kept_form" not in ada.session


def test_a_password_is_not_kept(moved_clock):
    olive = browser_of(make_staff(Role.OFFICER))
    olive.get("/casework/")
    moved_clock.move(minutes=30)
    olive.post("/council/your-account/password/", {"password": PASSWORD, "new_password": "three random words"})
    assert "kept_form" not in olive.session


def test_a_form_from_another_site_is_not_kept(moved_clock):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = browser_of(Account.objects.create_person(ADA)).cookies
    browser.get("/people/")
    moved_clock.move(hours=1)
    assert browser.post("/people/", {"note": "hello"}).status_code == 403
    assert "kept_form" not in browser.session


def test_a_form_that_had_a_file_says_that_the_file_is_to_be_chosen_again(ada, moved_clock, tmp_path):
    ada.get("/people/")
    moved_clock.move(hours=1)
    letter = tmp_path / "letter.txt"
    letter.write_text("hello", encoding="utf-8")
    with letter.open("rb") as file:
        ada.post("/people/", {"note": "hello", "letter": file})
    ada.post(asked(ada))
    assert "You will need to choose it again" in ada.get("/sign-in/your-answers/").text

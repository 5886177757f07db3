"""Signing in on the way to an application, and what becomes of it when a link or a session has ended."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from farthing.service.assessments.models import AssessmentRequest
from farthing.service.people.models import Person
from tests.service.public.conftest import NOW
from tests.service.public.walking import day

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser_without_account():
    return Client()


def later(monkeypatch, **time: int) -> None:
    monkeypatch.setattr("farthing.service.clock.now", lambda: NOW + timedelta(**time))


def link_sent(visitor: Client, next_page: str) -> str:
    """Ask for a link on the sign-in page that the page wanted leads to, and give the link's own page."""
    page = visitor.get(next_page)
    assert page.status_code == 302 and "/sign-in/" in page.url
    visitor.post(page.url, {"email": "ada@home.example"})
    return re.search(r"/sign-in/link/[^\s/]+/", mail.outbox[-1].body)[0]


def test_the_answers_of_an_estimate_come_along_through_the_sign_in(browser_without_account):
    visitor = browser_without_account
    visitor.post("/estimate/", {"about": "you"})
    visitor.post("/estimate/question/setting", {"setting": "own_home"})
    visitor.post("/estimate/question/born", day("born", "1941-03-27"))
    link = link_sent(visitor, "/apply/")
    page = visitor.post(link, follow=True)
    assert page.redirect_chain[-1][0] == "/apply/"
    assert "You do not type it again" in page.text
    visitor.post("/apply/for-me/", {"given_name": "Ada", "family_name": "Invented"})
    assert AssessmentRequest.objects.get().answers["said"] == {"setting": "own_home", "born": "1941-03-27"}


def test_a_link_that_is_too_old_begins_nothing(browser_without_account, monkeypatch):
    link = link_sent(browser_without_account, "/apply/")
    later(monkeypatch, minutes=21)
    assert browser_without_account.post(link).status_code == 410
    assert browser_without_account.get("/apply/").status_code == 302
    assert not Person.objects.exists()


def test_what_is_typed_after_the_session_has_ended_is_given_back_and_kept(browser_without_account, monkeypatch):
    visitor = browser_without_account
    visitor.post(link_sent(visitor, "/apply/"))
    visitor.post("/apply/for-me/", {"given_name": "Ada", "family_name": "Invented"})
    draft = AssessmentRequest.objects.get()
    where = f"/apply/{draft.reference}/"
    later(monkeypatch, hours=2)
    page = visitor.post(f"{where}money/question/setting", {"setting": "own_home"})
    assert page.status_code == 302 and "/sign-in/" in page.url
    draft.refresh_from_db()
    assert draft.answers["said"] == {}
    visitor.post(page.url, {"email": "ada@home.example"})
    page = visitor.post(re.search(r"/sign-in/link/[^\s/]+/", mail.outbox[-1].body)[0], follow=True)
    assert "own_home" in page.text
    visitor.post(f"{where}money/question/setting", {"setting": "own_home"})
    draft.refresh_from_db()
    assert draft.answers["said"] == {"setting": "own_home"}

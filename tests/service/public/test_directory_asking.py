"""Asking an enterprise, the conversation by its link, and telling the council: nobody sees an address, no program gets in."""

import logging
import re
from dataclasses import replace

import pytest
from django.core import mail
from django.test import Client

from farthing.councils.directory import directory
from farthing.service.directory.models import Concern, Enquiry, EnquiryMessage
from farthing.service.directory.services import enquiries
from tests.service import cases

pytestmark = pytest.mark.django_db

ASKED = {"name": "Ada Invented", "email": "ada@home.example", "says": "Could you come on Mondays?\nIt is near Histon."}


@pytest.fixture
def link(client, hands):
    """The page that the e-mail to whoever asked leads to."""
    client.post(f"/directory/{hands.key}/ask/", ASKED)
    (written,) = [each for each in mail.outbox if each.to == ["ada@home.example"]]
    return re.search(r"https?://[^/]+(/directory/enquiries/[^/\s]+/)", written.body)[1]


def test_a_message_is_passed_on_and_neither_side_sees_the_others_address(client, hands, link):
    enquiry = Enquiry.objects.get()
    assert (enquiry.enterprise, enquiry.name) == (hands, "Ada Invented")
    assert [each.says for each in enquiry.messages.all()] == [ASKED["says"]]
    assert {tuple(each.to) for each in mail.outbox} == {("ada@home.example",), (hands.owner.email,)}
    for each in mail.outbox:
        other = hands.owner.email if each.to == ["ada@home.example"] else "ada@home.example"
        assert other not in each.body + str(each.extra_headers) + str(each.reply_to) + str(each.cc)
    shown = client.get(link).text
    assert "Could you come on Mondays?" in shown and "Invented Helping Hands" in shown
    assert hands.owner.email not in shown and "hands@business.example" not in shown and "noindex" in shown


def test_whoever_asked_is_told_what_happens_next(client, hands):
    shown = client.post(f"/directory/{hands.key}/ask/", ASKED, follow=True)
    assert "Your message is on its way to Invented Helping Hands" in shown.text
    assert shown.redirect_chain == [(f"/directory/{hands.key}/", 302)]


def test_the_conversation_goes_on_and_ends(client, link):
    enquiry, token = Enquiry.objects.get(), link.split("/")[-2]
    enquiries.say(enquiry, "Yes, from June.", by_enterprise=True, at=cases.AT)
    assert "Yes, from June." in client.get(link).text
    assert client.post("/directory/enquiries/reply/", {"token": token, "says": "Thank you"})["Location"] == link
    assert "Thank you" in client.get(link).text
    assert "Enter your message" in client.post("/directory/enquiries/reply/", {"token": token, "says": " "}).text
    client.post("/directory/enquiries/close/", {"token": token})
    shown = client.get(link).text
    assert "This conversation ended on" in shown and "<form" not in shown
    refused = client.post("/directory/enquiries/reply/", {"token": token, "says": "One more thing"})
    assert EnquiryMessage.objects.filter(says="One more thing").count() == 0 and refused.status_code in (200, 302)


def test_what_a_conversation_says_is_shown_as_words(client, link):
    enquiries.say(Enquiry.objects.get(), "<script>alert(1)</script>", by_enterprise=True, at=cases.AT)
    assert "<script>alert" not in client.get(link).text


@pytest.mark.parametrize("token", ["x", "' OR 1=1", "%00", "a" * 2000])
def test_a_link_that_leads_nowhere_says_so(client, link, token):
    assert client.get(f"/directory/enquiries/{token}/").status_code in (404, 410)
    assert client.post("/directory/enquiries/reply/", {"token": token, "says": "x"}).status_code == 410
    assert client.post("/directory/enquiries/close/", {"token": token}).status_code == 410
    assert EnquiryMessage.objects.count() == 1


def test_the_token_of_a_conversation_is_kept_out_of_the_logs(client, caplog):
    with caplog.at_level(logging.WARNING, logger="django.request"):
        client.get("/directory/enquiries/secret-token/")
    assert "/enquiries/…" in caplog.text and "secret-token" not in caplog.text


@pytest.mark.parametrize("missing", ["name", "email", "says"])
def test_what_is_missing_is_asked_for_and_what_was_typed_is_kept(client, hands, missing):
    shown = client.post(f"/directory/{hands.key}/ask/", {**ASKED, missing: ""})
    assert shown.status_code == 200 and f'id="{missing}-error"' in shown.text
    kept = "Ada Invented" if missing != "name" else "ada@home.example"
    assert kept in shown.text
    assert Enquiry.objects.count() == 0 and mail.outbox == []


@pytest.mark.parametrize("page", ["ask", "concern"])
def test_a_program_that_fills_in_the_box_nobody_sees_is_refused_in_words(client, hands, page):
    sent = {**ASKED, "kind": "wrong", "leave_empty": "https://spam.example"}
    shown = client.post(f"/directory/{hands.key}/{page}/", sent)
    assert "Leave the box “Leave this empty” empty" in shown.text and "Could you come on Mondays?" in shown.text
    assert Enquiry.objects.count() == Concern.objects.count() == 0 and mail.outbox == []


@pytest.mark.parametrize("page", ["ask", "concern"])
def test_a_form_that_was_not_ours_is_refused(hands, page):
    forged = Client(enforce_csrf_checks=True)
    assert forged.post(f"/directory/{hands.key}/{page}/", {**ASKED, "kind": "wrong"}).status_code == 403
    assert Enquiry.objects.count() == Concern.objects.count() == 0


def test_too_many_messages_from_one_computer_are_refused_in_words(client, hands):
    for number in range(5):
        sent = {**ASKED, "email": f"ada{number}@home.example"}
        assert client.post(f"/directory/{hands.key}/ask/", sent).status_code == 302
    shown = client.post(f"/directory/{hands.key}/ask/", {**ASKED, "email": "ada9@home.example"})
    assert (
        shown.status_code == 200 and "There is a problem" in shown.text and "Could you come on Mondays?" in shown.text
    )
    assert Enquiry.objects.count() == 5


@pytest.mark.parametrize("typed", ["ada@home.example\nBcc: all@home.example", "x" * 300, "<b>@x", "\x00"], ids=repr)
def test_an_address_that_is_none_is_refused(client, hands, typed):
    assert client.post(f"/directory/{hands.key}/ask/", {**ASKED, "email": typed}).status_code == 200
    assert mail.outbox == []


def test_a_name_with_ends_of_lines_puts_nothing_into_an_email(client, hands):
    client.post(f"/directory/{hands.key}/ask/", {**ASKED, "name": "Ada\r\nBcc: all@home.example"})
    assert all(each.recipients() != ["all@home.example"] and "\n" not in each.subject for each in mail.outbox)


def test_a_concern_goes_to_the_council_and_its_number_is_given(client, hands):
    shown = client.get(f"/directory/{hands.key}/concern/").text
    before_the_form = shown.partition("</h1>")[2].partition("<form")[0]
    for said in ("In an emergency call 999", 'href="tel:03450455202"', "9am to 5pm", 'href="tel:01733234724"'):
        assert said in before_the_form, said
    sent = {"kind": "safeguarding", "says": "I saw a bruise.", "name": "", "email": ""}
    shown = client.post(f"/directory/{hands.key}/concern/", sent, follow=True)
    made = Concern.objects.get()
    assert (made.kind, made.says, made.enterprise) == ("safeguarding", "I saw a bruise.", hands)
    assert f"Its number is {made.reference}" in shown.text


def test_an_invented_telephone_number_is_given_to_nobody_in_production(client, hands, settings, monkeypatch):
    here = directory("cambridgeshire")
    made_up = replace(here, urgent=replace(here.urgent, telephone="01632 960 000"), invented={"urgent": "No page."})
    monkeypatch.setattr("farthing.service.directory.council.directory", lambda key: made_up)
    address = f"/directory/{hands.key}/concern/"
    assert "01632 960 000" in client.get(address).text
    settings.IN_PRODUCTION = True
    shown = client.get(address, secure=True).text
    assert "01632 960 000" not in shown and "call 999" in shown


def test_a_concern_without_words_or_kind_is_asked_again(client, hands):
    shown = client.post(f"/directory/{hands.key}/concern/", {"says": "", "kind": "x"}).text
    assert "Select one of the answers shown" in shown and "Enter what happened" in shown
    assert Concern.objects.count() == 0

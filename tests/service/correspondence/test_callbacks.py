"""Notify's callbacks are taken from Notify alone, in any order, and change only what they are about."""

import json

import pytest
from django.test import RequestFactory
from django.urls import reverse

from farthing.service.access.gates import Who, declared
from farthing.service.audit.selectors import events_about
from farthing.service.correspondence import callbacks, sending
from farthing.service.correspondence.services import send, send_again
from tests.service.correspondence.invented import AT, somebody, written

pytestmark = pytest.mark.django_db
TOKEN = "Bearer the council's token"
E_MAIL = {"letters_by": "email", "email": "olive@home.example"}


def sent(**person):
    """A letter that was sent by Notify, and its delivery."""
    letter = written(somebody(**person))
    delivery = send(letter, at=AT)
    sending.send_waiting(lambda: AT)
    delivery.refresh_from_db()
    return delivery


def call(view, said, *, token=TOKEN, method="post"):
    body = said if isinstance(said, str | bytes) else json.dumps(said)
    return view(getattr(RequestFactory(), method)("/", body, "application/json", headers={"Authorization": token}))


def receipt(delivery, status, **changes):
    said = {
        "id": delivery.outside_reference,
        "reference": delivery.letter.reference,
        "to": "olive@home.example",
        "status": status,
        "created_at": "2026-11-25T10:00:00.000000Z",
        "completed_at": None,
        "sent_at": None,
        "notification_type": "email",
        "template_id": "f33517ff-2a88-4f6e-b855-c550268ce08a",
        "template_version": 1,
    }
    return {**said, **changes}


def returned(delivery):
    return {
        "notification_id": delivery.outside_reference,
        "reference": delivery.letter.reference,
        "date_sent": "2026-11-25T10:00:00.000000Z",
        "template_name": None,
        "template_id": None,
        "template_version": None,
    }


def state_of(delivery):
    delivery.refresh_from_db()
    return delivery.state


def test_the_callbacks_have_addresses_and_are_for_programs():
    assert reverse("correspondence:notify_receipt") == "/callbacks/notify/receipts/"
    assert reverse("correspondence:notify_returned") == "/callbacks/notify/returned/"
    for view in (callbacks.notify_receipt, callbacks.notify_returned):
        assert declared(view) == {Who.PROGRAMS}


def test_a_receipt_tells_that_an_e_mail_was_delivered(notify):
    delivery = sent(**E_MAIL)
    assert call(callbacks.notify_receipt, receipt(delivery, "delivered")).status_code == 204
    assert state_of(delivery) == "delivered"
    assert events_about(delivery.letter.person.reference)[0].action == "letter delivered"


def test_a_receipt_that_an_e_mail_failed_sends_the_letter_by_post(notify):
    delivery = sent(**E_MAIL)
    call(callbacks.notify_receipt, receipt(delivery, "permanent-failure"))
    assert [each.channel for each in delivery.letter.deliveries.order_by("id")] == ["notify_email", "notify"]


def test_a_letter_that_came_back_is_known_and_shown_to_officers(notify):
    delivery = sent()
    assert call(callbacks.notify_returned, returned(delivery)).status_code == 204
    assert state_of(delivery) == "returned"


def test_the_same_callback_twice_is_one_piece_of_news(notify):
    delivery = sent(**E_MAIL)
    for _ in range(2):
        call(callbacks.notify_receipt, receipt(delivery, "permanent-failure"))
    events = [event.action for event in events_about(delivery.letter.person.reference)]
    assert events.count("letter failed") == 1 and events.count("letter queued") == 2


def test_callbacks_out_of_order_never_turn_back_what_is_known(notify):
    delivery = sent()
    call(callbacks.notify_returned, returned(delivery))
    notify.becomes("received")
    sending.ask_after_sent(lambda: sending.ASK_AGAIN + AT)
    assert state_of(delivery) == "returned"


def test_a_receipt_that_comes_before_the_answer_is_kept(notify, monkeypatch):
    letter = written(somebody(**E_MAIL))
    delivery = send(letter, at=AT)

    def receipt_first(self, address, template, *, personalisation, reference):
        early = {**receipt(delivery, "delivered"), "id": "n-1"}
        assert call(callbacks.notify_receipt, early).status_code == 204
        return {"id": "n-1"}

    monkeypatch.setattr(
        "notifications_python_client.notifications.NotificationsAPIClient.send_email_notification", receipt_first
    )
    sending.send_waiting(lambda: AT)
    assert (state_of(delivery), delivery.outside_reference) == ("delivered", "n-1")


def test_late_news_of_a_try_that_failed_does_not_touch_the_next_try(notify):
    delivery = sent(**E_MAIL)
    call(callbacks.notify_receipt, receipt(delivery, "temporary-failure"))
    send_again(delivery, at=AT, by="sam@example.gov.uk")
    call(callbacks.notify_receipt, receipt(delivery, "delivered"))
    assert state_of(delivery) == "waiting"


@pytest.mark.parametrize(
    "token", ["", "Bearer", "Bearer wrong", "the council's toke", "Bearer the council's token!", "Bearer é"]
)
def test_a_callback_without_the_token_changes_nothing(notify, token):
    delivery = sent(**E_MAIL)
    answer = call(callbacks.notify_receipt, receipt(delivery, "delivered"), token=token)
    assert (answer.status_code, state_of(delivery)) == (403, "sent")


def test_without_a_token_set_every_callback_is_refused(notify, settings):
    delivery = sent(**E_MAIL)
    settings.NOTIFY = {**settings.NOTIFY, "callback_token": ""}
    for token in ("", "Bearer ", TOKEN):
        assert call(callbacks.notify_receipt, receipt(delivery, "delivered"), token=token).status_code == 403


@pytest.mark.parametrize(
    "said",
    ["", "not JSON", "[]", "{}", '"text"', "null", b"\xff\xfe", '{"reference": "L-1"}', "{" + " " * 30_000 + "}"],
)
def test_what_is_no_callback_is_refused_plainly(notify, said):
    for view in (callbacks.notify_receipt, callbacks.notify_returned):
        answer = call(view, said)
        assert (answer.status_code, "what_to_do" in json.loads(answer.content)) == (400, True)


def test_a_callback_about_no_letter_of_ours_is_taken_and_changes_nothing(notify):
    delivery = sent(**E_MAIL)
    for changes in ({"reference": "L-XXXX-XXXX"}, {"reference": None}, {"notification_type": "sms"}, {"id": "other"}):
        assert call(callbacks.notify_receipt, receipt(delivery, "permanent-failure", **changes)).status_code == 204
    assert state_of(delivery) == "sent"


def test_a_callback_is_posted_and_nothing_else(notify):
    assert call(callbacks.notify_receipt, "", method="put").status_code == 405

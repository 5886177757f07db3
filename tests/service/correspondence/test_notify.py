"""Letters and e-mails by GOV.UK Notify, over real HTTP, go once whatever Notify does; and what became of them is learned."""

from datetime import timedelta

import pytest

from farthing.service.correspondence import sending, services
from farthing.service.correspondence.channels import notify as channel
from farthing.service.correspondence.services import send
from tests.service.correspondence.invented import AT, LATER, fields_of, somebody, written
from tests.service.correspondence.notify_stand_in import KEY, Fault

pytestmark = pytest.mark.django_db
E_MAIL = {"letters_by": "email", "email": "olive@home.example"}


def send_at(at=AT) -> int:
    """Send what waits at a moment."""
    return sending.send_waiting(lambda: at)


def ask_at(at) -> int:
    """Ask after what was sent at a moment."""
    return sending.ask_after_sent(lambda: at)


def test_notify_is_handed_the_letter_itself_second_class_under_its_reference(notify):
    letter = written()
    delivery = send(letter, at=AT)
    assert send_at() == 1
    (taken,) = notify.taken(letter.reference)
    assert (taken["type"], taken["postage"], taken["status"]) == ("letter", "second", "pending-virus-check")
    assert notify.pdfs[taken["id"]] == services.pdf(letter)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.outside_reference) == ("sent", taken["id"])


def test_an_e_mail_by_notify_says_only_where_to_sign_in(notify, settings):
    letter = written(somebody(**E_MAIL))
    send(letter, at=AT)
    assert send_at() == 1
    (taken,) = notify.taken(letter.reference)
    assert (taken["type"], taken["email_address"]) == ("email", "olive@home.example")
    assert taken["personalisation"] == {"address": settings.ADDRESS}


@pytest.mark.parametrize("fault", Fault)
@pytest.mark.parametrize("person", [{}, E_MAIL], ids=["letter", "e-mail"])
def test_whatever_notify_does_the_letter_goes_exactly_once(notify, monkeypatch, fault, person):
    monkeypatch.setattr(channel, "SECONDS", 0.4)
    notify.faults.append(fault)
    letter = written(somebody(**person))
    delivery = send(letter, at=AT)
    assert send_at() == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.try_after) == ("waiting", AT + sending.WAITS[0])
    assert "GOV.UK Notify" in delivery.said
    assert send_at(delivery.try_after) == 1
    assert len(notify.taken(letter.reference)) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.outside_reference) == ("sent", notify.notifications[0]["id"])


def test_a_whole_batch_goes_exactly_once_through_every_fault(notify, monkeypatch):
    monkeypatch.setattr(channel, "SECONDS", 0.4)
    letters = [written(somebody(), pays=f"£{n}.00 a week") for n in range(12)]
    for letter in letters:
        send(letter, at=AT)
    notify.faults.extend(list(Fault) * 2)
    at = AT
    for _ in range(60):
        send_at(at)
        at += timedelta(hours=7)
    assert [len(notify.taken(letter.reference)) for letter in letters] == [1] * 12


def test_an_outage_is_met_once_a_run_and_not_once_a_letter(notify):
    for _ in range(5):
        send(written(), at=AT)
    notify.faults.extend([Fault.DOWN] * 5)
    send_at()
    assert notify.asked == ["GET /v2/notifications", "POST /v2/notifications/letter"]


def test_what_notify_refuses_is_not_tried_again_and_an_e_mail_then_goes_by_post(notify, settings):
    settings.NOTIFY = {**settings.NOTIFY, "email_template": "of another service"}
    letter = written(somebody(**E_MAIL))
    send(letter, at=AT)
    send_at()
    send_at(AT + timedelta(minutes=1))
    by_email, by_post = letter.deliveries.order_by("id")
    assert (by_email.channel, by_email.state, "answer 400" in by_email.said) == ("notify_email", "failed", True)
    assert (by_post.channel, by_post.state) == ("notify", "sent")


def test_a_wrong_key_keeps_the_letters_waiting_and_says_so(notify, settings):
    settings.NOTIFY = {**settings.NOTIFY, "key": KEY[:-4] + "0000"}
    delivery = send(written(), at=AT)
    assert send_at() == 0
    delivery.refresh_from_db()
    assert (delivery.state, "does not know the key" in delivery.said) == ("waiting", True)


def test_nothing_listening_keeps_the_letters_waiting(notify, settings):
    settings.NOTIFY = {**settings.NOTIFY, "address": "http://127.0.0.1:9"}
    delivery = send(written(), at=AT)
    assert send_at() == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.said) == ("waiting", "GOV.UK Notify did not answer")


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("pending-virus-check", "sent"),
        ("accepted", "sent"),
        ("a status nobody knows yet", "sent"),
        ("received", "delivered"),
        ("virus-scan-failed", "failed"),
        ("validation-failed", "failed"),
        ("cancelled", "failed"),
        ("technical-failure", "failed"),
        ("permanent-failure", "failed"),
        ("returned-letter", "returned"),
    ],
)
def test_what_became_of_a_letter_is_learned_by_asking(notify, status, state):
    delivery = send(written(), at=AT)
    send_at()
    notify.becomes(status)
    assert ask_at(AT + timedelta(minutes=59)) == 0
    assert ask_at(AT + timedelta(hours=1)) == (state != "sent")
    delivery.refresh_from_db()
    assert delivery.state == state


def test_an_e_mail_that_bounced_is_followed_by_a_letter(notify):
    letter = written(somebody(**E_MAIL))
    send(letter, at=AT)
    send_at()
    notify.becomes("permanent-failure")
    ask_at(AT + timedelta(hours=1))
    send_at(AT + timedelta(hours=1))
    assert [each["type"] for each in notify.taken(letter.reference)] == ["email", "letter"]


def test_a_letter_sent_again_after_it_failed_at_notify_goes_again_once(notify):
    letter = written()
    delivery = send(letter, at=AT)
    send_at()
    notify.becomes("technical-failure")
    ask_at(AT + timedelta(hours=1))
    services.send_again(delivery, at=LATER, by="sam@example.gov.uk")
    notify.faults.append(Fault.TAKES_AND_HANGS_UP)
    send_at(LATER)
    assert send_at(LATER + timedelta(hours=1)) == 1
    assert [each["status"] for each in notify.taken(letter.reference)] == ["technical-failure", "pending-virus-check"]


def test_asking_goes_on_another_time_where_notify_does_not_answer(notify, settings):
    delivery = send(written(), at=AT)
    send_at()
    notify.becomes("received")
    address, settings.NOTIFY = settings.NOTIFY["address"], {**settings.NOTIFY, "address": "http://127.0.0.1:9"}
    assert ask_at(AT + timedelta(hours=1)) == 0
    settings.NOTIFY = {**settings.NOTIFY, "address": address}
    assert ask_at(AT + timedelta(hours=1)) == 1
    delivery.refresh_from_db()
    assert delivery.state == "delivered"


def test_a_letter_that_notify_would_surely_refuse_goes_to_the_print_folder_instead(notify, print_folder):
    chapters = [{**chapter, "lines": chapter["lines"] * 60} for chapter in fields_of()["chapters"]]
    letter = written(chapters=chapters)
    send(letter, at=AT)
    send_at()
    by_notify, by_print = letter.deliveries.order_by("id")
    assert (by_notify.channel, by_notify.state, "pages" in by_notify.said) == ("notify", "failed", True)
    assert (by_print.channel, by_print.state) == ("print", "sent")
    assert notify.notifications == [] and len(list(print_folder.glob("*.pdf"))) == 1


def test_a_letter_that_may_have_arrived_is_never_printed_as_well(notify):
    letter = written()
    delivery = send(letter, at=AT)
    notify.faults.extend([Fault.BROKEN] * 5 + [Fault.TAKES_AND_BREAKS])
    for _ in range(sending.MOST_TRIES):
        delivery.refresh_from_db()
        send_at(delivery.try_after)
    delivery.refresh_from_db()
    assert (delivery.state, letter.deliveries.count()) == ("failed", 1)
    services.send_again(delivery, at=LATER, by="sam@example.gov.uk")
    assert send_at(LATER) == 1
    assert len(notify.taken(letter.reference)) == 1


@pytest.mark.parametrize("status", [400, 404, 500])
def test_nothing_is_sent_while_nobody_can_say_whether_it_arrived_before(notify, status):
    notify.refuses_to_look_up = status
    delivery = send(written(), at=AT)
    assert send_at() == 0
    assert notify.asked == ["GET /v2/notifications"]
    delivery.refresh_from_db()
    assert delivery.state == "waiting"


def test_what_notify_no_longer_keeps_stays_as_it_was(notify):
    delivery = send(written(), at=AT)
    send_at()
    notify.notifications.clear()
    assert ask_at(AT + timedelta(hours=1)) == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.try_after) == ("sent", AT + timedelta(hours=2))

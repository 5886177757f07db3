"""What is queued goes once; what does not go is tried again with growing waits, and then officers are told."""

from datetime import date, timedelta

import pytest

from farthing.base.refusal import Refusal
from farthing.service.audit.selectors import events_about
from farthing.service.correspondence import selectors, sending, services
from farthing.service.correspondence.models import Delivery
from farthing.service.correspondence.services import send
from farthing.service.jobs import stopping
from tests.service.correspondence.invented import AT, LATER, somebody, written

pytestmark = pytest.mark.django_db
E_MAIL = {"letters_by": "email", "email": "olive@home.example"}


def send_at(at=AT) -> int:
    """Send what waits at a moment."""
    return sending.send_waiting(lambda: at)


def test_a_letter_goes_into_the_print_folder_under_its_reference(print_folder):
    letter = written()
    delivery = send(letter, at=AT)
    assert send_at() == 1
    assert [file.name for file in print_folder.iterdir()] == [f"{letter.reference}.pdf"]
    assert (print_folder / f"{letter.reference}.pdf").read_bytes() == services.pdf(letter)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.said, delivery.tries) == ("sent", "In the print folder", 1)
    assert send_at(LATER) == 0


def test_what_became_of_a_letter_is_told_to_the_audit_about_its_person():
    letter = written()
    send(letter, at=AT)
    send_at()
    events = events_about(letter.person.reference)
    assert [event.action for event in events] == ["letter sent", "letter queued", "letter written"]
    assert all(event.details["letter"] == letter.reference for event in events)


def test_a_letter_is_not_sent_before_its_time():
    send(written(), at=AT)
    assert send_at(AT - timedelta(seconds=1)) == 0


def test_waits_grow_and_after_the_last_try_officers_are_told(print_folder):
    print_folder.parent.mkdir(exist_ok=True)
    print_folder.write_text("a file where the folder should be")
    delivery = send(written(), at=AT)
    at, waits = AT, []
    for _ in range(sending.MOST_TRIES - 1):
        assert send_at(at) == 0
        delivery.refresh_from_db()
        waits.append(delivery.try_after - at)
        assert (delivery.state, "print folder cannot be written to" in delivery.said) == ("waiting", True)
        assert send_at(delivery.try_after - timedelta(seconds=1)) == 0
        at = delivery.try_after
    assert waits == list(sending.WAITS) == sorted(waits)
    send_at(at)
    assert [(each.state, each.tries) for each in selectors.failed()] == [("failed", sending.MOST_TRIES)]
    assert send_at(LATER) == 0


def test_an_officer_may_have_a_failed_letter_sent_again(print_folder):
    print_folder.write_text("a file where the folder should be")
    delivery = send(written(), at=AT)
    for _ in range(sending.MOST_TRIES):
        delivery.refresh_from_db()
        send_at(delivery.try_after)
    print_folder.unlink()
    delivery.refresh_from_db()
    services.send_again(delivery, at=LATER, by="sam@example.gov.uk")
    assert send_at(LATER) == 1
    with pytest.raises(Refusal, match="has not failed"):
        services.send_again(delivery, at=LATER, by="sam@example.gov.uk")


def test_a_channel_that_cannot_be_used_costs_one_letter_a_try_and_the_others_none(print_folder):
    print_folder.write_text("a file where the folder should be")
    deliveries = [send(written(), at=AT) for _ in range(4)]
    send_at()
    for delivery in deliveries:
        delivery.refresh_from_db()
    assert [(each.state, each.tries) for each in deliveries] == [("waiting", 1)] + [("waiting", 0)] * 3
    print_folder.unlink()
    assert send_at(LATER) == 4


def test_a_letter_that_cannot_be_printed_keeps_no_other_from_going(print_folder):
    person = somebody()
    bad = send(written(person, headline=["\u0e01\u0e02"]), at=AT)
    good = send(written(), at=AT)
    assert send_at() == 1
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, good.state) == ("failed", "sent")
    assert bad.said == "The letter cannot be printed because of: headline[0]"


def test_a_letter_already_moved_among_the_printed_is_not_written_again(print_folder):
    letter = written()
    send(letter, at=AT)
    (print_folder / "printed").mkdir(parents=True)
    (print_folder / "printed" / f"{letter.reference}.pdf").write_bytes(b"taken")
    assert send_at() == 1
    assert not list(print_folder.glob("*.pdf"))


def test_a_letter_to_somebody_who_died_since_is_withheld(print_folder):
    person = somebody()
    delivery = send(written(person), at=AT)
    person.died_on = date(2026, 11, 24)
    person.save()
    assert send_at() == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.said.split(".")[0]) == ("failed", "The person has died")
    assert not print_folder.exists()


def test_no_e_mail_and_no_letter_in_its_place_goes_after_a_death(settings, mailoutbox):
    settings.CHANNEL = "email"
    person = somebody(**E_MAIL)
    send(written(person), at=AT)
    person.died_on = date(2026, 11, 24)
    person.save()
    send_at()
    send_at(LATER)
    assert mailoutbox == []
    assert [each.channel for each in Delivery.objects.all()] == ["email"]


def test_a_sender_asked_to_stop_gives_back_what_it_has_in_hand():
    deliveries = [send(written(), at=AT) for _ in range(3)]
    try:
        sending.send_waiting(lambda: AT, told=lambda sent: stopping._asked.set())
    finally:
        stopping._asked.clear()
    states = list(Delivery.objects.order_by("id").values_list("state", "tries"))
    assert states == [("sent", 1), ("waiting", 0), ("waiting", 0)]
    assert send_at() == len(deliveries) - 1


def test_a_sender_that_comes_back_late_changes_nothing():
    delivery = send(written(), at=AT)
    (late,) = sending._take_in_hand(sending.channels()["print"], AT)
    assert sending.queue_lost_again(AT + timedelta(minutes=14)) == 0
    assert sending.queue_lost_again(AT + timedelta(minutes=16)) == 1
    assert send_at(AT + timedelta(minutes=16)) == 1
    assert not sending._record(late, sending.Answer("", "late", "failed"), AT + timedelta(minutes=17))
    delivery.refresh_from_db()
    assert delivery.state == "sent"


def test_a_sender_that_comes_back_late_takes_nothing_out_of_anothers_hand():
    delivery = send(written(), at=AT)
    way = sending.channels()["print"]
    (late,) = sending._take_in_hand(way, AT)
    sending.queue_lost_again(AT + timedelta(minutes=16))
    (other,) = sending._take_in_hand(way, AT + timedelta(minutes=16))
    sending._put_back(late, "late", AT + timedelta(minutes=17))
    sending._give_back([late])
    delivery.refresh_from_db()
    assert (delivery.state, delivery.claim, delivery.tries) == ("sending", other.claim, 2)


def test_an_e_mail_tells_nothing_of_the_person_or_the_letter(settings, mailoutbox):
    settings.CHANNEL, settings.ADDRESS = "email", "https://care.example.gov.uk"
    letter = written(somebody(**E_MAIL))
    send(letter, at=AT)
    assert send_at() == 1
    (message,) = mailoutbox
    assert message.to == ["olive@home.example"] and not message.attachments
    assert message.extra_headers["Message-ID"] == f"<{letter.reference}@care.example.gov.uk>"
    assert "https://care.example.gov.uk" in message.body
    for personal in ("Olive", "Invented", "decision", letter.fields["reference"], "£"):
        assert personal not in message.subject + message.body


def test_a_letter_whose_e_mail_address_went_away_goes_by_post(settings, mailoutbox, print_folder):
    settings.CHANNEL = "email"
    person = somebody(**E_MAIL)
    letter = written(person)
    send(letter, at=AT)
    person.email = ""
    person.save()
    send_at()
    assert mailoutbox == []
    assert [(each.channel, each.state) for each in letter.deliveries.order_by("id")] == [
        ("email", "failed"),
        ("print", "sent"),
    ]
    assert (print_folder / f"{letter.reference}.pdf").exists()


def test_counts_say_how_many_are_in_each_state():
    for _ in range(2):
        send(written(), at=AT)
    send_at()
    send(written(), at=AT)
    assert selectors.counts() == {"sent": 2, "waiting": 1}
    assert [each.state for each in selectors.waiting()] == ["waiting"]

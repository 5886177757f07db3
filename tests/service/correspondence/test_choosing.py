"""How a letter goes: as its person wishes, as far as the settings and the letter allow, and otherwise by print, saying why."""

from datetime import date

import pytest

from farthing.base.refusal import Refusal
from farthing.service.correspondence.channels import channels
from farthing.service.correspondence.checks import sending_is_set_up
from farthing.service.correspondence.models import Delivery
from farthing.service.correspondence.services import send
from tests.service.correspondence.invented import AT, LATER, fields_of, somebody, written

pytestmark = pytest.mark.django_db
E_MAIL = {"letters_by": "email", "email": "olive@home.example"}


def test_the_channels_are_found_by_their_place():
    assert set(channels()) == {"print", "email", "notify", "notify_email"}


@pytest.mark.parametrize(
    ("setting", "person", "channel", "said"),
    [
        ("print", {}, "print", ""),
        ("print", E_MAIL, "print", "This service sends no e-mail"),
        ("email", {}, "print", ""),
        ("email", E_MAIL, "email", ""),
        ("email", {"letters_by": "email"}, "print", "The person has given no e-mail address"),
        ("email", {**E_MAIL, "died_on": date(2026, 11, 1)}, "print", ""),
        ("notify", {}, "notify", ""),
        ("notify", E_MAIL, "notify_email", ""),
        ("notify", {"letters_by": "email"}, "notify", "The person has given no e-mail address"),
        ("notify", {**E_MAIL, "died_on": date(2026, 11, 1)}, "notify", ""),
    ],
)
def test_a_letter_goes_as_its_person_wishes_where_it_can(settings, notify, setting, person, channel, said):
    settings.CHANNEL = setting
    delivery = send(written(somebody(**person)), at=AT)
    assert (delivery.channel, delivery.state) == (channel, "waiting")
    assert delivery.said.startswith(said) and bool(said) == bool(delivery.said)


def test_without_a_template_for_e_mails_notify_posts_the_letter_and_says_why(settings, notify):
    settings.NOTIFY = {**settings.NOTIFY, "email_template": ""}
    delivery = send(written(somebody(**E_MAIL)), at=AT)
    assert (delivery.channel, "FARTHING_NOTIFY_EMAIL_TEMPLATE" in delivery.said) == ("notify", True)


def test_an_address_that_notify_would_refuse_is_printed_here_and_the_reason_names_no_address(notify):
    bad = {**fields_of()["to"], "address": ["(Flat 2)", "Exampleton", "No postcode"]}
    delivery = send(written(to=bad), at=AT)
    assert delivery.channel == "print"
    assert "address" in delivery.said and "Exampleton" not in delivery.said and "postcode" not in delivery.said


def test_sending_twice_queues_once(settings):
    letter = written()
    first = send(letter, at=AT)
    settings.CHANNEL = "notify"
    assert send(letter, at=LATER) == first
    assert Delivery.objects.count() == 1


def test_a_way_to_send_that_is_none_is_refused_when_the_service_starts_and_when_a_letter_is_sent(settings):
    settings.CHANNEL = "pigeon"
    assert [problem.id for problem in sending_is_set_up()] == ["correspondence.E001"]
    with pytest.raises(Refusal, match=r"FARTHING_CHANNEL is not a way to send: 'pigeon'.*email, notify, print"):
        send(written(), at=AT)


def test_notify_without_its_key_is_refused_when_the_service_starts(settings, notify):
    assert sending_is_set_up() == []
    settings.NOTIFY = {**settings.NOTIFY, "key": ""}
    assert [problem.id for problem in sending_is_set_up()] == ["correspondence.E002"]

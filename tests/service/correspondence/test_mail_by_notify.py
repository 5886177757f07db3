"""Without a mail server, links to sign in go by GOV.UK Notify, in their own words, and whoever asked is told if they did not."""

import pytest
from django.core.mail import EmailMessage, get_connection
from django.test import Client

from farthing.service.access.models import SignInLink
from tests.service.correspondence.notify_stand_in import TEMPLATE, Fault

pytestmark = pytest.mark.django_db
ADA = "ada@home.example"


@pytest.fixture
def by_notify(notify, settings):
    """Notify, with a template for what has words of its own."""
    settings.NOTIFY = {**settings.NOTIFY, "message_template": TEMPLATE}
    settings.EMAIL_BACKEND = "farthing.service.correspondence.notify_mail.EmailBackend"
    return notify


def test_a_link_to_sign_in_arrives_and_works(by_notify):
    Client().post("/sign-in/", {"email": ADA})
    (taken,) = by_notify.notifications
    assert (taken["type"], taken["email_address"]) == ("email", ADA)
    assert taken["personalisation"]["subject"]
    (link,) = [word for word in taken["personalisation"]["message"].split() if word.startswith("http")]
    browser = Client()
    browser.post(link)
    assert browser.get("/account/").status_code == 200


@pytest.mark.parametrize("fault", [Fault.DOWN, Fault.TOO_MANY, Fault.HANGS_UP])
def test_when_notify_does_not_take_it_the_person_is_told_and_no_link_is_left(by_notify, fault):
    by_notify.faults.append(fault)
    assert "We could not send the email" in Client().post("/sign-in/", {"email": ADA}).text
    assert not SignInLink.objects.exists()


def test_what_has_a_file_with_it_is_refused_with_what_to_set(by_notify):
    message = EmailMessage("Subject", "Body", to=[ADA])
    message.attach("letter.pdf", b"%PDF", "application/pdf")
    with pytest.raises(OSError, match="FARTHING_EMAIL_HOST"):
        get_connection().send_messages([message])
    assert by_notify.notifications == []

"""Plain e-mail over real SMTP: what the mail server says for good, and what it says for now."""

import socketserver
from threading import Thread

import pytest

from farthing.service.correspondence import sending
from farthing.service.correspondence.services import send
from tests.service.correspondence.invented import AT, somebody, written

pytestmark = pytest.mark.django_db


SILENCE = "silence"


class _MailServer(socketserver.StreamRequestHandler):
    """Speaks enough SMTP; ``answers`` change what it says to a command, and nothing said is a line cut."""

    answers: dict[str, str]
    taken: list[str]

    def handle(self):
        self.say("220 stand-in")
        while line := self.rfile.readline().decode():
            command = line.split()[0].upper()
            answer = self.answers.get(command, {"DATA": "354 go on", "QUIT": "221 bye"}.get(command, "250 ok"))
            if not answer:
                return
            if answer == SILENCE:
                continue
            self.say(answer)
            if answer.startswith("354"):
                self.taken.append("".join(iter(lambda: self.rfile.readline().decode(), ".\r\n")))
                self.say("250 taken")

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def mail_server(settings):
    """A mail server the service sends by."""
    handler = type("Handler", (_MailServer,), {"answers": {}, "taken": []})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        settings.CHANNEL = "email"
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        yield handler
        server.shutdown()


def queued():
    """A letter that waits to go by e-mail."""
    return send(written(somebody(letters_by="email", email="olive@home.example")), at=AT)


def states(delivery):
    return [(each.channel, each.state) for each in delivery.letter.deliveries.order_by("id")]


def test_the_mail_server_is_handed_the_message_under_the_letters_reference(mail_server):
    delivery = queued()
    assert sending.send_waiting(lambda: AT) == 1
    (message,) = mail_server.taken
    assert f"Message-ID: <{delivery.letter.reference}@localhost>" in message
    assert states(delivery) == [("email", "sent")]


def test_an_address_nobody_has_is_not_tried_again_and_the_letter_is_printed(mail_server):
    mail_server.answers["RCPT"] = "550 no such user"
    delivery = queued()
    sending.send_waiting(lambda: AT)
    assert states(delivery) == [("email", "failed"), ("print", "sent")]
    delivery.refresh_from_db()
    assert delivery.said == "The mail server does not know the address (answer 550)"


@pytest.mark.parametrize(
    "answers",
    [{"RCPT": "451 later"}, {"DATA": "452 full"}, {"MAIL": "421 closing"}, {"RCPT": ""}, {"EHLO": "", "HELO": ""}],
)
def test_what_the_mail_server_cannot_do_now_is_tried_again(mail_server, answers):
    mail_server.answers |= answers
    delivery = queued()
    assert sending.send_waiting(lambda: AT) == 0
    assert states(delivery) == [("email", "waiting")]
    mail_server.answers.clear()
    assert sending.send_waiting(lambda: AT + sending.WAITS[0]) == 1
    assert len(mail_server.taken) == 1


def test_a_mail_server_that_says_nothing_holds_a_sender_no_longer_than_it_may_hold_a_letter(mail_server, settings):
    assert sending.LOST_AFTER.total_seconds() / 2 > settings.EMAIL_TIMEOUT
    settings.EMAIL_TIMEOUT = 0.2
    mail_server.answers["MAIL"] = SILENCE
    delivery = queued()
    assert sending.send_waiting(lambda: AT) == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.said) == ("waiting", "The mail server cannot be used: SMTPServerDisconnected")

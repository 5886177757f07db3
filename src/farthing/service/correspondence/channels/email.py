"""Plain e-mail. It says that there is a letter and where to read it, and nothing about the person or the letter.

A mail server keeps no list to ask, so after a crash at the wrong moment an e-mail may go twice, under one Message-ID.
"""

from smtplib import SMTPException, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from farthing.service.correspondence.channels import Answer, TryLater, WillNotGo
from farthing.service.correspondence.models import Letter
from farthing.service.people.models import Channel as Wish

SUBJECT = "You have a new letter"
TEXT = """Hello

There is a new letter for you about paying for care.

To read it, sign in to your account:
{address}

We never ask for your bank details or a password by e-mail.
"""
NO_ADDRESS = "The person has given no e-mail address"


class Email:
    """Sends by the mail server of the settings that begin EMAIL_."""

    name = "email"
    wish = Wish.EMAIL
    used_for = frozenset({"email"})
    at_once = 1

    def cannot(self, letter: Letter) -> str:
        return "" if letter.person and letter.person.email else NO_ADDRESS

    def earlier(self, letter: Letter) -> Answer | None:
        return None

    def carry(self, letter: Letter, pdf: bytes) -> Answer:
        if letter.person is None or self.cannot(letter):
            raise WillNotGo(NO_ADDRESS)
        message_id = f"<{letter.reference}@{urlsplit(settings.ADDRESS).hostname or 'localhost'}>"
        message = EmailMessage(
            SUBJECT, TEXT.format(address=settings.ADDRESS), to=[letter.person.email], headers={"Message-ID": message_id}
        )
        try:
            message.send()
        except SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            if all(code >= 500 for code in codes):
                raise WillNotGo(f"The mail server does not know the address (answer {codes[0]})") from error
            raise TryLater(f"The mail server wants it later (answer {codes[0]})") from error
        except (SMTPException, OSError) as error:
            raise TryLater(f"The mail server cannot be used: {type(error).__name__}", for_all=True) from error
        return Answer(message_id, "Handed to the mail server")

    def news(self, outside_reference: str) -> Answer | None:
        return None


CHANNEL = Email()

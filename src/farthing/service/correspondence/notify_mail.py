"""Django's e-mails by GOV.UK Notify, for a council without a mail server: sign-in links and the like, in their own words."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from farthing.service.correspondence.channels import TryLater, WillNotGo
from farthing.service.correspondence.channels.notify import answering


class EmailBackend(BaseEmailBackend):
    """Hands over what an e-mail says as ((subject)) and ((message)) of the council's template at Notify."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Hand e-mails over and give how many were. Raises ``OSError`` where one cannot be, as a mail server would."""
        sent = 0
        for message in email_messages:
            if message.attachments:
                raise OSError("GOV.UK Notify takes no attachments this way: set FARTHING_EMAIL_HOST to a mail server")
            said = {"subject": str(message.subject), "message": str(message.body)}
            for address in message.recipients():
                try:
                    with answering() as notify:
                        notify.send_email_notification(address, settings.NOTIFY["message_template"], said)
                except (TryLater, WillNotGo) as error:
                    raise OSError(str(error)) from error
            sent += 1
        return sent

"""E-mail by GOV.UK Notify, from the council's template there, which says that there is a letter and where to read it."""

from django.conf import settings

from farthing.service.correspondence.channels import Answer, WillNotGo
from farthing.service.correspondence.channels.email import NO_ADDRESS
from farthing.service.correspondence.channels.notify import HAS_IT, Notify, answering
from farthing.service.correspondence.models import Letter
from farthing.service.people.models import Channel as Wish


class EmailedByNotify(Notify):
    """Hands Notify the address of the service, which the template must hold as ((address)), and nothing else."""

    name = "notify_email"
    kind = "email"
    wish = Wish.EMAIL

    def cannot(self, letter: Letter) -> str:
        if not settings.NOTIFY["email_template"]:
            return "The setting FARTHING_NOTIFY_EMAIL_TEMPLATE is not set"
        return "" if letter.person and letter.person.email else NO_ADDRESS

    def carry(self, letter: Letter, pdf: bytes) -> Answer:
        if letter.person is None or (why := self.cannot(letter)):
            raise WillNotGo(why if letter.person else NO_ADDRESS)
        with answering() as notify:
            taken = notify.send_email_notification(
                letter.person.email,
                settings.NOTIFY["email_template"],
                personalisation={"address": settings.ADDRESS},
                reference=letter.reference,
            )
        return Answer(str(taken["id"]), HAS_IT)


CHANNEL = EmailedByNotify()

"""Letters by GOV.UK Notify: it prints and posts a PDF, and is asked what became of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from django.conf import settings
from notifications_python_client.errors import APIError, HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

from farthing.base.refusal import Problem
from farthing.letters.notify import address_problems, letter_problems
from farthing.service.correspondence.channels import Answer, TryLater, WillNotGo
from farthing.service.correspondence.models import DeliveryState, Letter
from farthing.service.people.models import Channel as Wish

SECONDS = 30
"""How long Notify may take to answer."""

HAS_IT = "GOV.UK Notify has it"

STATES = {
    "created": DeliveryState.SENT,
    "sending": DeliveryState.SENT,
    "pending": DeliveryState.SENT,
    "pending-virus-check": DeliveryState.SENT,
    "accepted": DeliveryState.SENT,
    "sent": DeliveryState.DELIVERED,
    "received": DeliveryState.DELIVERED,
    "delivered": DeliveryState.DELIVERED,
    "virus-scan-failed": DeliveryState.FAILED,
    "validation-failed": DeliveryState.FAILED,
    "cancelled": DeliveryState.FAILED,
    "technical-failure": DeliveryState.FAILED,
    "temporary-failure": DeliveryState.FAILED,
    "permanent-failure": DeliveryState.FAILED,
    "returned-letter": DeliveryState.RETURNED,
}
"""What each of Notify's statuses means here. "received" is printed and posted."""


def answer_of(notification: Mapping[str, Any]) -> Answer:
    """What Notify says of a notification, as it comes from its API or in a receipt."""
    status = str(notification["status"])
    return Answer(str(notification["id"]), f"GOV.UK Notify: {status}", STATES.get(status, DeliveryState.SENT))


class Notify:
    """What all that goes by Notify has in common. ``kind`` is what Notify calls it."""

    used_for = frozenset({"notify"})
    at_once = 1
    kind: str

    def earlier(self, letter: Letter) -> Answer | None:
        try:
            with answering() as notify:
                found = notify.get_all_notifications(reference=letter.reference)["notifications"]
        except WillNotGo as error:  # nobody knows whether an earlier try arrived, so nothing may be sent now
            raise TryLater(str(error), for_all=True) from error
        answers = (answer_of(each) for each in found if each["type"] == self.kind)
        return next((answer for answer in answers if answer.state != DeliveryState.FAILED), None)

    def news(self, outside_reference: str) -> Answer | None:
        try:
            with answering() as notify:
                return answer_of(notify.get_notification_by_id(outside_reference))
        except WillNotGo:
            return None  # it keeps them for a while only


class PostedByNotify(Notify):
    """A PDF that Notify prints and posts. The letter's own reference goes with it, so a lost answer can be asked for."""

    name = "notify"
    kind = "letter"
    wish = Wish.POST

    def cannot(self, letter: Letter) -> str:
        to = letter.fields.get("to")
        if not to:
            return "The letter has no address for GOV.UK Notify"
        problems = address_problems([to["name"], *to["address"]])
        return f"GOV.UK Notify would not take the address: {_places(problems)}" if problems else ""

    def carry(self, letter: Letter, pdf: bytes) -> Answer:
        if problems := letter_problems(pdf):
            raise WillNotGo(f"GOV.UK Notify would not take the letter: {problems[0].field} {problems[0].problem}")
        with answering() as notify:
            taken = notify.send_precompiled_letter_notification(letter.reference, BytesIO(pdf), "second")
        return Answer(str(taken["id"]), HAS_IT)


@contextmanager
def answering() -> Iterator[NotificationsAPIClient]:
    """Notify's client; what goes wrong with it comes out as ``TryLater`` or ``WillNotGo``."""
    if not settings.NOTIFY["key"]:
        raise TryLater("The setting FARTHING_NOTIFY_KEY is not set", for_all=True)
    try:
        yield NotificationsAPIClient(settings.NOTIFY["key"], base_url=settings.NOTIFY["address"], timeout=SECONDS)
    except HTTPError as error:
        raise _sorted_out(error) from error
    except APIError as error:
        raise TryLater("GOV.UK Notify gave an answer that cannot be read", for_all=True) from error


def _sorted_out(error: HTTPError) -> TryLater | WillNotGo:
    status = error.status_code
    if error.response is None:
        return TryLater("GOV.UK Notify did not answer", for_all=True)
    if status in (401, 403):
        return TryLater(f"GOV.UK Notify does not know the key, or not for this (answer {status})", for_all=True)
    if status == 429 or status >= 500:
        return TryLater(f"GOV.UK Notify wants it later (answer {status})", for_all=True)
    return WillNotGo(f"GOV.UK Notify refused it (answer {status}): {error.message}")


def _places(problems: list[Problem]) -> str:
    """Where the problems are, without what stands there."""
    return ", ".join(dict.fromkeys(problem.field for problem in problems))


CHANNEL = PostedByNotify()

"""Messages from people to the council. The council's own are written in ``services.casework``."""

from datetime import datetime

from django.db import transaction

from farthing.base.refusal import Problem, Refusal
from farthing.service.access.models import Account
from farthing.service.assessments.models import AssessmentRequest, Message
from farthing.service.audit.services import record

LONGEST = 4000
"""Characters of a message."""


def write_to_council(request: AssessmentRequest, text: str, *, by: Account, at: datetime) -> Message:
    """Write to the council about a request. The same message twice running is sent once. Raises ``Refusal``."""
    said = text.replace("\r\n", "\n").strip()
    if not said:
        raise Refusal(Problem("text", "is empty", "Write your message"))
    if len(said) > LONGEST:
        raise Refusal(Problem("text", f"is longer than {LONGEST:,} characters", "Send it in two messages"))
    with transaction.atomic():
        AssessmentRequest.objects.select_for_update().get(pk=request.pk)
        last = Message.objects.filter(request=request).order_by("-id").first()
        if last and not last.from_council and last.written_by_id == by.pk and last.text == said:
            return last
        message = Message.objects.create(request=request, from_council=False, written_by=by, text=said, written_at=at)
        record(action="message sent", actor=by.actor, about=request.person.reference, at=at, request=request.reference)
    return message


def read_by_person(request: AssessmentRequest, *, by: Account, at: datetime) -> None:
    """Record that the person, or whoever acts for them, has read what the council wrote about a request."""
    with transaction.atomic():
        if Message.objects.filter(request=request, from_council=True, read_at=None).update(read_at=at):
            record(action="message read", actor=by.actor, about=request.person.reference, at=at,
                   request=request.reference)  # fmt: skip

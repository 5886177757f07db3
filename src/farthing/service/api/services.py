"""Taking in an application that a program sends, once for each key it is sent under."""

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction

from farthing.base.refusal import Problem, Refusal
from farthing.service.access.models import ApiToken
from farthing.service.api.intake import details_of, read_application
from farthing.service.api.models import SentOnce
from farthing.service.api.refusals import Refused
from farthing.service.assessments.models import AssessmentRequest, How, Kind
from farthing.service.assessments.services.requests import begin, submit
from farthing.service.clock import day_of
from farthing.service.people.services import add_person


def take_in(body: bytes, *, key: str, token: ApiToken, at: datetime) -> tuple[AssessmentRequest, bool]:
    """The request that an application becomes, as received, and whether it is new.

    Sent again under the same key it is the same request. Raises ``Refusal`` with everything that is wrong with it, and
    ``Refused`` (409) where the key was used for another application.
    """
    digest = hashlib.sha256(body).hexdigest()
    if earlier := _earlier(key, digest, token):
        return earlier, False
    details, answers, says = read_application(body, today=day_of(at))
    try:
        with transaction.atomic():
            by = token.made_by
            person = add_person(details_of(details), by=by, at=at)
            begun = begin(person, Kind.APPLICATION, by=by, at=at, how=How.ONLINE, answers=answers)
            request = submit(begun, by=by, at=at, says=says)
            SentOnce.objects.create(token=token, key=key, digest=digest, request=request, sent_at=at)
    except (IntegrityError, Refusal):  # somebody else sent the same at the same moment, and was first
        if earlier := _earlier(key, digest, token):
            return earlier, False
        raise
    return request, True


def _earlier(key: str, digest: str, token: ApiToken) -> AssessmentRequest | None:
    sent = SentOnce.objects.filter(token=token, key=key).select_related("request__person").first()
    if sent is not None and sent.digest != digest:
        what_to_do = "Use a new key for each application; the same key only to send the same again"
        raise Refused(409, Problem("Idempotency-Key", "was used for another application", what_to_do))
    return sent.request if sent else None

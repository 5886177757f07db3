"""Taking in an application that a program sends, once for each key it is sent under."""

import hashlib
from datetime import datetime

from farthing.base.refusal import Problem
from farthing.service.access.models import ApiToken
from farthing.service.api.intake import details_of, read_application
from farthing.service.api.refusals import Refused
from farthing.service.assessments.models import AssessmentRequest, How, Kind
from farthing.service.assessments.services.requests import begin, submit
from farthing.service.assessments.services.sent_once import KeyUsed, sent_once
from farthing.service.clock import day_of
from farthing.service.people.services import add_person


def take_in(body: bytes, *, key: str, token: ApiToken, at: datetime) -> tuple[AssessmentRequest, bool]:
    """The request that an application becomes, as received, and whether it is new.

    Sent again under the same key it is the same request. Raises ``Refusal`` with everything that is wrong with it, and
    ``Refused`` (409) where the key was used for another application.
    """

    def make() -> AssessmentRequest:
        details, answers, says = read_application(body, today=day_of(at))
        person = add_person(details_of(details), by=token.made_by, at=at)
        begun = begin(person, Kind.APPLICATION, by=token.made_by, at=at, how=How.ONLINE, answers=answers)
        return submit(begun, by=token.made_by, at=at, says=says)

    try:
        return sent_once(token, key, hashlib.sha256(body).hexdigest(), make, at=at)
    except KeyUsed:
        what_to_do = "Use a new key for each application; the same key only to send the same again"
        raise Refused(409, Problem("Idempotency-Key", "was used for another application", what_to_do)) from None

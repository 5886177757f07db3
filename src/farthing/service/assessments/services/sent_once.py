"""Taking in what another program sends, once for each key it is sent under."""

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction

from farthing.base.refusal import Refusal
from farthing.service.access.models import ApiToken
from farthing.service.assessments.models import AssessmentRequest, SentOnce


class KeyUsed(Exception):
    """Raised where a key was used for something else before. Nothing was written."""


def sent_once(
    token: ApiToken, key: str, digest: str, make: Callable[[], AssessmentRequest], *, at: datetime
) -> tuple[AssessmentRequest, bool]:
    """The request that ``make`` makes, and whether it is new. Sent again under the same key it is the same request.

    ``digest`` is over what was sent. Raises ``KeyUsed`` where the key was used for something else.
    """
    if earlier := _earlier(token, key, digest):
        return earlier, False
    try:
        with transaction.atomic():
            request = make()
            SentOnce.objects.create(token=token, key=key, digest=digest, request=request, sent_at=at)
    except (IntegrityError, Refusal):  # somebody else sent the same at the same moment, and was first
        if earlier := _earlier(token, key, digest):
            return earlier, False
        raise
    return request, True


def _earlier(token: ApiToken, key: str, digest: str) -> AssessmentRequest | None:
    sent = SentOnce.objects.filter(token=token, key=key).select_related("request__person").first()
    if sent is not None and sent.digest != digest:
        raise KeyUsed
    return sent.request if sent else None

"""GOV.UK Notify's callbacks: what became of an e-mail, and which letter came back. Each carries the council's token."""

import json
import logging
from collections.abc import Callable
from functools import wraps
from hmac import compare_digest
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from farthing.service import clock
from farthing.service.access.gates import Who, seen_by
from farthing.service.correspondence.channels import Answer
from farthing.service.correspondence.channels.notify import CHANNEL as POSTED
from farthing.service.correspondence.channels.notify import answer_of
from farthing.service.correspondence.channels.notify_email import CHANNEL as EMAILED
from farthing.service.correspondence.models import DeliveryState
from farthing.service.correspondence.services import learn

log = logging.getLogger(__name__)

Said = dict[str, Any]
CHANNELS = {channel.kind: channel.name for channel in (POSTED, EMAILED)}
MOST_BYTES = 20_000


def _from_notify(take_in: Callable[[Said], None]) -> Callable[[HttpRequest], HttpResponse]:
    """Make a view of what takes in a callback: it asks for the token, reads the JSON and answers at once.

    What is about no letter of ours is taken too, or Notify would send it again and again.
    """

    @csrf_exempt
    @require_POST
    @seen_by(Who.PROGRAMS)
    @wraps(take_in)
    def view(request: HttpRequest) -> HttpResponse:
        token = settings.NOTIFY["callback_token"]
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not token or not compare_digest(given.encode(), token.encode()):
            return _refused(
                403, "The bearer token is not the council's", "Set FARTHING_NOTIFY_CALLBACK_TOKEN to Notify's"
            )
        try:
            if len(request.body) > MOST_BYTES:
                raise ValueError("too long")
            take_in(json.loads(request.body))
        except (ValueError, KeyError, TypeError):
            return _refused(400, "This is not a callback of GOV.UK Notify", "Send the JSON its documentation describes")
        return HttpResponse(status=204)

    return view


@_from_notify
def notify_receipt(said: Said) -> None:
    """What became of an e-mail."""
    channel = CHANNELS.get(said["notification_type"])
    if channel and said["reference"] and learn(said["reference"], channel, answer_of(said), at=clock.now()):
        log.info("Notify tells of %s: %s", said["reference"], said["status"])


@_from_notify
def notify_returned(said: Said) -> None:
    """Which letter came back."""
    answer = Answer(str(said["notification_id"]), "GOV.UK Notify: the letter came back", DeliveryState.RETURNED)
    if said["reference"] and learn(said["reference"], POSTED.name, answer, at=clock.now()):
        log.info("Notify tells that %s came back", said["reference"])


def _refused(status: int, problem: str, what_to_do: str) -> HttpResponse:
    return JsonResponse({"problem": problem, "what_to_do": what_to_do}, status=status)

"""What every call passes before its endpoint: how often, how large, in what notation."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from farthing.base.refusal import Problem
from farthing.service import clock
from farthing.service.access.computers import digest_of_computer
from farthing.service.api.limits import count_call
from farthing.service.api.refusals import MOST_BYTES, TOO_LARGE, not_allowed, refusing

JSON = "application/json"
NOT_JSON = Problem("Content-Type", "is not application/json", "Send JSON, and say so in Content-Type")

View = Callable[..., HttpResponse]


def behind_the_door(view: View) -> View:
    """A view that is asked only where a call is not too frequent, not too large, and in JSON; it always says the limit."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        allowance = count_call(digest_of_computer(request), at=clock.now())
        if allowance.is_used_up:
            response = refusing([allowance.problem], status=429)
        else:
            response = _refused_as_sent(request) or view(request, *args, **kwargs)
        if response.status_code == 405:
            response = not_allowed(request.method, response.get("Allow", ""))
        for name, value in allowance.headers.items():
            response[name] = value
        response["Cache-Control"] = "no-store"
        return response

    return guarded


def _refused_as_sent(request: HttpRequest) -> HttpResponse | None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > MOST_BYTES:
        return refusing([TOO_LARGE], status=413)
    if request.method == "POST" and request.content_type != JSON:
        return refusing([NOT_JSON], status=415)
    return None

"""What every call passes before its endpoint: how often, and how large."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from farthing.base.refusal import Problem
from farthing.service import clock
from farthing.service.access.computers import digest_of_computer
from farthing.service.access.limits import count_call
from farthing.service.api.interface import api
from farthing.service.api.refusals import MOST_BYTES, TOO_LARGE, Refused, not_allowed, refusing

JSON = "application/json"
NOT_JSON = Problem("Content-Type", "is not application/json", "Send JSON, and say so in Content-Type")

View = Callable[..., HttpResponse]


def behind_the_door(view: View) -> View:
    """A view that is asked only where calls are not too frequent and not too large; every answer says the limit."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        allowance = count_call(digest_of_computer(request), at=clock.now())
        if allowance.is_used_up:
            response = refusing([allowance.problem], status=429)
        elif _is_too_large(request):
            response = refusing([TOO_LARGE], status=413)
        else:
            response = _answered(view, request, *args, **kwargs)
        for name, value in allowance.headers.items():
            response[name] = value
        response["Cache-Control"] = "no-store"
        return response

    return guarded


def json_sent(request: HttpRequest) -> bytes:
    """What was sent, as it was written. Raises ``Refused`` where it does not say that it is JSON."""
    if request.content_type != JSON:
        raise Refused(415, NOT_JSON)
    return request.body


def _answered(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        response = view(request, *args, **kwargs)
    except Exception as error:
        response = api.on_exception(request, error)
    return not_allowed(request.method, response.get("Allow", "")) if response.status_code == 405 else response


def _is_too_large(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdigit() or int(length) > MOST_BYTES

"""What every call passes: read only, open to every page on the web, not too often, and not sent again where nothing changed."""

import hashlib
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from farthing.base.refusal import Problem, Refusal
from farthing.service import clock
from farthing.service.access.computers import digest_of_computer
from farthing.service.access.gates import Who, seen_by
from farthing.service.access.limits import count_call
from farthing.service.api.refusals import WENT_WRONG, not_allowed, refusing

logger = logging.getLogger(__name__)

METHODS = "GET, HEAD, OPTIONS"
KEPT_FOR = 300
"""Seconds for which an answer may be kept by whoever asked, before it is asked for again."""

NOT_FOUND = Problem("", "there is nothing at this address", "See /open-referral/ for what there is")

View = Callable[..., HttpResponseBase]


class NotFound(Exception):
    """Raised where nothing is found under a number."""


def open_to_programs(view: View) -> View:
    """A view that anybody may ask, from any page, to read alone; whatever it refuses is refused in one shape."""

    @csrf_exempt
    @seen_by(Who.EVERYBODY)
    @wraps(view)
    def guarded(request: HttpRequest, **named: Any) -> HttpResponseBase:
        response = _answer(view, request, **named)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset"
        return _without_its_body(response) if request.method == "HEAD" else response

    return guarded


def _answer(view: View, request: HttpRequest, **named: Any) -> HttpResponseBase:
    if request.method == "OPTIONS":
        allowed = {"Access-Control-Allow-Methods": METHODS, "Access-Control-Allow-Headers": "If-None-Match, Accept"}
        return HttpResponse(status=204, headers={"Allow": METHODS, "Access-Control-Max-Age": "86400", **allowed})
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request.method, METHODS)
    allowance = count_call(digest_of_computer(request), at=clock.now())
    response = (
        refusing([allowance.problem], status=429) if allowance.is_used_up else _not_sent_again(request, view, **named)
    )
    for name, value in allowance.headers.items():
        response[name] = value
    return response


def _not_sent_again(request: HttpRequest, view: View, **named: Any) -> HttpResponseBase:
    response = _tried(view, request, **named)
    if response.status_code != 200:
        return response
    response["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    if isinstance(response, HttpResponse):
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return response if get_conditional_response(request, etag=response.get("ETag")) is None else _unchanged(response)


def _unchanged(response: HttpResponseBase) -> HttpResponse:
    return HttpResponse(status=304, headers={name: response[name] for name in ("ETag", "Cache-Control")})


def _tried(view: View, request: HttpRequest, **named: Any) -> HttpResponseBase:
    try:
        return view(request, **named)
    except NotFound:
        return refusing([NOT_FOUND], status=404)
    except Refusal as refusal:
        return refusing(refusal.problems, status=400)
    except Exception as error:
        route = request.resolver_match and request.resolver_match.route
        logger.error("The directory failed for another program at %s", route, exc_info=error)
        return refusing([WENT_WRONG], status=500)


def _without_its_body(response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, HttpResponse):
        length = str(len(response.content))
        response.content = b""
        response["Content-Length"] = length
        return response
    return HttpResponse(status=response.status_code, headers=dict(response.items()))

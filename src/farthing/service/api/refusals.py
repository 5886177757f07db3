"""The one shape in which anything is refused, whatever went wrong: ``{"refused": [{field, problem, what_to_do, law}]}``."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from farthing.base.refusal import Problem, Refusal

logger = logging.getLogger(__name__)


class Refused(Exception):
    """Raised for what is refused with a status of its own. ``headers`` go with the answer."""

    def __init__(self, status: int, *problems: Problem, headers: Mapping[str, str] | None = None):
        self.status, self.problems, self.headers = status, problems, headers or {}
        super().__init__("\n".join(map(str, problems)))


class ProblemSaid(Schema):
    """One thing that is wrong."""

    field: str = Field(description="Its place in what was sent, such as capital[1].value; empty for the whole")
    problem: str = Field(description="What is wrong")
    what_to_do: str = Field(description="What to do about it")
    law: str | None = Field(description="The rule of law behind it, where there is one")


class RefusedSaid(Schema):
    """Everything that is wrong, so that it can all be put right at once."""

    refused: list[ProblemSaid] = Field(min_length=1)


NOT_FOUND = Problem("", "there is nothing at this address", "See /api/v1/docs for what there is")
NO_TOKEN = Problem(
    "Authorization", "holds no token that works", "Send 'Authorization: Bearer' and a token that an administrator made"
)
WENT_WRONG = Problem("", "something went wrong on our side", "Try again later; tell the council if it goes on")


def refusing(
    problems: Iterable[Problem], *, status: int = 422, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """The answer that says what is wrong."""
    said = [
        {"field": each.field, "problem": each.problem, "what_to_do": each.what_to_do, "law": each.law}
        for each in problems
    ]
    return JsonResponse({"refused": said}, status=status, headers=dict(headers or {}))


def not_allowed(method: str | None, allowed: str) -> HttpResponse:
    """The answer to a method that an address does not have."""
    problem = Problem("", f"{method} is not a method of this address", f"Use {allowed or 'GET'}")
    return refusing([problem], status=405, headers={"Allow": allowed})


@csrf_exempt
def nothing_here(request: HttpRequest, path: str = "") -> HttpResponse:
    """The answer at an address that is none of the interface's."""
    return refusing([NOT_FOUND], status=404)


def refuse_in_one_shape(api: NinjaAPI) -> None:
    """Let every exception that a view may raise be answered in the one shape."""

    def refused(request: HttpRequest, error: Any) -> HttpResponse:
        return refusing(error.problems, status=error.status, headers=error.headers)

    def refusal(request: HttpRequest, error: Any) -> HttpResponse:
        return refusing(error.problems)

    def not_found(request: HttpRequest, error: Any) -> HttpResponse:
        return refusing([NOT_FOUND], status=404)

    def no_token(request: HttpRequest, error: Any) -> HttpResponse:
        return refusing([NO_TOKEN], status=401, headers={"WWW-Authenticate": "Bearer"})

    def parameters(request: HttpRequest, error: Any) -> HttpResponse:
        return refusing(problem_of(each, within=1) for each in error.errors)

    def of_http(request: HttpRequest, error: Any) -> HttpResponse:
        return refusing([Problem("", str(error), "See /api/v1/docs")], status=error.status_code)

    def too_large(request: HttpRequest, error: Any) -> HttpResponse:
        return refusing([TOO_LARGE], status=413)

    def failed(request: HttpRequest, error: Any) -> HttpResponse:
        logger.error(
            "The interface failed at %s", request.resolver_match and request.resolver_match.route, exc_info=error
        )
        return refusing([WENT_WRONG], status=500)

    handlers: dict[type[Exception], Any] = {
        Refused: refused, Refusal: refusal, Http404: not_found, AuthenticationError: no_token,
        ValidationError: parameters, HttpError: of_http, RequestDataTooBig: too_large, Exception: failed,
    }  # fmt: skip
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


SEE_THE_PAGE = "See /api/v1/docs for what belongs there"
MOST_BYTES = 1_000_000
TOO_LARGE = Problem("", "what was sent is larger than 1 MB", "Send one person's case; for many people use a caseload")


PLAINLY = {
    "missing": "is missing",
    "extra_forbidden": "is not a field here",
    "string_too_long": "is too long",
    "string_too_short": "is empty",
    "too_long": "is too long",
}
"""What pydantic finds wrong, in words of ours, by the beginning of its name for it."""


def problem_of(error: Mapping[str, Any], *, within: int = 0) -> Problem:
    """What pydantic finds wrong with one thing, at its place below the first ``within`` parts of the place it gives."""
    parts = error["loc"][within:]
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts).lstrip(".")
    kind, said = str(error["type"]), str(error["msg"])
    ours = said.removeprefix("Value error, ") if kind == "value_error" else None
    plainly = ours or next((words for name, words in PLAINLY.items() if kind.startswith(name)), None)
    return Problem(place, plainly or f"cannot be read: {said[:1].lower()}{said[1:]}", SEE_THE_PAGE)

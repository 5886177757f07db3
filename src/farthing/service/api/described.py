"""The interface described: in OpenAPI for programs, and on a page made from that, with no script, for people."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from farthing.service.access.gates import Who, seen_by
from farthing.service.api import endpoints  # noqa: F401 - what is described is what they put into the interface
from farthing.service.api.interface import api


def openapi_text() -> str:
    """The description as it is kept in ``docs/api/openapi.json``, to be compared with what is in force."""
    schema = api.get_openapi_schema(path_prefix="api/v1/")
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class Described:
    """One endpoint as the page shows it."""

    name: str
    method: str
    address: str
    summary: str
    parameters: list[dict[str, Any]]
    answers: list[tuple[str, str]]
    needs_token: bool
    example: Any


@seen_by(Who.EVERYBODY)
def description(request: HttpRequest) -> HttpResponse:
    """GET /api/v1/docs"""
    schema = api.get_openapi_schema()
    groups: dict[str, list[Described]] = {}
    for address, methods in schema["paths"].items():
        for method, operation in methods.items():
            groups.setdefault(operation["tags"][0], []).append(_described(address, method, operation))
    return render(request, "api/docs.html", {"groups": groups, "says": schema["info"]["description"]})


def _described(address: str, method: str, operation: dict[str, Any]) -> Described:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return Described(
        name=operation["operationId"],
        method=method.upper(),
        address=address,
        summary=operation.get("description", ""),
        parameters=operation["parameters"],
        answers=[(str(status), said["description"]) for status, said in operation["responses"].items()],
        needs_token=bool(operation.get("security")),
        example=content.get("example"),
    )

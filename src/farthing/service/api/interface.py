"""The interface: what it is called, and how every answer of an endpoint is declared."""

from functools import cache
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from farthing.service.api.case_schema import case_schema, told_schema
from farthing.service.api.refusals import RefusedSaid, refuse_in_one_shape

DESCRIPTION = (
    "Works out what a person pays for adult social care in England, why, and by which rule; takes in applications and "
    "gives back decisions. Amounts are pounds and pence in quotation marks, days are year-month-day. Whatever is refused "
    "is refused in one shape, with what is wrong, what to do, and the law behind it. Every answer says in RateLimit "
    "headers how many calls are left to an address in the minute."
)


SUBJECTS = WORKING_OUT, THE_LAW, RECORDS = "Working out", "The law", "Applications and decisions"
"""What endpoints are about, in the order they are described."""


class Interface(NinjaAPI):
    """An interface whose description holds the schemas that are made from the law."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> OpenAPISchema:
        """The description of the interface in OpenAPI 3.1: made once for each address it may lie at."""
        return self._described(self.get_root_path(path_params or {}) if path_prefix is None else path_prefix)

    @cache  # noqa: B019 - there is one interface, as long as the process lives
    def _described(self, path_prefix: str) -> OpenAPISchema:
        described = super().get_openapi_schema(path_prefix=path_prefix)
        described["components"]["schemas"] |= {"Case": case_schema(), "CaseToldToTheCouncil": told_schema()}
        described["paths"] = dict(sorted(described["paths"].items(), key=_place))
        return described


def _place(path: tuple[str, Any]) -> tuple[int, str]:
    address, methods = path
    return min(SUBJECTS.index(operation["tags"][0]) for operation in methods.values()), address


api = Interface(
    title="Farthing",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    openapi_url="openapi.json",
)
refuse_in_one_shape(api)

OPEN = (429, 500)
"""How an endpoint that anybody may call can refuse, whatever it does."""

WITH_TOKEN = (401, 403, *OPEN)
"""How an endpoint that wants a token can refuse, whatever it does."""

SENT = (413, 415, 422)
"""How an endpoint that something is sent to can refuse it."""


def answers(success: Any, *refusals: int, status: int = 200) -> dict[int, Any]:
    """Every answer an endpoint may give: the one wanted, and each status it refuses with, all in the one shape."""
    return {status: success, **dict.fromkeys(sorted(refusals), RefusedSaid)}


def reads_json(schema: dict[str, Any], *, example: Any) -> dict[str, Any]:
    """How an endpoint declares what is sent to it, where it reads the JSON itself so that no penny is lost."""
    content = {"application/json": {"schema": schema, "example": example}}
    return {"requestBody": {"required": True, "content": content}}

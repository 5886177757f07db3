"""The interface: what it is called, and how every answer of an endpoint is declared."""

from typing import Any

from ninja import NinjaAPI

from farthing.service.api.refusals import RefusedSaid, refuse_in_one_shape

DESCRIPTION = (
    "Works out what a person pays for adult social care in England, why, and by which rule; takes in applications and "
    "gives back decisions. Amounts are pounds and pence in quotation marks, days are year-month-day. Whatever is refused "
    "is refused in one shape, with what is wrong, what to do, and the law behind it."
)

api = NinjaAPI(
    title="Farthing",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    openapi_url="openapi.json",
)
refuse_in_one_shape(api)

OPEN = (429, 500)
WITH_TOKEN = (401, 403, *OPEN)


def answers(success: Any, *refusals: int, status: int = 200) -> dict[int, Any]:
    """Every answer an endpoint may give: the one wanted, and each status it refuses with, all in the one shape."""
    return {status: success, **dict.fromkeys(sorted(refusals), RefusedSaid)}


def reads_json(schema: dict[str, Any], *, example: Any) -> dict[str, Any]:
    """How an endpoint declares what is sent to it, where it reads the JSON itself so that no penny is lost."""
    content = {"application/json": {"schema": schema, "example": example}}
    return {"requestBody": {"required": True, "content": content}}

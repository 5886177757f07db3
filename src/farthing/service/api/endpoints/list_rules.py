"""GET /rules"""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query

from farthing.case.looked_up import rule_data, rules_found
from farthing.service.api.interface import OPEN, THE_LAW, answers, api
from farthing.service.api.schemas import Rules

Search = Annotated[str | None, Query(max_length=100, description="A rule's name, or part of a citation: reg 25")]


@api.get("/rules", response=answers(Rules, 422, *OPEN), tags=[THE_LAW], operation_id="list_rules")
def list_rules(request: HttpRequest, search: Search = None) -> dict[str, Any]:
    """Every rule of the law, or those that cite a provision."""
    return {"rules": [rule_data(rule) for rule in rules_found(search)]}

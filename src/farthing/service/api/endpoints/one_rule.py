"""GET /rules/{name}"""

from typing import Any

from django.http import HttpRequest

from farthing.case.looked_up import rule_data, rule_named
from farthing.service.api.interface import OPEN, THE_LAW, answers, api
from farthing.service.api.parameters import Name, not_found_where_refused
from farthing.service.api.schemas import RuleSaid


@api.get("/rules/{name}", response=answers(RuleSaid, 404, 422, *OPEN), tags=[THE_LAW], operation_id="one_rule")
def one_rule(request: HttpRequest, name: Name) -> dict[str, Any]:
    """One rule: what it says, what it needs, and where the law says so."""
    with not_found_where_refused():
        return rule_data(rule_named(name))

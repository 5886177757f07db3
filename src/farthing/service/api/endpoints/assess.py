"""POST /assess"""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query

from farthing.case import assessment
from farthing.case.answer import as_data
from farthing.case.reading import read_case
from farthing.case.tree import read_tree
from farthing.service.api import examples
from farthing.service.api.case_schema import CASE
from farthing.service.api.door import json_sent
from farthing.service.api.interface import OPEN, SENT, WORKING_OUT, answers, api, reads_json
from farthing.service.api.schemas import Answer

Estimate = Annotated[bool, Query(description="Take stated assumptions for what was not told")]


@api.post(
    "/assess",
    response=answers(Answer, *SENT, *OPEN),
    openapi_extra=reads_json(CASE, example=examples.CASE),
    tags=[WORKING_OUT],
    operation_id="assess",
)
def assess(request: HttpRequest, estimate: Estimate = False) -> dict[str, Any]:
    """Work out what one person pays, and why. Nothing that is sent is kept."""
    case = read_case(read_tree(json_sent(request), name="the case"))
    return as_data(assessment.assess(case, estimate=estimate))

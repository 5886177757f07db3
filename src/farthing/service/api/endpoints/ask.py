"""POST /ask"""

from typing import Any

from django.http import HttpRequest

from farthing.case.answer import asking_as_data
from farthing.case.assessment import assess
from farthing.case.reading import read_case
from farthing.case.tree import read_tree
from farthing.service.api import examples
from farthing.service.api.case_schema import CASE
from farthing.service.api.door import json_sent
from farthing.service.api.interface import OPEN, SENT, WORKING_OUT, answers, api, reads_json
from farthing.service.api.schemas import Asking


@api.post(
    "/ask",
    response=answers(Asking, *SENT, *OPEN),
    openapi_extra=reads_json(CASE, example=examples.CASE),
    tags=[WORKING_OUT],
    operation_id="ask",
)
def ask(request: HttpRequest) -> dict[str, Any]:
    """Ask what must still be told, the question that matters next first. Nothing that is sent is kept."""
    return asking_as_data(assess(read_case(read_tree(json_sent(request), name="the case"))))

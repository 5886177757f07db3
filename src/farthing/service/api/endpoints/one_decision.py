"""GET /decisions/{reference}"""

from typing import Any

from django.http import Http404, HttpRequest

from farthing.service.access.models import Scope
from farthing.service.api.interface import RECORDS, WITH_TOKEN, answers, api
from farthing.service.api.parameters import Reference
from farthing.service.api.programs import Program, record_call
from farthing.service.api.records import decision_data
from farthing.service.api.schemas import DecisionMade
from farthing.service.assessments.selectors.programs import sealed_as


@api.get(
    "/decisions/{reference}",
    auth=Program(Scope.READ_DECISIONS),
    response=answers(DecisionMade, 404, 422, *WITH_TOKEN),
    tags=[RECORDS],
    operation_id="one_decision",
)
def one_decision(request: HttpRequest, reference: Reference) -> dict[str, Any]:
    """One sealed decision: what is charged from when, and what it replaces. Wants the scope read_decisions."""
    found = sealed_as(reference)
    if found is None:
        raise Http404
    record_call(request, about=found.person.reference, decision=found.reference)
    return decision_data(found)

"""GET /applications"""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query

from farthing.service.access.models import Scope
from farthing.service.api.interface import RECORDS, WITH_TOKEN, answers, api
from farthing.service.api.parameters import Day
from farthing.service.api.programs import Program, record_call
from farthing.service.api.records import application_data
from farthing.service.api.schemas import Applications
from farthing.service.assessments.models import State
from farthing.service.assessments.selectors.programs import handed_in

Since = Annotated[Day | None, Query(description="Received on this day or later")]
InState = Annotated[State | None, Query(description="How far they have come")]
PageNumber = Annotated[int, Query(ge=1, le=10_000, description="Which page, from 1")]
Size = Annotated[int, Query(ge=1, le=100, description="How many a page")]


@api.get(
    "/applications",
    auth=Program(Scope.READ_APPLICATIONS),
    response=answers(Applications, 422, *WITH_TOKEN),
    tags=[RECORDS],
    operation_id="list_applications",
)
def list_applications(
    request: HttpRequest, state: InState = None, since: Since = None, page: PageNumber = 1, size: Size = 50
) -> dict[str, Any]:
    """Applications, changes and reviews that were handed in, the newest first. Wants the scope read_applications."""
    found, more = handed_in(state=state, since=since, page=page, size=size)
    record_call(request, applications=len(found))
    return {
        "applications": [application_data(each) for each in found],
        "page": page,
        "next": page + 1 if more else None,
    }

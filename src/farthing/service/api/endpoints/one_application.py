"""GET /applications/{reference}"""

from typing import Any

from django.http import Http404, HttpRequest

from farthing.service.access.models import Scope
from farthing.service.api.interface import RECORDS, WITH_TOKEN, answers, api
from farthing.service.api.parameters import Reference
from farthing.service.api.programs import Program, record_call
from farthing.service.api.records import application_data
from farthing.service.api.schemas import Application
from farthing.service.assessments.selectors.programs import handed_in_as


@api.get(
    "/applications/{reference}",
    auth=Program(Scope.READ_APPLICATIONS),
    response=answers(Application, 404, 422, *WITH_TOKEN),
    tags=[RECORDS],
    operation_id="one_application",
)
def one_application(request: HttpRequest, reference: Reference) -> dict[str, Any]:
    """How far one application has come. Wants the scope read_applications."""
    found = handed_in_as(reference)
    if found is None:
        raise Http404
    record_call(request, about=found.person.reference, application=found.reference)
    return application_data(found)

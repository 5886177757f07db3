"""POST /applications"""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Header, Status

from farthing.service import clock
from farthing.service.access.models import Scope
from farthing.service.api import examples
from farthing.service.api.case_schema import CASE_ABOUT_THE_PERSON
from farthing.service.api.door import json_sent
from farthing.service.api.intake import ApplicationSent
from farthing.service.api.interface import RECORDS, SENT, WITH_TOKEN, answers, api, reads_json
from farthing.service.api.programs import Program, record_call
from farthing.service.api.records import application_data
from farthing.service.api.schemas import Application
from farthing.service.api.sent_schema import sent_schema
from farthing.service.api.taking_in import take_in

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=100,
        pattern="^[!-~]+$",
        description="A text of your own, new for each application. Sent again with the same key, nothing is taken in twice",
    ),
]


@api.post(
    "/applications",
    auth=Program(Scope.SEND_APPLICATIONS),
    response={200: Application, **answers(Application, 409, *SENT, *WITH_TOKEN, status=201)},
    openapi_extra=reads_json(sent_schema(ApplicationSent, case=CASE_ABOUT_THE_PERSON), example=examples.APPLICATION),
    tags=[RECORDS],
    operation_id="send_application",
)
def send_application(request: HttpRequest, idempotency_key: Key) -> Status[dict[str, Any]]:
    """Hand in an application for somebody. 201 once it is taken in, 200 where it was before. Wants send_applications."""
    taken, is_new = take_in(json_sent(request), key=idempotency_key, token=request.auth, at=clock.now())  # type: ignore[attr-defined]
    record_call(request, about=taken.person.reference, application=taken.reference)
    return Status(201 if is_new else 200, application_data(taken))

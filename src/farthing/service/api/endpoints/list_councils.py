"""GET /councils"""

from typing import Any

from django.http import HttpRequest

from farthing.councils import councils
from farthing.service.api.interface import OPEN, THE_LAW, answers, api
from farthing.service.api.schemas import CouncilsNamed


@api.get("/councils", response=answers(CouncilsNamed, *OPEN), tags=[THE_LAW], operation_id="list_councils")
def list_councils(request: HttpRequest) -> dict[str, Any]:
    """Every council whose choices are known."""
    return {"councils": [{"council": each.key, "name": each.name, "says": each.says} for each in councils().values()]}

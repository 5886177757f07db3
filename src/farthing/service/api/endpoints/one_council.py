"""GET /councils/{key}"""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path

from farthing.case.looked_up import council_data
from farthing.councils import council
from farthing.service.api.interface import OPEN, THE_LAW, answers, api
from farthing.service.api.parameters import OnDay, day_or_today, not_found_where_refused
from farthing.service.api.schemas import CouncilOnADay

Key = Annotated[str, Path(description="A council, as the list gives it", max_length=60)]


@api.get(
    "/councils/{key}", response=answers(CouncilOnADay, 404, 422, *OPEN), tags=[THE_LAW], operation_id="one_council"
)
def one_council(request: HttpRequest, key: Key, on: OnDay = None) -> dict[str, Any]:
    """What a council has settled on a day where the law leaves it a choice, and where it says so."""
    with not_found_where_refused():
        found = council(key)
    return council_data(found, day_or_today(on))

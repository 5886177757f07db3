"""GET /rates"""

from typing import Any

from django.http import HttpRequest

from farthing.case.looked_up import figures_on
from farthing.service.api.interface import OPEN, THE_LAW, answers, api
from farthing.service.api.parameters import OnDay, day_or_today
from farthing.service.api.schemas import FiguresOfADay


@api.get("/rates", response=answers(FiguresOfADay, 422, *OPEN), tags=[THE_LAW], operation_id="list_rates")
def list_rates(request: HttpRequest, on: OnDay = None) -> dict[str, Any]:
    """Every figure of the law in force on a day; today where none is given."""
    return figures_on(day_or_today(on))

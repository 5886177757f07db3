"""GET /rates/{name}"""

from typing import Any

from django.http import HttpRequest

from farthing.case.looked_up import figure_data, figure_named
from farthing.service.api.interface import OPEN, THE_LAW, answers, api
from farthing.service.api.parameters import Name, not_found_where_refused
from farthing.service.api.schemas import FigureOverTime


@api.get("/rates/{name}", response=answers(FigureOverTime, 404, 422, *OPEN), tags=[THE_LAW], operation_id="one_rate")
def one_rate(request: HttpRequest, name: Name) -> dict[str, Any]:
    """Every value one figure has had, and where each was read."""
    with not_found_where_refused():
        return figure_data(figure_named(name))

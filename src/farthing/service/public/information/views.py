"""Pages that explain paying for care."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from farthing.councils import council as find_council
from farthing.service import clock
from farthing.service.access.gates import Who, seen_by
from farthing.service.assessments.services import estimates
from farthing.service.directory.council import kept_here
from farthing.service.public.estimate.guidance import ADVISERS
from farthing.service.public.figures import figures
from farthing.service.public.information.pages import ARRANGING, PAYING, InformationPage


def shown(page: InformationPage) -> Callable[[HttpRequest], HttpResponse]:
    """The view of a page. Where it gives figures and none are known for today, it says so and whom to ask."""

    def view(request: HttpRequest) -> HttpResponse:
        today = clock.today()
        law = figures(settings.FARTHING_COUNCIL, today) if page.gives_figures else None
        template = "no_figures" if page.gives_figures and law is None else page.name
        told = {
            "page": page,
            "law": law,
            "today": today,
            "paying": PAYING,
            "arranging": ARRANGING,
            "advisers": ADVISERS,
            "kept_for": estimates.KEPT_FOR.days,
            "directory_keeps": kept_here(),
            "contacts": list(find_council(settings.FARTHING_COUNCIL).contacts.values()),
        }
        return render(request, f"public/information/{template}.html", told)

    view.__name__, view.__doc__ = page.name, page.about
    return seen_by(Who.EVERYBODY)(require_safe(view))

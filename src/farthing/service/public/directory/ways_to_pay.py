"""How a care micro-enterprise may be paid for: by oneself, or with a direct payment."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from farthing.service import clock
from farthing.service.access.gates import Who, seen_by
from farthing.service.public.figures import figures


@seen_by(Who.EVERYBODY)
@require_safe
def ways_to_pay(request: HttpRequest) -> HttpResponse:
    """The guidance, with the law's figures for today where they are known."""
    law = figures(settings.FARTHING_COUNCIL, clock.today())
    return render(request, "public/directory/ways_to_pay.html", {"law": law, "today": clock.today()})

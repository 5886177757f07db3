"""Pages of an estimate: begin, the result, its working, and what somebody may do with it."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from farthing.service.access.gates import Who, seen_by
from farthing.service.public.estimate import stores
from farthing.service.public.estimate.forms import BeginForm
from farthing.service.public.estimate.result import result
from farthing.service.public.questionnaire import Questionnaire
from farthing.service.public.visit import Visit
from farthing.service.questions.pages import assessed

ESTIMATE = Questionnaire(
    name="estimate",
    title="Estimate what you will pay",
    begin="public:estimate",
    after="public:estimate_result",
    submit="See the estimate",
    who=(Who.EVERYBODY,),
    store=stores.opened,
)


@seen_by(Who.EVERYBODY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Say what an estimate is, and ask whom it is for."""
    store = stores.opened(request)
    under_way = None if isinstance(store, HttpResponse) else store
    form = BeginForm(
        request.POST if request.method == "POST" else None,
        initial={"about": under_way.load().about} if under_way else None,
    )
    if form.is_valid():
        kept = under_way or stores.OnDevice(request, None)
        answers = replace(kept.load(), about=form.cleaned_data["about"])
        return kept.save(answers, redirect("public:estimate_next"))
    begun = under_way is not None and under_way.load().are_begun
    return render(request, "public/estimate/begin.html", {"form": form, "is_begun": begun})


def show_result(visit: Visit) -> HttpResponse:
    """Show the estimate with its working."""
    assessment = assessed(visit.answers, visit.council, visit.on, estimate=True)
    found = result(visit.answers, assessment)
    left = visit.assessment.still_to_ask
    token = stores.open_token(visit.request)
    return visit.show("public/estimate/result.html", {"result": found, "left": left, "is_saved": bool(token)})

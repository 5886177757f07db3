"""Pages of an estimate: begin, the result, its working, and what somebody may do with it."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from farthing import letters
from farthing.case.assessment import Assessment
from farthing.service import clock
from farthing.service.access.gates import Who, seen_by
from farthing.service.public.estimate import stores
from farthing.service.public.estimate.forms import BeginForm
from farthing.service.public.estimate.guidance import ADVISERS, steps
from farthing.service.public.estimate.letter import fields
from farthing.service.public.estimate.result import result
from farthing.service.public.estimate.why import why
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
    held=stores.held,
)


@seen_by(Who.EVERYBODY)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Say what an estimate is, and ask whom it is for."""
    store = stores.under_way(request) or stores.OnDevice(request, None)
    answers = store.load()
    posted = request.POST if request.method == "POST" else None
    form = BeginForm(posted, initial={"about": answers.about} if answers.are_begun else None)
    if form.is_valid():
        return store.save(replace(answers, about=form.cleaned_data["about"]), redirect("public:estimate_next"))
    return render(request, "public/estimate/begin.html", {"form": form, "is_begun": answers.are_begun})


def show_result(visit: Visit) -> HttpResponse:
    """Show the estimate with its working."""
    told = {
        "result": result(visit.answers, _estimated(visit)),
        "steps": steps(visit.answers.about),
        "advisers": ADVISERS,
        "token": stores.open_token(visit.request),
    }
    return visit.show("public/estimate/result.html", told)


def show_why(visit: Visit, rule: str) -> HttpResponse:
    """Show the rule behind a line of the working, and what it was worked out from."""
    found = why(visit.answers, _estimated(visit), rule)
    if found is None:
        raise Http404
    return visit.show("public/estimate/why.html", {"found": found})


def print_pdf(visit: Visit) -> HttpResponse:
    """The estimate as an accessible PDF. Its name says nothing of anybody."""
    found = result(visit.answers, _estimated(visit))
    pdf = letters.render("estimate", fields(visit.answers, found), at=clock.now().replace(microsecond=0))
    name = f"estimate-{visit.on.isoformat()}.pdf"
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def hand_in(visit: Visit) -> HttpResponse:
    """Go on to apply to the council: the application takes the answers from where they are kept."""
    return redirect("public:apply")


def _estimated(visit: Visit) -> Assessment:
    return assessed(visit.answers, visit.council, visit.on, estimate=True)

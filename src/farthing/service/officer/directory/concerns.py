"""What people told the council of enterprises: to which team it went, and what came of it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from farthing.service import clock
from farthing.service.access.gates import seen_by
from farthing.service.directory.selectors import editing as selectors
from farthing.service.directory.services.concerns import close
from farthing.service.officer.directory.forms import OutcomeForm
from farthing.service.officer.directory.looking import EDITS, READS, answer, desk_page, look, page_of
from farthing.service.officer.looking import account_of


@seen_by(READS)
@require_safe
def concerns(request: HttpRequest) -> HttpResponse:
    """The concerns that are open: where somebody may be being harmed first."""
    known = desk_page(request, "concerns", concerns=selectors.open_concerns())
    return render(request, "officer/directory/concerns.html", known)


@seen_by(READS)
def concern(request: HttpRequest, concern_reference: str) -> HttpResponse:
    """One concern, and for an editor the form that closes it."""
    found = selectors.concern(concern_reference)
    if found is None:
        raise Http404("There is no concern of that reference")
    look(request, found.enterprise)
    may_close = EDITS in account_of(request).roles and found.closed_at is None
    form = OutcomeForm(request.POST if request.method == "POST" and may_close else None)
    return answer(
        request,
        "officer/directory/concern.html",
        {**page_of(request, found.enterprise), "tab": "concerns", "concern": found, "may_close": may_close},
        form=form,
        act=lambda: close(found, outcome=form.cleaned_data["outcome"], by=account_of(request), at=clock.now()),
        then=reverse("officer:directory_concerns"),
        said="Closed, with what came of it.",
    )

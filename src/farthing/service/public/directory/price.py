"""From an enterprise to an estimate: what its help would cost a week is suggested there, and answered by nobody but the person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from farthing.service.directory.selectors.shown import Shown
from farthing.service.public import suggestion
from farthing.service.public.directory.forms import AmountForm
from farthing.service.public.directory.pages import about_enterprise
from farthing.service.public.estimate import stores
from farthing.service.public.suggestion import Suggestion

ASKED = "weekly_cost"
"""The question of the estimate that a price is suggested for."""


@about_enterprise
def what_would_i_pay(request: HttpRequest, found: Shown) -> HttpResponse:
    """Ask how much help is wanted, and go on to the estimate with what it would cost."""
    form = AmountForm(found.entry, request.POST if request.method == "POST" else None)
    if form.is_valid():
        says = f"{found.entry.name}: {form.in_words()}."
        return suggestion.keep(_estimate(request), Suggestion(ASKED, form.weekly_pence(), says))
    known = {"form": form, "shown": found, "enterprise": found.enterprise}
    return render(request, "public/directory/what_would_i_pay.html", known)


def _estimate(request: HttpRequest) -> HttpResponse:
    """To the question itself where an estimate has got so far, else to the beginning of one."""
    store = stores.under_way(request)
    if store is not None and "setting" in store.load().said:
        return redirect("public:estimate_question", ASKED)
    return redirect("public:estimate")

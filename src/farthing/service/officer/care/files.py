"""Visits brought in from a provider's file, and what became of its rows."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from farthing.exchange.visits_csv import COLUMNS
from farthing.service import clock
from farthing.service.access.gates import seen_by
from farthing.service.access.models import Role
from farthing.service.care import selectors
from farthing.service.care.visits import MOST_REFUSED_KEPT, bring_in
from farthing.service.design.carrying_out import refused_at
from farthing.service.officer.care.answering import BRINGS_IN
from farthing.service.officer.care.forms import VisitsFileForm
from farthing.service.officer.looking import account_of
from farthing.service.uploads.limits import left_out

ROWS_A_PAGE = 200
SEES = BRINGS_IN | {Role.AUDITOR}


@seen_by(SEES)
def files(request: HttpRequest) -> HttpResponse:
    """The files that were brought in; for those who bring them in, the form for another."""
    account = account_of(request)
    form = VisitsFileForm(request.POST or None, request.FILES or None)
    too_large = left_out(request)
    if request.method == "POST" and too_large:
        form.errors.pop("visits", None)  # which says that there is none
        form.add_error("visits", too_large[0])
    elif request.method == "POST" and form.is_valid():
        with refused_at(form):
            found = bring_in(
                form.cleaned_data["visits"].file, name=form.cleaned_data["name"], by=account, at=clock.now()
            )
            if found.is_again:
                messages.info(request, "This file was brought in before. Nothing new was taken.")
            return redirect("officer:visits_file", found.reference)
    known = {
        "here": "visits",
        "form": form,
        "files": selectors.files(),
        "columns": COLUMNS,
        "may_bring_in": bool(account.roles & BRINGS_IN),
    }
    return render(request, "officer/care/files.html", known)


@seen_by(SEES)
def file(request: HttpRequest, file_reference: str) -> HttpResponse:
    """What became of the rows of one file: how many were taken, and each that was refused, with what to do."""
    found = selectors.file_for(file_reference)
    if found is None:
        raise Http404("There is no file of that reference")
    page = Paginator(found.refused, ROWS_A_PAGE).get_page(request.GET.get("page"))
    known = {"here": "visits", "file": found, "page": page, "most_kept": MOST_REFUSED_KEPT}
    return render(request, "officer/care/file.html", known)

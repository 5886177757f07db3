"""What an editor sees first: what waits, every enterprise by name or state, checks that run out, and where nobody is."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from farthing.service import clock
from farthing.service.access.gates import seen_by
from farthing.service.audit.services import record
from farthing.service.design.tables import Cell
from farthing.service.directory.models import State
from farthing.service.directory.selectors import editing as selectors
from farthing.service.directory.selectors.names import names_of
from farthing.service.officer.directory.forms import FindForm
from farthing.service.officer.directory.looking import READS, desk_page
from farthing.service.officer.looking import account_of
from farthing.service.officer.spreadsheets import file_of

SEARCHED_FOR = "enterprises_searched_for"
"""What somebody searched for last stands in their session, not in the address: a sole trader's is a person's name."""

GAPS = "directory-gaps"


@seen_by(READS)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """New entries and changed ones, the longest waiting first."""
    waiting = selectors.queue()
    known = desk_page(request, "queue", waiting=waiting, names=names_of(waiting), concerns=selectors.open_concerns())
    return render(request, "officer/directory/queue.html", known)


@seen_by(READS, form_changes_nothing=True)
def enterprises(request: HttpRequest) -> HttpResponse:
    """Enterprises by words of a name, or a reference, and by state."""
    if request.method == "POST":
        form = FindForm(request.POST)
        if form.is_valid():
            request.session[SEARCHED_FOR] = form.cleaned_data
            return redirect("officer:directory_enterprises")
        known = desk_page(request, "enterprises", form=form, found=[], names={})
        return render(request, "officer/directory/enterprises.html", known)
    wanted = request.session.get(SEARCHED_FOR, {"words": "", "state": ""})
    found = selectors.found(wanted["words"], State(wanted["state"]) if wanted["state"] else None)
    form = FindForm(initial=wanted)
    known = desk_page(request, "enterprises", form=form, found=found, names=names_of(found), most=selectors.MOST_FOUND)
    return render(request, "officer/directory/enterprises.html", known)


@seen_by(READS)
@require_safe
def running_out(request: HttpRequest) -> HttpResponse:
    """Checks of published enterprises that run out soon, or have."""
    found = selectors.running_out(today=clock.today())
    known = desk_page(request, "running_out", found=found, names=names_of(each.enterprise for each in found))
    return render(request, "officer/directory/running_out.html", known)


@seen_by(READS)
@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """Each area by each kind of help: where there is nobody, and where there are few."""
    found = selectors.gaps(today=clock.today())
    record(action="report seen", actor=account_of(request).actor, at=clock.now(), report=GAPS)
    known = desk_page(request, "gaps", gaps=found, few=selectors.FEW)
    return render(request, "officer/directory/gaps.html", known)


@seen_by(READS)
@require_safe
def gaps_csv(request: HttpRequest) -> HttpResponseBase:
    """The report of gaps as a file for a spreadsheet."""
    found, at = selectors.gaps(today=clock.today()), clock.now()
    record(action="report downloaded", actor=account_of(request).actor, at=at, report=GAPS)
    rows: list[list[Cell]] = [[area, *(found.count(area, each.key) for each in found.kinds)] for area in found.areas]
    return file_of(GAPS, ["Area", *(kind.name for kind in found.kinds)], rows, at=at)

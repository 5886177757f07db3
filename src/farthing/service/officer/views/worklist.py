"""The worklist, taking and giving cases, and searching."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from farthing.service import clock
from farthing.service.access.gates import CASEWORK, STAFF, seen_by
from farthing.service.access.models import Role
from farthing.service.access.selectors import staff_with
from farthing.service.assessments.models import AssessmentRequest
from farthing.service.assessments.selectors import worklist as work
from farthing.service.assessments.selectors.casework import request_to_assign, tasks_for
from farthing.service.assessments.selectors.search import find_people
from farthing.service.assessments.services import requests as services
from farthing.service.audit.services import record
from farthing.service.officer.carrying_out import answer, version_seen
from farthing.service.officer.forms.worklist import AssignForm, NarrowingForm, SearchForm
from farthing.service.officer.looking import CASE_AND_FINANCE, CHANGES, account_of, look
from farthing.service.people.services import Overtaken

SEARCHED_FOR = "searched_for"
"""What somebody searched for last stands in their session, not in the address: it may be a name."""

TRIES = 5
"""So often the next case is looked for where colleagues take it first."""


@seen_by(STAFF)
def worklist(request: HttpRequest) -> HttpResponse:
    """The worklist for those who work on cases; for others their own first page."""
    account = account_of(request)
    if not account.roles & CASEWORK:
        return redirect(_first_page(account.roles))
    today = clock.today()
    tab = next((tab for tab in work.Tab if tab.key == request.GET.get("tab")), work.Tab.MINE)
    form = NarrowingForm(list(staff_with(*CHANGES)), request.GET)
    page = work.worklist(
        tab, account, today=today, narrowing=form.narrowing(), number=_number(request.GET.get("page", ""))
    )
    kept = request.GET.copy()
    kept.pop("page", None)
    return render(
        request,
        "officer/worklist.html",
        {
            "here": "worklist",
            "tab": tab,
            "tabs": [(each, count) for each, count in work.counts(account, today=today).items()],
            "page": page,
            "today": today,
            "soon": today + work.SOON,
            "form": form,
            "is_narrowed": any(form[name].value() for name in ("kind", "state", "officer"))
            or any(any(form[name].value()) for name in ("received_from", "received_to")),
            "kept": kept.urlencode(),
            "tasks": tasks_for(account),
            "may_change": bool(account.roles & CHANGES),
            "me": account,
        },
    )


@seen_by(CHANGES)
@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """Take the most urgent case that nobody has, and open it."""
    account, at = account_of(request), clock.now()
    for _ in range(TRIES):
        found = work.next_unassigned()
        if found is None:
            messages.info(request, "Nobody waits: every open case has an officer.")
            return redirect("officer:worklist")
        try:
            services.assign(found, account, by=account, at=at, version=found.version)
        except Overtaken:
            continue
        return redirect("officer:person", found.person.reference)
    messages.error(request, "Colleagues were faster each time. Try once more.")
    return redirect("officer:worklist")


@seen_by(CHANGES)
@require_POST
def take(request: HttpRequest, request_reference: str) -> HttpResponse:
    """Take one case oneself."""
    found = _open(request_reference)
    account = account_of(request)
    try:
        if found.assigned_to_id != account.pk:
            services.assign(found, account, by=account, at=clock.now(), version=version_seen(request))
    except Overtaken:
        found = _open(request_reference)
        who = found.assigned_to or "nobody"
        messages.error(request, f"Somebody else changed this case first. It is now with {who}. Nothing was changed.")
    else:
        messages.success(request, "The case is yours.")
    return redirect("officer:person", found.person.reference)


@seen_by(CHANGES)
def assign(request: HttpRequest, request_reference: str) -> HttpResponse:
    """Give a case to an officer, or to nobody."""
    found = _open(request_reference)
    version = found.version
    look(request, found.person)
    initial = {"officer": str(found.assigned_to_id) if found.assigned_to_id else None}
    form = AssignForm(staff_with(*CHANGES), request.POST or None, initial=initial)
    return answer(
        request,
        "officer/assign.html",
        {"here": "worklist", "request_to_assign": found, "person": found.person, "version": version},
        person=found.person,
        form=form,
        act=lambda: services.assign(
            found, form.chosen(), by=account_of(request), at=clock.now(), version=version_seen(request)
        ),
        then=reverse("officer:person", args=[found.person.reference]),
        said="The case was given.",
    )


@seen_by(CASE_AND_FINANCE, form_changes_nothing=True)
def search(request: HttpRequest) -> HttpResponse:
    """Find people. What is typed is sent in a form and kept in the session, so that no name stands in an address."""
    if request.method == "POST":
        form = SearchForm(request.POST)
        if form.is_valid():
            request.session[SEARCHED_FOR] = form.cleaned_data["text"]
            return redirect("officer:search")
        return render(request, "officer/search.html", {"here": "search", "form": form, "found": None, "by": None})
    text = request.session.get(SEARCHED_FOR, "")
    page = {"here": "search", "form": SearchForm(initial={"text": text}), "found": None, "by": None}
    if text:
        by, found = find_people(text)
        record(action="people searched", actor=account_of(request).actor, at=clock.now(), found=len(found), by=by.value)
        page |= {"found": found, "by": by}
    return render(request, "officer/search.html", page)


@seen_by(STAFF)
def shortcuts(request: HttpRequest) -> HttpResponse:
    """The keys that lead to pages and parts of pages."""
    return render(request, "officer/shortcuts.html", {"here": "shortcuts"})


def _open(reference: str) -> AssessmentRequest:
    found = request_to_assign(reference)
    if found is None:
        raise Http404("There is no open request of that reference")
    return found


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 1


def _first_page(roles: frozenset[str]) -> str:
    if Role.FINANCE in roles:
        return reverse("officer:search")
    if Role.DIRECTORY_EDITOR in roles:
        return reverse("officer:directory")
    if Role.ANALYST in roles:
        return reverse("officer:reports")
    if Role.ADMINISTRATOR in roles:
        return reverse("access:accounts")
    return reverse("access:staff_account")

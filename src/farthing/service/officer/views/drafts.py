"""A decision being made: drafted, previewed, checked by another, approved where it reaches far back, and sealed."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from farthing.base.refusal import Refusal
from farthing.service import clock
from farthing.service.access.gates import CASEWORK, seen_by
from farthing.service.access.models import Account, Role
from farthing.service.assessments.models import AssessmentRequest, DecisionDraft
from farthing.service.assessments.selectors.casework import decision_in_force, draft_of
from farthing.service.assessments.services import decisions as services
from farthing.service.design.refused import in_a_sentence
from farthing.service.officer.carrying_out import CONFLICT, answer, changed_meanwhile, version_seen
from farthing.service.officer.forms.decisions import BackdatingForm, DraftForm, SendBackForm
from farthing.service.officer.looking import CHANGES, account_of, case_page, find_person, find_request, look
from farthing.service.officer.preview import Preview, preview_of
from farthing.service.people.models import Person
from farthing.service.people.services import Overtaken


@seen_by(CHANGES)
def draft(request: HttpRequest, reference: str, request_reference: str) -> HttpResponse:
    """The day a decision holds from and what it says; changed until it is sent to be checked."""
    person = find_person(reference)
    found = find_request(person, request_reference)
    look(request, person)
    made = draft_of(found)
    today = clock.today()
    usual: dict[str, Any] = {"effective_from": today}
    if made is not None:
        usual = {"effective_from": made.effective_from, "explanation": made.explanation}
    form = DraftForm(request.POST or None, initial=usual, today=today)

    def act() -> None:
        services.draft(
            found,
            effective_from=form.cleaned_data["effective_from"],
            explanation=form.cleaned_data["explanation"],
            by=account_of(request),
            at=clock.now(),
            version=version_seen(request) or None,
        )

    return answer(
        request,
        "officer/draft.html",
        case_page(request, person, "decisions", asked=found, draft=made, version=made.version if made else 0),
        person=person,
        form=form,
        act=act,
        then=reverse("officer:preview", args=[reference, request_reference]),
        said="The draft is saved. This is what it would say.",
    )


@seen_by(CASEWORK)
def preview(request: HttpRequest, reference: str, request_reference: str) -> HttpResponse:
    """What a draft would decide, set against the decision in force, and what holds it up."""
    person = find_person(reference)
    made = _find(person, request_reference)
    look(request, person, "working seen", request=request_reference)
    return _preview(request, person, made)


@seen_by(CHANGES)
@require_POST
def send_for_check(request: HttpRequest, reference: str, request_reference: str) -> HttpResponse:
    """Hand a draft to a second officer."""
    person = find_person(reference)
    made = _find(person, request_reference)
    return _act(
        request,
        person,
        made,
        lambda account: services.send_for_check(
            made, by=account, at=clock.now(), version=version_seen(request), seen=request.POST.get("seen", "")
        ),
        then=reverse("officer:person", args=[reference]),
        said="Sent to be checked.",
    )


@seen_by(Role.CHECKER, Role.MANAGER)
@require_POST
def send_back(request: HttpRequest, reference: str, request_reference: str) -> HttpResponse:
    """Send a draft back with the reason."""
    person = find_person(reference)
    made = _find(person, request_reference)
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _preview(request, person, made, send_back_form=form)
    return _act(
        request,
        person,
        made,
        lambda account: services.send_back(
            made, because=form.cleaned_data["because"], by=account, at=clock.now(), version=version_seen(request)
        ),
        then=reverse("officer:person", args=[reference]),
        said="Sent back with your reason.",
        send_back_form=form,
    )


@seen_by(Role.MANAGER)
@require_POST
def approve_backdating(request: HttpRequest, reference: str, request_reference: str) -> HttpResponse:
    """Let a decision reach further back than the guard."""
    person = find_person(reference)
    made = _find(person, request_reference)
    form = BackdatingForm(request.POST)
    if not form.is_valid():
        return _preview(request, person, made, backdating_form=form)
    return _act(
        request,
        person,
        made,
        lambda account: services.approve_backdating(
            made, reason=form.cleaned_data["reason"], by=account, at=clock.now(), version=version_seen(request)
        ),
        then=reverse("officer:preview", args=[reference, request_reference]),
        said="Approved: this decision may reach that far back.",
        backdating_form=form,
    )


@seen_by(CHANGES)
@require_POST
def seal(request: HttpRequest, reference: str, request_reference: str) -> HttpResponse:
    """Make the decision: sealed, with its letter in the queue, both or neither."""
    person = find_person(reference)
    made = _find(person, request_reference)

    return _act(
        request,
        person,
        made,
        lambda account: services.seal(
            made, by=account, at=clock.now(), version=version_seen(request), seen=request.POST.get("seen", "")
        ),
        then=reverse("officer:decisions", args=[reference]),
        said="The decision is made, and its letter is on its way.",
    )


def _act(
    request: HttpRequest, person: Person, made: DecisionDraft, act: Any, *, then: str, said: str, **forms: Any
) -> HttpResponse:
    """Act on a draft; what is refused or overtaken is said on the preview itself, with whatever was typed."""
    try:
        act(account_of(request))
    except Refusal as refusal:
        refused = tuple(in_a_sentence(problem) for problem in refusal.problems)
        made = _find(person, made.request.reference)
        return _preview(request, person, made, refused=refused, **forms)
    except Overtaken:
        made = _find(person, made.request.reference)
        return _preview(request, person, made, overtaken=True, **forms)
    messages.success(request, said)
    return redirect(then)


def _preview(
    request: HttpRequest,
    person: Person,
    made: DecisionDraft,
    *,
    refused: tuple[str, ...] = (),
    overtaken: bool = False,
    send_back_form: SendBackForm | None = None,
    backdating_form: BackdatingForm | None = None,
) -> HttpResponse:
    today = clock.today()
    shown = preview_of(person, made, decision_in_force(person), today=today, at=clock.now())
    send_back_form = send_back_form or SendBackForm()
    backdating_form = backdating_form or BackdatingForm()
    wrong = [*send_back_form.error_summary(), *backdating_form.error_summary(), *({"text": each} for each in refused)]
    context = case_page(
        request,
        person,
        "decisions",
        asked=made.request,
        draft=made,
        preview=shown,
        may=_may(account_of(request), made, shown),
        send_back_form=send_back_form,
        backdating_form=backdating_form,
        errors=wrong,
        overtaken=overtaken,
        meanwhile=changed_meanwhile(request, person) if overtaken else [],
        opened=clock.now(),
        guard_weeks=settings.BACKDATING_STOPS_AT_DAYS // 7,
    )
    return render(request, "officer/preview.html", context, status=CONFLICT if overtaken else 200)


def _may(account: Account, made: DecisionDraft, shown: Preview) -> frozenset[str]:
    """What somebody may do with a draft now; the services refuse the rest in any case."""
    return services.may_do(made, account, shown.proposal) if account.roles & CHANGES else frozenset()


def _find(person: Person, request_reference: str) -> DecisionDraft:
    found: AssessmentRequest = find_request(person, request_reference)
    made = draft_of(found)
    if made is None:
        raise Http404("There is no draft of a decision on this request")
    made.request.person = person
    return made

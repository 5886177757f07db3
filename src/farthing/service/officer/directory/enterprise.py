"""One enterprise at the editor's desk: its entry, what changed, its proofs and checks, and what an editor does with it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from farthing.base.refusal import Problem, Refusal
from farthing.service import clock
from farthing.service.access.gates import seen_by
from farthing.service.access.models import Role
from farthing.service.design.carrying_out import press
from farthing.service.design.refused import in_a_sentence
from farthing.service.directory.checks import meets
from farthing.service.directory.entry import Entry
from farthing.service.directory.in_words import compared, parts
from farthing.service.directory.models import CheckKind, Did, Enterprise, EntryVersion, State
from farthing.service.directory.selectors import editing as selectors
from farthing.service.directory.selectors.owned import checks_of, newest_entry
from farthing.service.directory.services import editing as services
from farthing.service.directory.services.proofs import opened
from farthing.service.officer.directory.forms import CheckForm, ReasonForm
from farthing.service.officer.directory.looking import (
    EDITS,
    READS,
    answer,
    find_enterprise,
    look,
    page_of,
)
from farthing.service.officer.looking import account_of
from farthing.service.uploads.inspection import PDF
from farthing.service.uploads.scanner import VirusCheck


@dataclass(frozen=True, slots=True)
class Step:
    """Something an editor does with a reason. ``says`` is what it means, ``said`` what is told once it is done."""

    words: str
    says: str
    act: Callable[..., None]
    said: str


STEPS = {
    "refuse": Step(
        "Do not accept it",
        "What is published already stays as it is. The enterprise is told why, and may hand in another entry.",
        services.refuse, "Not accepted. The enterprise sees why.",
    ),
    "suspend": Step(
        "Suspend it", "Nobody sees it from this moment on. The enterprise is told why.", services.suspend,
        "Suspended. Nobody sees it now.",
    ),
    "restore": Step(
        "Show it again", "Everybody sees it again, where every check it needs holds.", services.restore, "It is shown again."
    ),
}  # fmt: skip


@seen_by(READS)
@require_safe
def enterprise(request: HttpRequest, reference: str) -> HttpResponse:
    """The whole of one enterprise, with what can be done."""
    found = find_enterprise(reference)
    look(request, found)
    newest = newest_entry(found)
    waits = newest is not None and _waits(found, newest)
    known = page_of(
        request,
        found,
        newest=newest,
        parts=parts(Entry.of(newest.content)) if newest else [],
        sides=_side_by_side(found, newest) if newest and waits else [],
        waits=waits,
        steps={name: STEPS[name] for name in _open_steps(found, waits=waits)},
        checks=checks_of(found, today=clock.today()),
        concerns=selectors.concerns_of(found),
        reason=_reason(found),
        virus_words=dict(VirusCheck.choices),
    )
    return render(request, "officer/directory/enterprise.html", known)


@seen_by(READS)
@require_safe
def history(request: HttpRequest, reference: str) -> HttpResponse:
    """Every entry, step and check, the newest first, and what each entry changed."""
    found = find_enterprise(reference)
    look(request, found)
    owner = found.owner.actor if found.owner else None
    known = page_of(request, found, happened=list(reversed(selectors.history(found))), owner=owner)
    return render(request, "officer/directory/history.html", known)


@seen_by(EDITS)
def check(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Record that something was seen proved."""
    if kind not in CheckKind.values:
        raise Http404("There is no such check")
    found, checked = find_enterprise(reference), CheckKind(kind)
    look(request, found)
    standing = next((each for each in checks_of(found, today=clock.today()) if meets(each.kind) == meets(kind)), None)
    proofs = standing.proofs if standing else ()
    begun = {"seen_on": clock.today(), "proof": str(proofs[0].pk) if proofs else ""}
    form = CheckForm(proofs, request.POST or None, initial=begun, today=clock.today())
    return answer(
        request,
        "officer/directory/check.html",
        page_of(request, found, kind=checked, proofs=proofs),
        form=form,
        act=lambda: services.record_check(found, checked, **form.told(), by=account_of(request), at=clock.now()),
        then=reverse("officer:directory_enterprise", args=[reference]),
        said=f"Recorded: {checked.label}.",
    )


@seen_by(EDITS)
@require_POST
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    """Publish the entry that the page was showing. Where a newer one was written meanwhile, that is read first."""
    found = find_enterprise(reference)
    newest = newest_entry(found)

    def act() -> None:
        if newest is None or str(newest.number) != request.POST.get("entry"):
            raise Refusal(
                Problem(
                    "", "was changed while you read it", "Read what it says now, and publish that", called="this entry"
                )
            )
        services.publish(found, newest, by=account_of(request), at=clock.now())

    then = reverse("officer:directory_enterprise", args=[reference])
    return press(request, act=act, then=then, said="Published. Everybody sees it now.")


@seen_by(EDITS)
def step(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Not accept, suspend or restore, with the reason."""
    found = find_enterprise(reference)
    newest = newest_entry(found)
    if name not in _open_steps(found, waits=newest is not None and _waits(found, newest)):
        raise Http404("This cannot be done now")
    look(request, found)
    form, taken = ReasonForm(request.POST or None), STEPS[name]
    return answer(
        request,
        "officer/directory/step.html",
        page_of(request, found, step=taken),
        form=form,
        act=lambda: taken.act(found, reason=form.cleaned_data["reason"], by=account_of(request), at=clock.now()),
        then=reverse("officer:directory_enterprise", args=[reference]),
        said=taken.said,
    )


@seen_by(EDITS, Role.AUDITOR)
@require_safe
def proof(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """A proof, to keep and open, never shown inside our pages. Opening it is recorded."""
    found = find_enterprise(reference)
    sent = (each for check in checks_of(found, today=clock.today()) for each in check.proofs)
    wanted = next((each for each in sent if each.pk == number), None)
    if wanted is None:
        raise Http404("This enterprise sent no such file")
    try:
        content = opened(wanted, by=account_of(request), at=clock.now())
    except Refusal as refusal:
        for problem in refusal.problems:
            messages.error(request, in_a_sentence(problem))
        return redirect("officer:directory_enterprise", reference)
    name = f"{found.reference}-{wanted.pk}.{'pdf' if wanted.type == PDF else 'jpg'}"
    answered = FileResponse(content, content_type=wanted.type, as_attachment=True, filename=name)
    answered.headers["X-Content-Type-Options"] = "nosniff"
    answered.headers["Cache-Control"] = "private, no-store"
    return answered


def _waits(enterprise: Enterprise, newest: EntryVersion) -> bool:
    """Whether the newest entry waits for an editor: handed in, or newer than what is published and not refused."""
    if enterprise.state == State.WAITING:
        return True
    if enterprise.state != State.PUBLISHED or enterprise.published_id == newest.pk:
        return False
    refused = (each.entry for each in selectors.history(enterprise) if each.what == Did.REFUSED.label)
    return newest.pk not in [entry.pk for entry in refused if entry is not None]


def _open_steps(enterprise: Enterprise, *, waits: bool) -> list[str]:
    steps = ["refuse"] if waits else []
    if enterprise.state == State.PUBLISHED:
        steps.append("suspend")
    return [*steps, "restore"] if enterprise.state == State.SUSPENDED else steps


def _side_by_side(enterprise: Enterprise, newest: EntryVersion) -> list[object]:
    """What differs between the published entry and the newest; nothing for one never published."""
    if enterprise.published is None:
        return []
    sides = compared(Entry.of(enterprise.published.content), Entry.of(newest.content))
    return [each for each in sides if each.differs]


def _reason(enterprise: Enterprise) -> str:
    """Why it is in the state it is in, where somebody gave a reason for it."""
    if enterprise.state not in (State.SUSPENDED, State.REFUSED, State.WITHDRAWN):
        return ""
    labels = {Did.REFUSED.label, Did.SUSPENDED.label, Did.WITHDREW.label}
    return next((each.reason for each in reversed(selectors.history(enterprise)) if each.what in labels), "")

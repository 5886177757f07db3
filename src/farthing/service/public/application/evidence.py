"""Sending papers, taking them back, and opening them: before an application is sent and after."""

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from farthing.base.refusal import Refusal
from farthing.service import clock
from farthing.service.access.gates import CASEWORK, Who, seen_by
from farthing.service.assessments.models import AssessmentRequest, State
from farthing.service.assessments.selectors.evidence import Wanted, evidence_for, evidence_sent_by, evidence_wanted
from farthing.service.assessments.selectors.requests import request_of
from farthing.service.assessments.services import evidence as services
from farthing.service.public.application.forms import EvidenceForm
from farthing.service.public.own import account_of, refuse
from farthing.service.questions.answers import Answers
from farthing.service.uploads.inspection import PDF
from farthing.service.uploads.limits import left_out
from farthing.service.uploads.scanner import NOT_HANDED_OUT
from farthing.service.uploads.storage import EVIDENCE


@seen_by(Who.SIGNED_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what is wanted and what was sent, and take more. A file that is refused keeps no other from being kept."""
    found = request_of(account_of(request), reference)
    if found is None:
        refuse(request, reference)
    wanted = evidence_wanted(Answers.from_json(found.answers), found.acting_as)
    if request.method != "POST":
        return _page(request, found, EvidenceForm(wanted), wanted)
    form = EvidenceForm(wanted, request.POST, request.FILES, left_out=left_out(request))
    if form.is_valid():
        _keep(request, found, form)
    for problem in form.left_out:
        form.add_error("papers", problem)
    if form.errors:
        return _page(request, found, form, wanted)
    return redirect("public:evidence", reference)


@seen_by(Who.SIGNED_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, reference: str, evidence: str) -> HttpResponse:
    """Take a file back, once that is confirmed."""
    account = account_of(request)
    found, sent = request_of(account, reference), evidence_for(account, evidence)
    if found is None or sent is None or sent.person_id != found.person_id or sent.sent_by_id != account.pk:
        refuse(request, evidence)
    problem = ""
    if request.method == "POST":
        try:
            services.take_back(sent, by=account, at=clock.now())
        except Refusal as refusal:
            problem = str(refusal)
        else:
            return redirect("public:evidence", reference)
    known = {"draft": found, "sent": sent, "errors": [{"text": problem}] if problem else []}
    return render(request, "public/application/evidence_remove.html", known)


@seen_by(Who.SIGNED_IN, CASEWORK)
@never_cache
@require_GET
def open_file(request: HttpRequest, evidence: str) -> HttpResponse | FileResponse:
    """Hand a file out, to be saved and not shown, under a name that says nothing of anybody."""
    account = account_of(request)
    found = evidence_for(account, evidence)
    if found is None or found.virus_check in NOT_HANDED_OUT:
        refuse(request, evidence)
    services.look_at(found, by=account, at=clock.now())
    name = f"{found.reference}.{'pdf' if found.type == PDF else 'jpg'}"
    response = FileResponse(
        EVIDENCE.opened(found.stored_as), as_attachment=True, filename=name, content_type=found.type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _keep(request: HttpRequest, found: AssessmentRequest, form: EvidenceForm) -> None:
    """Keep each file; what is wrong with one is said of that one."""
    for each in form.cleaned_data["papers"]:
        try:
            services.add(
                found.person,
                each.chunks(),
                called=each.name or "",
                proves=form.cleaned_data["proves"],
                by=account_of(request),
                at=clock.now(),
            )
        except Refusal as refusal:
            form.left_out += [str(problem) for problem in refusal.problems]


def _page(request: HttpRequest, found: AssessmentRequest, form: EvidenceForm, wanted: list[Wanted]) -> HttpResponse:
    sent = evidence_sent_by(found.person, account_of(request))
    proved = {each.proves for each in sent}
    known = {
        "draft": found,
        "form": form,
        "wanted": [(each, each.words in proved) for each in wanted],
        "sent": sent,
        "not_handed_out": NOT_HANDED_OUT,
        "is_draft": found.state == State.DRAFT,
        "most_at_once": settings.MOST_FILES_AT_ONCE,
        "megabytes": settings.MOST_BYTES_A_FILE // 1024**2,
    }
    return render(request, "public/application/evidence.html", known)

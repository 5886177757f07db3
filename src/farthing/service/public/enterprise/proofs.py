"""Sending proofs of what the council checks: what each is for, what will do, and how each check stands."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from farthing.base.refusal import Refusal
from farthing.service import clock
from farthing.service.directory.checks import meets
from farthing.service.directory.models import CheckKind, Enterprise
from farthing.service.directory.selectors.owned import CheckStanding, checks_of
from farthing.service.directory.services.entries import MAY_BE_WRITTEN
from farthing.service.directory.services.proofs import opened, send
from farthing.service.public.enterprise.forms import ProofForm
from farthing.service.public.enterprise.own import in_words, of_enterprise
from farthing.service.public.own import account_of, refuse
from farthing.service.uploads.inspection import PDF
from farthing.service.uploads.limits import left_out
from farthing.service.uploads.scanner import VirusCheck


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for one check: why, and what proves it."""

    why: str
    will_do: tuple[str, ...]


ASKED = {
    CheckKind.IDENTITY: Asked(
        "People let you into their home. They should know that you are who you say you are.",
        ("Your passport or driving licence", "A letter or bill of the last three months with your name and address"),
    ),
    CheckKind.DBS: Asked(
        "An enhanced check by the Disclosure and Barring Service, for everybody who works with people.",
        ("The certificate of each person who works with people", "Your consent to look it up, if you use the update service"),
    ),
    CheckKind.INSURANCE: Asked(
        "It pays if somebody is hurt, or something is broken, because of what you do.",
        ("The certificate, with the first and the last day it holds",),
    ),
    CheckKind.TRAINING: Asked(
        "Training that fits the help you give, such as the Care Certificate, first aid, or moving and handling.",
        ("A certificate of each course, with its date",),
    ),
    CheckKind.REFERENCES: Asked(
        "Two people who know your work and are not related to you.",
        ("Two letters, each with the name of who wrote it and how they know you",),
    ),
    CheckKind.CQC: Asked(
        "Personal care is regulated. Whoever manages it for others must be registered with the Care Quality Commission.",
        ("The certificate of registration, or the page of the Care Quality Commission about you",),
    ),
    CheckKind.NO_CQC: Asked(
        "You need not register where the person, or somebody who acts for them, arranges the care directly with you, and "
        "no employer or agency manages or directs it. The Care Quality Commission says when: if in doubt, ask it.",
        ("A signed note that says who directs the care you give, and who works for you", "Its answer, if you asked it"),
    ),
}  # fmt: skip
"""What is asked for each check."""


@of_enterprise
def proofs(request: HttpRequest, enterprise: Enterprise) -> HttpResponse:
    """How each check stands, and where to send a proof of it."""
    known = {"enterprise": enterprise, "checks": checks_of(enterprise, today=clock.today()), "asked": ASKED}
    return render(request, "public/enterprise/proofs.html", known)


@of_enterprise
def proof(request: HttpRequest, enterprise: Enterprise, kind: str) -> HttpResponse:
    """What proves one thing, what was sent, and a form to send more. A file that is refused keeps no other from being kept."""
    check = _check(enterprise, kind)
    asked = CheckKind(kind)
    form = ProofForm()
    if request.method == "POST":
        form = ProofForm(request.POST, request.FILES, left_out=left_out(request))
        if form.is_valid():
            _keep(request, enterprise, asked, form)
        for problem in form.left_out:
            form.add_error("papers", problem)
        if not form.errors:
            messages.success(request, "We have it. You see here when the council has looked at it.")
            return redirect("public:business_proofs", enterprise.reference)
        check = _check(enterprise, kind)
    known = {
        "enterprise": enterprise,
        "check": check,
        "kind": asked,
        "asked": ASKED[asked],
        "virus_words": dict(VirusCheck.choices),
        "or_else": {CheckKind.CQC: CheckKind.NO_CQC, CheckKind.NO_CQC: CheckKind.CQC}.get(asked),
        "sent": [each for each in check.proofs if each.kind == asked],
        "form": form,
        "may_send": enterprise.state in MAY_BE_WRITTEN,
        "most_at_once": settings.MOST_FILES_AT_ONCE,
        "megabytes": settings.MOST_BYTES_A_FILE // 1024**2,
    }
    return render(request, "public/enterprise/proof.html", known)


@of_enterprise
def file(request: HttpRequest, enterprise: Enterprise, number: int) -> HttpResponseBase:
    """A proof that was sent, to keep and open."""
    sent = (each for check in checks_of(enterprise, today=clock.today()) for each in check.proofs)
    found = next((each for each in sent if each.pk == number), None)
    if found is None:
        refuse(request, enterprise.reference)
    try:
        content = opened(found, by=account_of(request), at=clock.now())
    except Refusal as refusal:
        for problem in refusal.problems:
            messages.error(request, in_words(problem))
        return redirect("public:business_proofs", enterprise.reference)
    name = f"{enterprise.reference}-{found.pk}.{'pdf' if found.type == PDF else 'jpg'}"
    answered = FileResponse(content, content_type=found.type, as_attachment=True, filename=name)
    answered.headers["X-Content-Type-Options"] = "nosniff"
    answered.headers["Cache-Control"] = "private, no-store"
    return answered


def _check(enterprise: Enterprise, kind: str) -> CheckStanding:
    """How the check of a kind stands. Raises ``Http404`` where it is not asked of this enterprise."""
    checks = checks_of(enterprise, today=clock.today()) if kind in CheckKind.values else []
    found = next((each for each in checks if meets(each.kind) == meets(kind)), None)
    if found is None:
        raise Http404("There is no such check")
    return found


def _keep(request: HttpRequest, enterprise: Enterprise, kind: CheckKind, form: ProofForm) -> None:
    """Keep each file; what is wrong with one is said of that one."""
    for each in form.cleaned_data["papers"]:
        try:
            send(enterprise, kind, each.chunks(), called=each.name or "", by=account_of(request), at=clock.now())
        except Refusal as refusal:
            form.left_out += [str(problem) for problem in refusal.problems]

"""The pages of a draft besides its questions: the task list, the person, the choice not to give details, the sending."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from stdnum.gb import nhs

from farthing.base.refusal import Refusal
from farthing.service import clock
from farthing.service.access.gates import Who, seen_by
from farthing.service.assessments.models import AssessmentRequest, Kind
from farthing.service.assessments.selectors.evidence import evidence_sent_by, evidence_wanted
from farthing.service.assessments.selectors.requests import request_of
from farthing.service.assessments.services import drafts
from farthing.service.assessments.services.beginning import tell_details
from farthing.service.assessments.services.handing_in import hand_in, still_missing
from farthing.service.assessments.services.requests import decline_details, save_answers
from farthing.service.people.models import Authority, Channel, LetterForm
from farthing.service.public.application.drafts import of_draft
from farthing.service.public.application.forms import ContactForm, DeclarationForm, DeclineForm, PersonForm, SaysForm
from farthing.service.public.application.questions import visit_to
from farthing.service.public.application.tasks import speaks_to, tasks
from farthing.service.public.authority import right_declared
from farthing.service.public.own import account_of, refuse
from farthing.service.questions.answers import Answers
from farthing.service.questions.pages import case_of
from farthing.service.questions.refusals import objections
from farthing.service.questions.summary import summary

TITLES = {
    Kind.APPLICATION: "Apply for a financial assessment",
    Kind.CHANGE: "Tell us what has changed",
    Kind.REVIEW: "Ask for a review",
}


@of_draft
def task_list(request: HttpRequest, draft: AssessmentRequest) -> HttpResponse:
    """What there is to do, and how far each thing is."""
    evidence = evidence_sent_by(draft.person, account_of(request))
    shown = tasks(draft, visit_to(request, draft), evidence)
    return _page(request, draft, "tasks", {"tasks": shown, "is_ready": all(each.is_done for each in shown)})


@of_draft
def person(request: HttpRequest, draft: AssessmentRequest) -> HttpResponse:
    """Ask who the person is. The date of birth is the one the money questions need."""
    told = draft.person
    begun = {name: getattr(told, name) for name in ("given_name", "family_name", "born", "nhs_number")}
    posted = request.POST if request.method == "POST" else None
    form = PersonForm(posted, initial=begun, is_me=speaks_to(draft) == "you", today=clock.today())
    if form.is_valid():
        answers = Answers.from_json(draft.answers).saying("born", form.cleaned_data["born"].isoformat())
        if _fits(form, answers, clock.today()):
            save_answers(draft, answers)
            _tell(request, draft, form.cleaned_data)
            return redirect("public:apply_contact" if not told.postcode else "public:apply_tasks", draft.reference)
    return _page(request, draft, "person", {"form": form})


@of_draft
def contact(request: HttpRequest, draft: AssessmentRequest) -> HttpResponse:
    """Ask where the person lives, and how letters should come."""
    names = ("address", "postcode", "telephone", "email", "letters_by", "letters_as")
    begun = {name: getattr(draft.person, name) for name in names}
    form = ContactForm(draft.person, request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid():
        _tell(request, draft, form.details())
        return redirect("public:apply_tasks", draft.reference)
    return _page(request, draft, "contact", {"form": form})


@of_draft
def decline(request: HttpRequest, draft: AssessmentRequest) -> HttpResponse:
    """Choose not to give details, once the consequence is understood; or take that choice back."""
    if request.method == "POST" and "give_details" in request.POST:
        drafts.give_details_after_all(draft, by=account_of(request), at=clock.now())
        return redirect("public:apply_tasks", draft.reference)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        decline_details(draft, by=account_of(request), at=clock.now())
        return redirect("public:apply_tasks", draft.reference)
    return _page(request, draft, "decline", {"form": form})


@of_draft
def says(request: HttpRequest, draft: AssessmentRequest) -> HttpResponse:
    """Ask what has changed, in the person's own words."""
    form = SaysForm(request.POST if request.method == "POST" else None, initial={"says": draft.says})
    if form.is_valid():
        drafts.say(draft, form.cleaned_data["says"])
        return redirect("public:apply_tasks", draft.reference)
    return _page(request, draft, "says", {"form": form})


@of_draft
def send(request: HttpRequest, draft: AssessmentRequest) -> HttpResponse:
    """Show everything that was told, and send it with the declaration."""
    if still_missing(draft, clock.today()):
        return redirect("public:apply_tasks", draft.reference)
    form = DeclarationForm(declaration(draft), request.POST if request.method == "POST" else None)
    if form.is_valid():
        hand_in(draft, by=account_of(request), at=clock.now())
        return redirect("public:apply_sent", draft.reference)
    visit = visit_to(request, draft)
    known = {
        "form": form,
        "visit": visit,
        "shown": summary(visit.answers, visit.assessment) if draft.tells_finances else None,
        "evidence": evidence_sent_by(draft.person, account_of(request)),
        "nhs_number": nhs.format(draft.person.nhs_number) if draft.person.nhs_number else "",
        "letters": f"{LetterForm(draft.person.letters_as).label}, {Channel(draft.person.letters_by).label.lower()}",
    }
    return _page(request, draft, "send", known)


@seen_by(Who.SIGNED_IN)
@never_cache
@require_GET
def sent(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that it has come, with the reference, and what happens next."""
    account = account_of(request)
    found = request_of(account, reference)
    if found is None:
        refuse(request, reference)
    if found.received_at is None:
        return redirect("public:apply_tasks", reference)
    has_come = {each.proves for each in evidence_sent_by(found.person, account)}
    wanted = evidence_wanted(Answers.from_json(found.answers), found.acting_as)
    known = {"wanted": [each for each in wanted if each.words not in has_come]}
    return _page(request, found, "sent", known)


@of_draft
def delete(request: HttpRequest, draft: AssessmentRequest) -> HttpResponse:
    """Delete a draft, once that is confirmed."""
    if request.method == "POST":
        drafts.discard(draft, by=account_of(request), at=clock.now())
        return redirect("public:account")
    return _page(request, draft, "delete", {})


def declaration(draft: AssessmentRequest) -> str:
    """What is declared, by whom and for whom, in words."""
    acting = draft.acting_as
    if acting is None or acting.authority == Authority.SELF:
        who = f"I, {draft.person.full_name}, declare"
    else:
        named = f"I, {acting.account.name}," if acting.account.name else "I"
        who = f"{named} act for {draft.person.full_name} {right_declared(acting)}. I declare"
    return (
        f"{who} that what is written here is true and complete, as far as I know. "
        "I will tell the council if something changes."
    )


def _page(request: HttpRequest, draft: AssessmentRequest, name: str, known: Mapping[str, object]) -> HttpResponse:
    shown = {
        "draft": draft,
        "person": draft.person,
        "service_title": TITLES[Kind(draft.kind)],
        "is_me": speaks_to(draft) == "you",
        "is_application": draft.kind == Kind.APPLICATION,
    }
    return render(request, f"public/application/{name}.html", {**shown, **known})


def _tell(request: HttpRequest, draft: AssessmentRequest, details: dict[str, object]) -> None:
    by, at = account_of(request), clock.now()
    tell_details(draft.person, details, by=by, at=at, version=draft.person.version)


def _fits(form: PersonForm, answers: Answers, today: date) -> bool:
    """Whether the law's door takes the date of birth with what else was told."""
    described = answers.described()
    try:
        case_of(described, settings.FARTHING_COUNCIL, today)
    except Refusal as refusal:
        for each in objections(refusal, described):
            form.add_error("born" if each.fact in ("born", "moved_in") else None, each.says)
        return False
    return True

"""The money questions of an application: those of the estimate, with the answers kept on the draft."""

from contextlib import AbstractContextManager
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from farthing.service import clock
from farthing.service.access.gates import Who
from farthing.service.assessments.models import AssessmentRequest
from farthing.service.assessments.selectors.requests import draft_of, draft_to_change
from farthing.service.assessments.services.beginning import tell_details
from farthing.service.assessments.services.drafts import held
from farthing.service.assessments.services.requests import save_answers
from farthing.service.public.application.drafts import elsewhere
from farthing.service.public.own import account_of
from farthing.service.public.questionnaire import Questionnaire
from farthing.service.public.visit import Store, Visit
from farthing.service.questions.answers import Answers


class OnDraft:
    """Answers on a draft. The date of birth stands on the person's record too, and is asked for once."""

    def __init__(self, request: HttpRequest, draft: AssessmentRequest):
        self.request, self.draft = request, draft

    def load(self) -> Answers:
        """The answers so far."""
        return Answers.from_json(self.draft.answers)

    def save(self, answers: Answers, response: HttpResponse) -> HttpResponse:
        """Keep the answers. Not giving details is not one of them: it has a page of its own, which says what follows."""
        before = self.load()
        if answers == before:
            return response
        if answers.said.get("tells_finances") == "false" and self.draft.tells_finances:
            return redirect("public:apply_decline", self.draft.reference)
        save_answers(self.draft, answers)
        born, person = answers.said.get("born"), self.draft.person
        if born and born != before.said.get("born"):
            details: dict[str, object] = {"born": date.fromisoformat(born)}
            tell_details(person, details, by=account_of(self.request), at=clock.now(), version=person.version)
        return response


def opened(request: HttpRequest, reference: str) -> Store | HttpResponse:
    """The answers of a draft, held until they are kept where they are to be changed."""
    account = account_of(request)
    find = draft_to_change if request.method == "POST" else draft_of
    draft = find(account, reference)
    return OnDraft(request, draft) if draft else elsewhere(request, account, reference)


def held_draft(request: HttpRequest, reference: str) -> AbstractContextManager[object]:
    """The draft of a reference, held while it is changed."""
    return held(account_of(request), reference)


APPLY = Questionnaire(
    name="apply",
    title="Your money and care",
    begin="public:apply_tasks",
    after="public:apply_tasks",
    submit="Save and go on",
    who=(Who.SIGNED_IN,),
    store=opened,
    held=held_draft,
)


def visit_to(request: HttpRequest, draft: AssessmentRequest) -> Visit:
    """The questions of a draft as another page shows them, to link to each."""
    return Visit(APPLY, request, OnDraft(request, draft), {"reference": draft.reference}, clock.today())

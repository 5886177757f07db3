"""The money questions of an application: those of the estimate, with the answers kept on the draft."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

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


@dataclass(frozen=True, kw_only=True)
class HeldQuestionnaire(Questionnaire):
    """A questionnaire whose answers lie in the database: what two tabs send at once is written one after the other."""

    def view(self, page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """A page of it, in one transaction where something is sent."""
        plain = super().view(page)

        @wraps(plain)
        def respond(request: HttpRequest, **parts: Any) -> HttpResponse:
            if request.method != "POST":
                return plain(request, **parts)
            with held(account_of(request), parts["reference"]):
                return plain(request, **parts)

        return respond


APPLY = HeldQuestionnaire(
    name="apply",
    title="Your money and care",
    begin="public:apply_tasks",
    after="public:apply_tasks",
    submit="Save and go on",
    who=(Who.SIGNED_IN,),
    store=opened,
)


def visit_to(request: HttpRequest, draft: AssessmentRequest) -> Visit:
    """The questions of a draft as another page shows them, to link to each."""
    return Visit(APPLY, request, OnDraft(request, draft), {"reference": draft.reference}, clock.today())

"""The task list of a draft: what is to be done, and how far each thing is."""

from dataclasses import dataclass

from django.urls import reverse

from farthing.base.refusal import Refusal
from farthing.service.assessments.models import AssessmentRequest, Evidence, Kind
from farthing.service.public.visit import Visit
from farthing.service.questions import progress
from farthing.service.questions.pages import settled


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. ``status`` is in words; ``is_done`` whether anything still keeps it from being sent."""

    title: str
    address: str
    hint: str
    status: str
    is_done: bool
    is_begun: bool = True


def tasks(draft: AssessmentRequest, visit: Visit, evidence: list[Evidence]) -> list[Task]:
    """What is to be done before a draft is sent. Evidence may always follow, so it holds nothing up."""
    person = _person(draft) if draft.kind == Kind.APPLICATION else _says(draft)
    return [*person, _money(draft, visit), _evidence(draft, evidence)]


def _says(draft: AssessmentRequest) -> list[Task]:
    said = bool(draft.says)
    return [Task("What has changed", _address("says", draft), "", "Completed" if said else "Not started", said, said)]


def _person(draft: AssessmentRequest) -> list[Task]:
    person, about = draft.person, "you" if speaks_to(draft) == "you" else draft.person.full_name
    who = person.born is not None
    where = bool(person.postcode)
    return [
        Task(f"About {about}", _address("person", draft), "Name and date of birth", _done(who), who, who),
        Task("Address and letters", _address("contact", draft), "Where to write, and how", _done(where), where, where),
    ]


def _money(draft: AssessmentRequest, visit: Visit) -> Task:
    title, hint = "Money and care", "Savings, property, income and costs"
    if not draft.tells_finances:
        return Task(title, _address("decline", draft), "", "Not giving details", is_done=True)
    try:
        done = settled(visit.answers, visit.council, visit.on)[2] is None
        left = progress.left(visit.answers, visit.assessment)
    except Refusal:
        return Task(title, visit.address("check"), "Some answers do not fit together", "To put right", is_done=False)
    if done:
        return Task(title, visit.address("check"), hint, "Completed", is_done=True)
    begun = visit.answers.are_begun
    return Task(
        title, visit.address("next"), left if begun else hint, "Started" if begun else "Not started", False, begun
    )


def _evidence(draft: AssessmentRequest, evidence: list[Evidence]) -> Task:
    number = len(evidence)
    status = f"{number} file{'s' if number != 1 else ''} sent" if number else "You can do this later"
    hint = "Bank statements, award letters and other papers"
    return Task(
        "Papers that show it", reverse("public:evidence", args=[draft.reference]), hint, status, True, number > 0
    )


def speaks_to(draft: AssessmentRequest) -> str:
    """Whether an application speaks to the person themselves ("you") or about them ("them")."""
    return str(draft.answers.get("about", "you"))


def _done(is_done: bool) -> str:
    return "Completed" if is_done else "Not started"


def _address(page: str, draft: AssessmentRequest) -> str:
    return reverse(f"public:apply_{page}", args=[draft.reference])

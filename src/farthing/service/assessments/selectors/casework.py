"""A person's case: what was asked of the council, what is drafted and decided, and what goes on around it."""

from django.db.models import QuerySet

from farthing.service.access.models import Account
from farthing.service.assessments.models import (
    AssessmentRequest,
    Decision,
    DecisionDraft,
    Departure,
    Message,
    Note,
    State,
    Task,
    Visit,
)
from farthing.service.assessments.models.requests import OPEN
from farthing.service.people.models import Person


def requests_of(person: Person) -> list[AssessmentRequest]:
    """Every request about a person that was handed in, the newest first; the drafts of people are theirs alone."""
    found = person.requests.exclude(state=State.DRAFT).defer("answers")
    return list(found.select_related("assigned_to", "made_by", "acting_as", "draft").order_by("-received_at", "-id"))


def open_request(requests: list[AssessmentRequest]) -> AssessmentRequest | None:
    """The oldest request that the council still owes an answer to, which is the one to work on."""
    return next((each for each in reversed(requests) if each.is_open), None)


def request_for(person: Person, reference: str) -> AssessmentRequest | None:
    """A person's request by its reference."""
    found = AssessmentRequest.objects.filter(person=person, reference=reference).exclude(state=State.DRAFT)
    return found.select_related("person", "assigned_to", "acting_as").first()


def request_to_assign(reference: str) -> AssessmentRequest | None:
    """A request by its reference alone, as the worklist names it."""
    found = AssessmentRequest.objects.filter(reference=reference, state__in=OPEN)
    return found.select_related("person", "assigned_to").first()


def draft_of(request: AssessmentRequest) -> DecisionDraft | None:
    """The draft of a decision on a request."""
    found = DecisionDraft.objects.filter(request=request)
    return found.select_related("request__person", "drafted_by", "backdating_approved_by").first()


def decisions_of(person: Person) -> list[Decision]:
    """A person's sealed decisions without what is sealed in them, the newest first."""
    return list(_decisions(person).defer("sealed").order_by("-sealed_at", "-id"))


def decision_for(person: Person, reference: str) -> Decision | None:
    """A person's decision, with all that is sealed in it."""
    return _decisions(person).filter(reference=reference).first()


def decision_in_force(person: Person) -> Decision | None:
    """The decision that no other has superseded, with all that is sealed in it."""
    return _decisions(person).filter(superseded_by=None).order_by("sealed_at").last()


def departure_for(person: Person, number: int) -> Departure | None:
    """One departure of a person."""
    return person.departures.select_related("person", "proposed_by", "approved_by").filter(pk=number).first()


def newest_fact(person: Person) -> int:
    """The number of the newest row said about a person, which a form carries to show what it saw; nought for none."""
    newest = person.facts.order_by("-id").values_list("pk", flat=True).first()
    return newest or 0


def notes_of(person: Person) -> list[Note]:
    """Notes on a person, the newest first."""
    return list(person.notes.select_related("written_by").order_by("-id"))


def tasks_of(person: Person) -> list[Task]:
    """Tasks about a person: those to be done first, by day; then those done."""
    found = person.tasks.select_related("for_whom", "made_by", "done_by")
    return list(found.order_by("done_at", "due_on", "id"))


def tasks_for(account: Account) -> list[Task]:
    """The tasks somebody still has to do, by day."""
    found = Task.objects.filter(for_whom=account, done_at=None).select_related("person")
    return list(found.order_by("due_on", "id")[:20])


def task_for(person: Person, number: int) -> Task | None:
    """One task about a person."""
    return person.tasks.select_related("person").filter(pk=number).first()


def visits_of(person: Person) -> list[Visit]:
    """Assessments made by telephone or at home, the newest first."""
    return list(person.visits.select_related("recorded_by").order_by("-on", "-id"))


def messages_of(person: Person) -> list[Message]:
    """Messages between the council and a person about any request, the oldest first."""
    found = Message.objects.filter(request__person=person).select_related("written_by", "request")
    return list(found.order_by("id"))


def _decisions(person: Person) -> QuerySet[Decision]:
    return person.decisions.select_related(
        "request", "person", "supersedes", "superseded_by", "decided_by", "checked_by"
    )

"""Requests to be assessed, from the first word of a draft to the decision that answers them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from farthing.base.refusal import Problem, Refusal
from farthing.service.access.models import Account
from farthing.service.assessments.models import AssessmentRequest, Decision, How, Kind, Side, State
from farthing.service.assessments.models.requests import OPEN
from farthing.service.assessments.services.facts import Saying, tell_answers
from farthing.service.audit.services import record
from farthing.service.clock import day_of
from farthing.service.people.models import Authority, Person, Representation
from farthing.service.people.services import Overtaken
from farthing.service.questions.answers import Answers

MAY_FOLLOW: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.RECEIVED, State.WITHDRAWN}),
    State.RECEIVED: frozenset({State.ASSESSING, State.EVIDENCE_WANTED, State.WITHDRAWN}),
    State.ASSESSING: frozenset({State.EVIDENCE_WANTED, State.CHECKING, State.DECIDED, State.WITHDRAWN}),
    State.EVIDENCE_WANTED: frozenset({State.ASSESSING, State.WITHDRAWN}),
    State.CHECKING: frozenset({State.ASSESSING, State.DECIDED}),
    State.DECIDED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
"""Which state may come after which."""


def begin(
    person: Person,
    kind: Kind,
    *,
    by: Account,
    at: datetime,
    how: How = How.ONLINE,
    acting_as: Representation | None = None,
    answers: Answers | None = None,
    about_decision: Decision | None = None,
) -> AssessmentRequest:
    """Begin a draft."""
    request = AssessmentRequest.objects.create(
        person=person,
        kind=kind,
        how=how,
        made_by=by,
        acting_as=acting_as,
        answers=(answers or Answers()).as_json(),
        about_decision=about_decision,
        begun_at=at,
    )
    record(action="request begun", actor=by.actor, about=person.reference, at=at, request=request.reference)
    return request


def save_answers(request: AssessmentRequest, answers: Answers) -> None:
    """Keep what has been answered in a draft so far. Raises ``Refusal`` once it has been sent."""
    saved = AssessmentRequest.objects.filter(pk=request.pk, state=State.DRAFT).update(answers=answers.as_json())
    if not saved:
        raise Refusal(Problem("", "has been sent already", "Report a change of circumstances instead", called="this"))
    request.answers = answers.as_json()


def decline_details(request: AssessmentRequest, *, by: Account, at: datetime) -> None:
    """Record that the person has chosen, and confirmed, not to give details: the full cost will be charged.

    Raises ``Refusal`` once the request has been sent.
    """
    answers = Answers.from_json(request.answers).saying("tells_finances", "false")
    with transaction.atomic():
        draft = AssessmentRequest.objects.filter(pk=request.pk, state=State.DRAFT)
        if not draft.update(tells_finances=False, answers=answers.as_json()):
            raise Refusal(
                Problem("", "has been sent already", "Report a change of circumstances instead", called="this")
            )
        request.refresh_from_db()
        record(action="details declined", actor=by.actor, about=request.person.reference, at=at,
               request=request.reference)  # fmt: skip


def submit(request: AssessmentRequest, *, by: Account, at: datetime, says: str = "") -> AssessmentRequest:
    """Send a draft to the council with its declaration. What was answered becomes facts told. Sending twice sends once."""
    with transaction.atomic():
        sent = AssessmentRequest.objects.filter(pk=request.pk, state=State.DRAFT).update(
            state=State.RECEIVED,
            says=says or F("says"),
            declared_at=at,
            received_at=at,
            decide_by=last_day_to_decide(day_of(at)),
            version=F("version") + 1,
        )
        request.refresh_from_db()
        if sent:
            saying = Saying(by=by, as_whom=as_whom(request), at=at, side=Side.TOLD)
            tell_answers(request.person, Answers.from_json(request.answers), saying)
            record(action="request received", actor=by.actor, about=request.person.reference, at=at,
                   request=request.reference)  # fmt: skip
    return request


def enter(person: Person, kind: Kind, *, how: How, says: str, by: Account, at: datetime) -> AssessmentRequest:
    """Enter a request that did not come online, for an officer to fill in and for that officer to work on.

    Raises ``Refusal`` where one of that kind is open already, so that a form sent twice enters it once.
    """
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        if AssessmentRequest.objects.filter(person=person, kind=kind, state__in=OPEN).exists():
            raise Refusal(Problem("kind", "is open for this person already", "Work on that request"))
        request = submit(begin(person, kind, by=by, at=at, how=how), by=by, at=at, says=says)
        assign(request, by, by=by, at=at, version=request.version)
    return request


def withdraw(request: AssessmentRequest, *, by: Account, at: datetime, version: int) -> None:
    """Record that a request was withdrawn. Raises ``Refusal`` once it is decided, ``Overtaken`` where somebody was first."""
    with transaction.atomic():
        if request.version != version:
            raise Overtaken
        move(request, State.WITHDRAWN, by=by, at=at)
        record(action="request withdrawn", actor=by.actor, about=request.person.reference, at=at,
               request=request.reference)  # fmt: skip


def move(request: AssessmentRequest, state: State, *, by: Account, at: datetime) -> None:
    """Move a request on. Raises ``Refusal`` where that state may not follow, ``Overtaken`` where somebody was first."""
    if state not in MAY_FOLLOW[State(request.state)]:
        raise Refusal(
            Problem(
                "state",
                f"cannot go from “{State(request.state).label}” to “{state.label}”",
                "Open the case again to see where it stands",
            )
        )
    with transaction.atomic():
        changed = {"state": state, "version": F("version") + 1}
        if not MAY_FOLLOW[state]:
            changed["ended_at"] = at
        if not AssessmentRequest.objects.filter(pk=request.pk, version=request.version).update(**changed):
            raise Overtaken
        request.refresh_from_db()
        record(action="request moved", actor=by.actor, about=request.person.reference, at=at,
               request=request.reference, state=str(state))  # fmt: skip


def assign(request: AssessmentRequest, officer: Account | None, *, by: Account, at: datetime, version: int) -> None:
    """Give a request to an officer, or to nobody. Raises ``Overtaken`` where somebody was first."""
    with transaction.atomic():
        given = AssessmentRequest.objects.filter(pk=request.pk, version=version).update(
            assigned_to=officer, version=F("version") + 1
        )
        if not given:
            raise Overtaken
        request.refresh_from_db()
        if officer is not None and request.state == State.RECEIVED:
            move(request, State.ASSESSING, by=by, at=at)
        record(action="request assigned", actor=by.actor, about=request.person.reference, at=at,
               request=request.reference, to=officer.actor if officer else "nobody")  # fmt: skip


def last_day_to_decide(received_on: date) -> date:
    """The last day of the guard against late decisions."""
    return received_on + timedelta(days=settings.DECIDE_WITHIN_DAYS)


def as_whom(request: AssessmentRequest) -> str:
    """Whose word the answers of a request are, in words."""
    acting = request.acting_as
    if acting is None or acting.authority == Authority.SELF:
        return "The person"
    authority = Authority(acting.authority).label
    return f"{acting.relationship or 'Somebody'} acting for the person: {authority}"

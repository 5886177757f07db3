"""Handing a draft in: once, whole, with its letter."""

from collections.abc import Iterator
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from farthing.base.days import in_words
from farthing.base.refusal import Problem, Refusal
from farthing.case.assessment import Assessment
from farthing.service.access.models import Account
from farthing.service.assessments.letter_fields import top
from farthing.service.assessments.models import AssessmentRequest, Decision, Kind, State
from farthing.service.assessments.selectors.evidence import evidence_of, evidence_wanted
from farthing.service.assessments.selectors.requests import review_open
from farthing.service.assessments.services.requests import begin, submit
from farthing.service.audit.services import record
from farthing.service.clock import day_of
from farthing.service.correspondence.services import letter_in_form, send, write
from farthing.service.people.models import Authority, LetterForm, Representation
from farthing.service.questions.answers import Answers
from farthing.service.questions.pages import assessed, settled
from farthing.service.questions.summary import summary

SHORTEST_REASON = 20
"""Letters, of why a decision should be looked at again."""


def still_missing(request: AssessmentRequest, today: date) -> list[Problem]:
    """What keeps a draft from being handed in. Evidence may always follow."""
    return list(_missing(request, today))


def hand_in(request: AssessmentRequest, *, by: Account, at: datetime) -> AssessmentRequest:
    """Hand in a draft, with the declaration made now, and write the letter that says it has come: all of it or nothing.

    Handing it in twice hands it in once. Raises ``Refusal`` with what is missing.
    """
    with transaction.atomic():
        rows = AssessmentRequest.objects.select_for_update(of=("self",)).select_related("person", "acting_as")
        held = rows.get(pk=request.pk)
        if held.state != State.DRAFT:
            return held
        if problems := still_missing(held, day_of(at)):
            raise Refusal(*problems)
        submit(held, by=by, at=at)
        if held.kind == Kind.APPLICATION:
            _write_letter(held, by=by, at=at)
        else:
            record(action="change reported", actor=by.actor, about=held.person.reference, at=at, request=held.reference)
    return held


def ask_for_review(
    decision: Decision, acting_as: Representation, *, says: str, by: Account, at: datetime
) -> AssessmentRequest:
    """Ask for a decision to be looked at again. Asking twice gives the review that is under way.

    Raises ``Refusal`` where no reason is given that an officer could follow.
    """
    if len(says.strip()) < SHORTEST_REASON:
        raise Refusal(
            Problem("says", "is too short for us to follow", "Say in a sentence or two what you think is wrong")
        )
    with transaction.atomic():
        if under_way := review_open(decision):
            return under_way
        request = begin(decision.person, Kind.REVIEW, by=by, at=at, acting_as=acting_as, about_decision=decision)
        submit(request, by=by, at=at, says=says.strip())
        record(action="review asked", actor=by.actor, about=decision.person.reference, at=at,
               request=request.reference, decision=decision.reference)  # fmt: skip
    return request


def _missing(request: AssessmentRequest, today: date) -> Iterator[Problem]:
    person, answers = request.person, Answers.from_json(request.answers)
    if person.born is None:
        yield Problem("person", "is not complete", "Give the date of birth")
    if not person.postcode:
        yield Problem("contact", "is not complete", "Give the address")
    if request.kind == Kind.CHANGE and not request.says:
        yield Problem("says", "is not complete", "Say what has changed")
    if request.tells_finances and settled(answers, settings.FARTHING_COUNCIL, today)[2] is not None:
        yield Problem("money", "is not complete", "Answer the questions that are left")


def _assessed(answers: Answers, on: date) -> Assessment:
    return assessed(answers, settings.FARTHING_COUNCIL, on)


def _write_letter(request: AssessmentRequest, *, by: Account, at: datetime) -> None:
    person, form = request.person, LetterForm(request.person.letters_as)
    letter = write(
        letter_in_form("application_received", form),
        person=person,
        cause=f"application {request.reference}",
        fields=_fields(request, at),
        form=LetterForm.STANDARD if form == LetterForm.EASY_READ else form,
        at=at,
        by=by.actor,
    )
    send(letter, at=at, by=by.actor)


def _fields(request: AssessmentRequest, at: datetime) -> dict[str, object]:
    answers, today = Answers.from_json(request.answers), day_of(at)
    assert request.decide_by is not None
    sent = {each.proves for each in evidence_of(request.person)}
    wanted = [each.words for each in evidence_wanted(answers, request.acting_as) if each.words not in sent]
    return {
        **top(request.person, request.reference, today),
        "headline": [
            "We have your application. You do not need to send it again.",
            f"Your reference is {request.reference}. Please give it when you ask us anything.",
        ],
        "received": in_words(today.toordinal()),
        "answer_by": in_words(request.decide_by.toordinal()),
        "wanted": wanted,
        "next": [
            "We look at what you told us, and ask you if anything is not clear.",
            "We then write to say what there is to pay, and show how we worked it out.",
            "Nothing is to be paid until you have had that letter.",
        ],
        "told": list(_told(request, answers, today)),
    }


def _told(request: AssessmentRequest, answers: Answers, today: date) -> Iterator[dict[str, str]]:
    yield {"label": "Who is the application for?", "answer": request.person.full_name}
    if request.acting_as is not None and request.acting_as.authority != Authority.SELF:
        right = Authority(request.acting_as.authority).label
        yield {"label": "What gives the right to act for them?", "answer": right}
    if not request.tells_finances:
        yield {"label": "Will you give details of the money?", "answer": "No. The full cost is to be paid"}
        return
    for part in summary(answers, _assessed(answers, today)).parts:
        for row in part.rows:
            yield {"label": row.asked, "answer": ". ".join(row.values)}

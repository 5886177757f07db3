"""What can be done with a request while it is still a draft: its answers, its reasons, changing one's mind, deleting it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial

from django.db import models, transaction

from farthing.base.refusal import Problem, Refusal
from farthing.service.access.models import Account
from farthing.service.assessments.models import AssessmentRequest, Evidence, Kind, State
from farthing.service.assessments.selectors.requests import draft_to_change
from farthing.service.audit.services import record
from farthing.service.people.services import forget_person
from farthing.service.questions.answers import Answers
from farthing.service.uploads.storage import EVIDENCE


@contextmanager
def held(account: Account, reference: str) -> Iterator[AssessmentRequest | None]:
    """The draft of a reference that an account fills in, held for this change alone; None where there is none."""
    with transaction.atomic():
        yield draft_to_change(account, reference)


def say(request: AssessmentRequest, says: str) -> None:
    """Keep what a draft says in the person's own words. Raises ``Refusal`` once it has been sent."""
    if not AssessmentRequest.objects.filter(pk=request.pk, state=State.DRAFT).update(says=says.strip()):
        raise sent_already()
    request.says = says.strip()


def give_details_after_all(request: AssessmentRequest, *, by: Account, at: datetime) -> None:
    """Undo the choice not to give details, before the draft is sent: what was answered before counts again."""
    answers = Answers.from_json(request.answers)
    told = {name: value for name, value in answers.said.items() if name != "tells_finances"}
    with transaction.atomic():
        undone = AssessmentRequest.objects.filter(pk=request.pk, state=State.DRAFT).update(
            tells_finances=True, answers=replace(answers, said=told).as_json()
        )
        if not undone:
            raise sent_already()
        request.refresh_from_db()
        record(action="details given after all", actor=by.actor, about=request.person.reference, at=at,
               request=request.reference)  # fmt: skip


def discard(request: AssessmentRequest, *, by: Account, at: datetime) -> None:
    """Delete a draft with what was sent for it, and the person too where nothing else is known of them.

    Raises ``Refusal`` once it has been sent.
    """
    person = request.person
    with transaction.atomic():
        reference = request.reference
        draft = AssessmentRequest.objects.select_for_update().filter(pk=request.pk, state=State.DRAFT)
        if not draft.exists():
            raise sent_already()
        draft.delete()
        record(action="request discarded", actor=by.actor, about=person.reference, at=at, request=reference)
        if request.kind == Kind.APPLICATION and not person.requests.exists():
            _forget(person.evidence.all())
            person.tasks.all().delete()
            forget_person(person, by=by, at=at)


def sent_already() -> Refusal:
    """What is said to somebody who changes what they have sent."""
    return Refusal(Problem("", "has been sent already", "Report a change of circumstances instead", called="this"))


def _forget(evidence: models.QuerySet[Evidence]) -> None:
    for each in evidence:
        transaction.on_commit(partial(EVIDENCE.drop, each.stored_as))
    evidence.delete()

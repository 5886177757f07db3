"""Notes, tasks, records of visits, and messages to the person."""

from datetime import date, datetime

from django.db import transaction

from farthing.base.refusal import Problem, Refusal
from farthing.service.access.models import Account
from farthing.service.assessments.models import AssessmentRequest, Message, Note, Task, Visit
from farthing.service.audit.services import record
from farthing.service.people.models import Person


def write_note(person: Person, text: str, *, by: Account, at: datetime) -> Note:
    """Write down something for colleagues. The same note by the same officer twice running is kept once."""
    with transaction.atomic():
        last = Note.objects.select_for_update().filter(person=person).order_by("-id").first()
        if last and last.written_by_id == by.pk and last.text == _said(text, "text"):
            return last
        note = Note.objects.create(person=person, text=_said(text, "text"), written_by=by, written_at=at)
        record(action="note written", actor=by.actor, about=person.reference, at=at)
    return note


def set_task(
    person: Person, says: str, *, due_on: date | None, for_whom: Account | None, by: Account, at: datetime
) -> Task:
    """Set something to be done. The same task set twice is one, until it is done."""
    wanted = {"says": _said(says, "says"), "due_on": due_on, "for_whom": for_whom}
    with transaction.atomic():
        same = Task.objects.select_for_update().filter(person=person, made_by=by, done_at=None, **wanted).first()
        if same:
            return same
        task = Task.objects.create(person=person, made_by=by, made_at=at, **wanted)
        record(action="task set", actor=by.actor, about=person.reference, at=at)
    return task


def do_task(task: Task, *, by: Account, at: datetime) -> None:
    """Record that a task is done. Done twice is done once, by whoever was first."""
    with transaction.atomic():
        if Task.objects.filter(pk=task.pk, done_at=None).update(done_by=by, done_at=at):
            record(action="task done", actor=by.actor, about=task.person.reference, at=at)
        task.refresh_from_db()


def record_visit(
    person: Person, *, how: str, on: date, present: str, said: str, by: Account, at: datetime, today: date
) -> Visit:
    """Record an assessment made by telephone or at home. Raises ``Refusal`` for a day to come."""
    if on > today:
        raise Refusal(Problem("on", "is still to come", "Record it once it has taken place"))
    told = {"how": how, "on": on, "present": _said(present, "present"), "record": _said(said, "record")}
    with transaction.atomic():
        same = Visit.objects.select_for_update().filter(person=person, recorded_by=by, **told).first()
        if same:
            return same
        visit = Visit.objects.create(person=person, recorded_by=by, recorded_at=at, **told)
        record(action="visit recorded", actor=by.actor, about=person.reference, at=at, how=how)
    return visit


def send_message(request: AssessmentRequest, text: str, *, by: Account, at: datetime) -> Message:
    """Send a message to whoever made a request. The same message twice running is sent once."""
    with transaction.atomic():
        last = Message.objects.select_for_update().filter(request=request).order_by("-id").first()
        if last and last.from_council and last.written_by_id == by.pk and last.text == _said(text, "text"):
            return last
        message = Message.objects.create(
            request=request, from_council=True, written_by=by, text=_said(text, "text"), written_at=at
        )
        record(action="message sent", actor=by.actor, about=request.person.reference, at=at, request=request.reference)
    return message


def read_messages(person: Person, *, by: Account, at: datetime) -> None:
    """Record that the council has read what it was sent."""
    with transaction.atomic():
        unread = Message.objects.filter(request__person=person, from_council=False, read_at=None)
        if unread.update(read_at=at):
            record(action="message read", actor=by.actor, about=person.reference, at=at)


def _said(text: str, field: str) -> str:
    if not text.strip():
        raise Refusal(Problem(field, "is empty", "Write something"))
    return text.strip()

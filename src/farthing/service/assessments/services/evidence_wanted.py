"""Asking for evidence: a letter that says what and why, a message, and a case that waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F

from farthing.base.days import in_words
from farthing.base.refusal import Problem, Refusal
from farthing.law import law
from farthing.service.access.models import Account
from farthing.service.assessments.facts import Standing, declared
from farthing.service.assessments.letter_fields import contact_of, top
from farthing.service.assessments.models import AssessmentRequest, State
from farthing.service.assessments.services.casework import send_message
from farthing.service.assessments.services.requests import move
from farthing.service.audit.services import record
from farthing.service.clock import day_of
from farthing.service.correspondence.models import Letter
from farthing.service.correspondence.services import letter_in_form, send, write
from farthing.service.people.models import LetterForm
from farthing.service.people.services import Overtaken


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing the council needs to see, what would show it, and why."""

    what: str
    such_as: str
    why: str


def evidence_to_ask_for(standing: Standing) -> list[Wanted]:
    """What the law's own declarations say would prove each thing that was told and is not verified."""
    found: dict[str, Wanted] = {}
    for known in standing.unverified():
        fact = declared(known.section, known.fact)
        if fact is None or not fact.evidence or (known.told and known.told.evidence_id):
            continue
        held = law().lists.get(known.section)
        what = held.says if held else fact.question.rstrip("?")
        found.setdefault(f"{known.section}/{fact.evidence}", Wanted(what, fact.evidence, "It decides what you pay."))
    return list(found.values())


def ask_for_evidence(
    request: AssessmentRequest,
    wanted: Iterable[Wanted],
    *,
    by_day: date,
    message: str,
    by: Account,
    at: datetime,
    version: int,
) -> Letter:
    """Ask for evidence: write the letter and send it, leave a message, and let the case wait; all or nothing.

    Raises ``Refusal`` where nothing is asked for or the day is not to come, and ``Overtaken`` where the case moved on.
    """
    asked = list(wanted)
    problems = []
    if not asked:
        problems.append(Problem("wanted", "is empty", "Say at least one thing that is needed"))
    if by_day <= day_of(at):
        problems.append(Problem("by_day", "is not to come", "Give the person time to find the papers"))
    if problems:
        raise Refusal(*problems)
    person = request.person
    with transaction.atomic():
        if request.version != version:
            raise Overtaken
        if request.state == State.EVIDENCE_WANTED:
            if not AssessmentRequest.objects.filter(pk=request.pk, version=version).update(version=F("version") + 1):
                raise Overtaken
            request.refresh_from_db()
        else:
            move(request, State.EVIDENCE_WANTED, by=by, at=at)
        form = LetterForm(person.letters_as)
        letter = write(
            letter_in_form("evidence_wanted", form),
            person=person,
            cause=f"evidence for {request.reference}, {request.version}",
            fields=_fields(request, asked, by_day, at),
            form=LetterForm.STANDARD if form == LetterForm.EASY_READ else form,
            at=at,
            by=by.actor,
        )
        send(letter, at=at, by=by.actor)
        send_message(request, _message(asked, by_day, message), by=by, at=at)
        record(action="evidence asked for", actor=by.actor, about=person.reference, at=at,
               request=request.reference, letter=letter.reference, things=len(asked))  # fmt: skip
    return letter


def evidence_has_come(request: AssessmentRequest, *, by: Account, at: datetime, version: int) -> None:
    """Let a case that waited go on. Raises ``Overtaken`` and ``Refusal``."""
    if request.version != version:
        raise Overtaken
    move(request, State.ASSESSING, by=by, at=at)


def usual_day(today: date) -> date:
    """The day evidence is wanted by unless another is given."""
    return date.fromordinal(today.toordinal() + settings.DECIDE_WITHIN_DAYS // 2)


def _message(asked: list[Wanted], by_day: date, message: str) -> str:
    lines = [f"We need to see some papers by {in_words(by_day.toordinal())}:", *(f"- {each.what}" for each in asked)]
    return "\n".join([*lines, *([message.strip()] if message.strip() else [])])


def _fields(request: AssessmentRequest, asked: list[Wanted], by_day: date, at: datetime) -> dict[str, object]:
    contact, until = contact_of(), in_words(by_day.toordinal())
    return {
        **top(request.person, request.reference, day_of(at)),
        "headline": ["We need to see some papers before we can say what you pay."],
        "wanted": [{"what": each.what, "such_as": each.such_as or None, "why": each.why} for each in asked],
        "by": until,
        "how_to_send": [
            "Send a photograph or a scan from your account online.",
            "Send copies by post to the address on this letter.",
            f"Telephone {contact.telephone} if you need help.",
        ],
        "without_it": [
            "Tell us if you cannot find a paper, or need more time. We will help.",
            f"If we hear nothing by {until} we decide without them, and you may pay more than you need to.",
        ],
    }

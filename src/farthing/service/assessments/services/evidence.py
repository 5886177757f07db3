"""Taking in evidence, taking it back, and looking after its files.

The file is kept first and its row is written after it, so that a crash between the two leaves a file that no row
names, which ``sweep_orphans`` deletes, and never a row without its file.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction

from farthing.base.refusal import Problem, Refusal
from farthing.service.access.models import Account
from farthing.service.assessments.models import Evidence
from farthing.service.assessments.selectors.evidence import not_looked_at
from farthing.service.audit.services import THE_SERVICE, record
from farthing.service.people.models import Person
from farthing.service.uploads import looking_after
from farthing.service.uploads.receiving import Received, receive
from farthing.service.uploads.scanner import VirusCheck
from farthing.service.uploads.storage import EVIDENCE, Kept


def add(person: Person, pieces: Iterable[bytes], *, called: str, proves: str, by: Account, at: datetime) -> Evidence:
    """Take in one file as evidence. ``called`` is what the sender calls it, for an error; it is not kept.

    The same file sent twice is kept once. Raises ``Refusal`` for a file that is not taken, and for one too many.
    """
    received = receive(pieces, called=called)
    kept = EVIDENCE.keep(received.content)
    try:
        with transaction.atomic():
            evidence = _entered(person, received, kept, proves=proves, by=by, at=at, called=called)
    except BaseException:
        EVIDENCE.drop(kept.stored_as)
        raise
    if evidence.stored_as != kept.stored_as:
        EVIDENCE.drop(kept.stored_as)
    return evidence


def take_back(evidence: Evidence, *, by: Account, at: datetime) -> None:
    """Take back what was sent, before the council has looked at it; the file is deleted. Twice is as good as once.

    Raises ``Refusal`` once an officer has looked at it.
    """
    with transaction.atomic():
        taken = Evidence.objects.filter(pk=evidence.pk, taken_back_at=None, seen_at=None).update(taken_back_at=at)
        evidence.refresh_from_db()
        if not taken and evidence.taken_back_at is None:
            raise Refusal(
                Problem(
                    "", "has been looked at by the council already", "Send us a message about it", called="this file"
                )
            )
        if taken:
            record(action="evidence taken back", actor=by.actor, about=evidence.person.reference, at=at,
                   evidence=evidence.reference)  # fmt: skip
            transaction.on_commit(partial(EVIDENCE.drop, evidence.stored_as))


def look_at(evidence: Evidence, *, by: Account, at: datetime) -> None:
    """Record that somebody opened a file; the first look of the council is kept on it."""
    with transaction.atomic():
        if by.works_for_council:
            Evidence.objects.filter(pk=evidence.pk, seen_at=None).update(seen_at=at, seen_by=by)
        record(action="evidence seen", actor=by.actor, about=evidence.person.reference, at=at,
               evidence=evidence.reference)  # fmt: skip


def sweep_orphans(at: datetime) -> int:
    """Delete the files that no evidence names, a day after they were written. Gives how many."""
    named = Evidence.objects.filter(taken_back_at=None).exclude(virus_check=VirusCheck.INFECTED)
    return looking_after.sweep_orphans(EVIDENCE, lambda name: named.filter(stored_as=name).exists(), at=at)


def check_held_back(at: datetime) -> int:
    """Ask the virus scanner again about the files that are held back. Gives how many it could say something of."""
    waiting = Evidence.objects.filter(virus_check=VirusCheck.HELD_BACK, taken_back_at=None).select_related("person")
    held_back = ((each, each.stored_as) for each in waiting)

    def record_virus(evidence: Evidence) -> None:
        record(action="virus found", actor=THE_SERVICE, about=evidence.person.reference, at=at,
               evidence=evidence.reference)  # fmt: skip

    return looking_after.check_held_back(EVIDENCE, held_back, record_virus=record_virus)


def _entered(
    person: Person, received: Received, kept: Kept, *, proves: str, by: Account, at: datetime, called: str
) -> Evidence:
    """The row of a kept file, or the earlier row of the same file."""
    Person.objects.select_for_update().get(pk=person.pk)
    sent_before = not_looked_at(person)
    for earlier in sent_before:
        if earlier.digest == kept.digest:
            return earlier
    if len(sent_before) >= settings.MOST_FILES:
        most = settings.MOST_FILES
        raise Refusal(Problem(called or "The file", f"is one more than {most}", "Wait until we have looked at those"))
    evidence = Evidence.objects.create(
        person=person,
        proves=proves,
        sent_by=by,
        sent_at=at,
        stored_as=kept.stored_as,
        type=received.type,
        size=kept.size,
        digest=kept.digest,
        virus_check=received.virus_check,
    )
    record(action="evidence added", actor=by.actor, about=person.reference, at=at, evidence=evidence.reference)
    return evidence

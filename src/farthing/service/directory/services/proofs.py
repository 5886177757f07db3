"""Taking in the files that prove something, handing them out, and looking after them.

The file is kept first and its row is written after it, so that a crash between the two leaves a file that no row
names, which ``sweep_orphans`` deletes, and never a row without its file.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from farthing.base.refusal import Problem, Refusal
from farthing.service.access.models import Account, Role
from farthing.service.audit.services import THE_SERVICE, record
from farthing.service.directory.models import CheckKind, Enterprise, Proof
from farthing.service.directory.services.entries import MAY_BE_WRITTEN
from farthing.service.directory.steps import in_state, locked, owner_only
from farthing.service.uploads import looking_after
from farthing.service.uploads.receiving import Received, receive
from farthing.service.uploads.scanner import NOT_HANDED_OUT, VirusCheck
from farthing.service.uploads.storage import PROOFS, Kept

A_DAY = timedelta(days=1)

MAY_OPEN = {Role.DIRECTORY_EDITOR, Role.AUDITOR}


def send(
    enterprise: Enterprise, kind: CheckKind, pieces: Iterable[bytes], *, called: str, by: Account, at: datetime
) -> Proof:
    """Take in one file that proves something. ``called`` is its sender's name for it, kept for them to know it by.

    The same file sent twice for the same thing is kept once. Raises ``Refusal`` for a file that is not taken, and for
    one too many.
    """
    owner_only(enterprise, by)
    received = receive(pieces, called=called)
    kept = PROOFS.keep(received.content)
    try:
        with transaction.atomic():
            proof = _entered(enterprise, kind, received, kept, called=called, by=by, at=at)
    except BaseException:
        PROOFS.drop(kept.stored_as)
        raise
    if proof.kept_as != kept.stored_as:
        PROOFS.drop(kept.stored_as)
    return proof


def opened(proof: Proof, *, by: Account, at: datetime) -> BinaryIO:
    """A proof to read, and the record that somebody opened it: its owner, an editor or an auditor. Raises ``Refusal``."""
    if proof.enterprise.owner_id != by.pk and not MAY_OPEN & by.roles:
        raise Refusal(Problem("", "belongs to somebody else", "Ask an editor of the directory", called="this file"))
    proof.refresh_from_db(fields=["virus_check"])
    if proof.virus_check in NOT_HANDED_OUT:
        label = VirusCheck(proof.virus_check).label.lower()
        raise Refusal(Problem(proof.name, f"cannot be opened: {label}", "Try again later, or send another copy"))
    record(action="directory proof seen", actor=by.actor, about=proof.enterprise.reference, at=at, proof=proof.pk)
    return PROOFS.opened(proof.kept_as)


def sweep_orphans(at: datetime) -> int:
    """Delete the files that no proof names, a day after they were written. Gives how many."""
    named = Proof.objects.exclude(virus_check=VirusCheck.INFECTED)
    return looking_after.sweep_orphans(PROOFS, lambda name: named.filter(kept_as=name).exists(), at=at)


def check_held_back(at: datetime) -> int:
    """Ask the virus scanner again about the files that are held back. Gives how many it could say something of."""
    waiting = Proof.objects.filter(virus_check=VirusCheck.HELD_BACK).select_related("enterprise")
    held_back = ((each, each.kept_as) for each in waiting)

    def record_virus(proof: Proof) -> None:
        record(action="virus found", actor=THE_SERVICE, about=proof.enterprise.reference, at=at, proof=proof.pk)

    return looking_after.check_held_back(PROOFS, held_back, record_virus=record_virus)


def _entered(
    enterprise: Enterprise, kind: CheckKind, received: Received, kept: Kept, *, called: str, by: Account, at: datetime
) -> Proof:
    """The row of a kept file, or the earlier row of the same file."""
    standing = locked(enterprise)
    in_state(standing, *MAY_BE_WRITTEN)
    readable = standing.proofs.exclude(virus_check=VirusCheck.INFECTED)
    if earlier := readable.filter(kind=kind, digest=kept.digest).first():
        return earlier
    if readable.filter(sent_at__gt=at - A_DAY).count() >= settings.MOST_FILES:
        most = settings.MOST_FILES
        raise Refusal(Problem(called or "The file", f"is one more than {most} in a day", "Send it tomorrow"))
    proof = Proof.objects.create(
        enterprise=standing,
        kind=kind,
        name=called[:200],
        type=received.type,
        kept_as=kept.stored_as,
        digest=kept.digest,
        bytes=kept.size,
        virus_check=received.virus_check,
        sent_at=at,
    )
    record(action="directory proof sent", actor=by.actor, about=standing.reference, at=at, proof=proof.pk,
           kind=str(kind))  # fmt: skip
    return proof

"""What an enterprise may see of itself: its entries, how each check it needs stands, and who asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings

from farthing.councils.directory import directory
from farthing.service.access.models import Account
from farthing.service.directory.checks import ASKED_OF_EACH, holds_until, meets, needed_checks, newest
from farthing.service.directory.entry import Entry
from farthing.service.directory.models import Check, CheckKind, Enquiry, Enterprise, EntryVersion, Proof

__all__ = [
    "CheckStanding",
    "Standing",
    "checks_of",
    "enquiries_of",
    "enquiry_of",
    "needed_checks",
    "newest_entry",
    "of_owner",
    "owned",
    "soon",
]


class Standing(StrEnum):
    """How a needed check stands today."""

    MISSING = "missing"
    IN_DATE = "in_date"
    RUNS_OUT_SOON = "runs_out_soon"
    RUN_OUT = "run_out"


@dataclass(frozen=True, slots=True)
class CheckStanding:
    """How one needed check stands, with the check that counts and what was sent to prove it, newest first.

    ``kind`` is ``NO_CQC`` where that was recorded in the place of ``CQC``.
    """

    kind: CheckKind
    latest: Check | None
    standing: Standing
    proofs: tuple[Proof, ...]


def of_owner(account: Account) -> list[Enterprise]:
    """The enterprises of an account, newest first."""
    return list(Enterprise.objects.filter(owner=account).select_related("published").order_by("-pk"))


def owned(account: Account, reference: str) -> Enterprise | None:
    """An enterprise of an account, by its reference; None where there is none, or it is somebody else's."""
    return Enterprise.objects.filter(owner=account, reference=reference).select_related("published").first()


def newest_entry(enterprise: Enterprise) -> EntryVersion | None:
    """The entry written last, published or not; None where nothing was written."""
    return enterprise.entries.order_by("-number").first()


def checks_of(enterprise: Enterprise, *, today: date) -> list[CheckStanding]:
    """How each check stands that the newest entry needs; those asked of each where nothing was written."""
    written = newest_entry(enterprise)
    needed = needed_checks(Entry.of(written.content)) if written else ASKED_OF_EACH
    counting = newest(enterprise.checks.select_related("by", "proof"))
    proofs = list(enterprise.proofs.order_by("-pk"))
    return [_standing_of(kind, counting.get(kind), proofs, today) for kind in needed]


def soon() -> timedelta:
    """How long before it runs out a check is said to run out soon: as long as the first reminder comes before it."""
    return timedelta(directory(settings.FARTHING_COUNCIL).reminds[0])


def standing_on(check: Check | None, today: date) -> Standing:
    """How a check stands on a day."""
    if check is None:
        return Standing.MISSING
    until = holds_until(check)
    if until < today:
        return Standing.RUN_OUT
    return Standing.RUNS_OUT_SOON if until - today <= soon() else Standing.IN_DATE


def enquiries_of(enterprise: Enterprise) -> list[Enquiry]:
    """What was asked of an enterprise and is not wiped, newest first, each with its messages."""
    return list(enterprise.enquiries.filter(wiped_at=None).prefetch_related("messages").order_by("-made_at", "-pk"))


def enquiry_of(enterprise: Enterprise, reference: str) -> Enquiry | None:
    """One enquiry of an enterprise, by its reference; None once it is wiped."""
    return enterprise.enquiries.filter(reference=reference, wiped_at=None).prefetch_related("messages").first()


def _standing_of(kind: CheckKind, check: Check | None, proofs: Sequence[Proof], today: date) -> CheckStanding:
    named = CheckKind(check.kind) if check else kind
    of_kind = tuple(each for each in proofs if meets(each.kind) == kind)
    return CheckStanding(named, check, standing_on(check, today), of_kind)

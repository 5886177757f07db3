"""Which checks an enterprise needs, which of those recorded counts, and until when they all hold."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from farthing.service.directory.entry import Entry
from farthing.service.directory.models import Check, CheckKind

ASKED_OF_EACH = (
    CheckKind.IDENTITY, CheckKind.DBS, CheckKind.INSURANCE, CheckKind.TRAINING, CheckKind.REFERENCES,
)  # fmt: skip

FOR_EVER = date.max
"""Until when a check holds that does not run out."""

NEVER = date.min
"""Until when a check holds that was never recorded."""


def needed_checks(entry: Entry) -> tuple[CheckKind, ...]:
    """The checks an entry needs. ``CQC`` among them is met by ``NO_CQC`` too: whoever gives the help need not register."""
    return (*ASKED_OF_EACH, CheckKind.CQC) if entry.is_regulated else ASKED_OF_EACH


def meets(kind: str) -> CheckKind:
    """What a check of a kind is a check of: ``NO_CQC`` answers the same question as ``CQC``, and the rest their own."""
    return CheckKind.CQC if kind == CheckKind.NO_CQC else CheckKind(kind)


def newest(checks: Iterable[Check]) -> dict[CheckKind, Check]:
    """The check that counts of each kind: the one recorded last."""
    return {meets(check.kind): check for check in sorted(checks, key=lambda check: check.pk)}


def holds_until(check: Check | None) -> date:
    """The last day on which a check holds."""
    if check is None:
        return NEVER
    return check.runs_out_on or FOR_EVER


def all_hold_until(needed: Iterable[CheckKind], counting: Mapping[CheckKind, Check]) -> date:
    """The last day on which every needed check holds: ``NEVER`` where one is missing, ``FOR_EVER`` where none runs out."""
    return min((holds_until(counting.get(kind)) for kind in needed), default=FOR_EVER)


def reminder_reached(runs_out: Iterable[date], days_before: Iterable[int], today: date) -> date | None:
    """The latest day of a reminder that has come, over all checks that still hold; None where none has come."""
    of_those = (last - timedelta(days) for last in runs_out if last >= today for days in days_before)
    return max((day for day in of_those if day <= today), default=None)

"""Posting. What should stand posted is worked out elsewhere; here the difference is written down for good."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from farthing.ledger.posting import MOVES, Entry
from farthing.service.ledger.models import LedgerEntry


def post(entries: Iterable[tuple[Entry, str]], people: Mapping[str, int], *, at: datetime, by: str) -> None:
    """Post entries, each with what it comes from, in the caller's transaction. ``people`` gives keys by reference."""
    LedgerEntry.objects.bulk_create(
        (_row(entry, comes_from, people, at, by) for entry, comes_from in entries), batch_size=1000
    )


def _row(entry: Entry, comes_from: str, people: Mapping[str, int], at: datetime, by: str) -> LedgerEntry:
    key, (debited, credited) = entry.key, MOVES[entry.key.reason]
    return LedgerEntry(
        person_id=people[key.person],
        reason=key.reason,
        first=date.fromordinal(key.first),
        last=date.fromordinal(key.last),
        of=key.of,
        debited=debited,
        credited=credited,
        amount=entry.amount,
        comes_from=comes_from,
        posted_at=at,
        posted_by=by,
    )

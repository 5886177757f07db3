"""Recording what was seen and done. An event is written in its caller's transaction: both are kept, or neither is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from farthing.base.refusal import Problem, Refusal
from farthing.service.audit import actions
from farthing.service.audit.chain import FIRST, digest_of
from farthing.service.audit.models import Event

THE_SERVICE = "the service"
"""The actor of what is done with nobody at the desk."""

_LOCK = 0x_FA_47_41_4E_47
"""Names the chain among PostgreSQL's advisory locks."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An event still to be recorded. See ``record``."""

    action: str
    actor: str
    at: datetime
    about: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def record(*, action: str, actor: str, about: str = "", at: datetime, **details: Any) -> Event:
    """Record what somebody saw or did.

    ``actor`` is how an account names itself (staff by e-mail address, others by number), or ``THE_SERVICE``. ``about`` is the
    reference of what it was done to, first of all the person's. ``details`` are text, whole numbers, true or false, or
    lists of them: references, counts and names of fields, never what a field holds. Record last in a transaction,
    because others wait from here to its end. Raises ``Refusal`` for an action that ``actions.py`` does not declare, for
    a moment without a time zone, and for other kinds of detail.
    """
    (event,) = record_many([Entry(action, actor, at, about, details)])
    return event


def record_many(entries: Iterable[Entry]) -> list[Event]:
    """Record several events at once, in their order: all of them or none."""
    wanted = list(entries)
    if problems := [problem for entry in wanted for problem in _problems(entry)]:
        raise Refusal(*problems)
    with transaction.atomic(savepoint=False):  # what cannot be recorded is not done
        _wait_for_turn()
        return Event.objects.bulk_create(_chained(wanted), batch_size=1000)


def _wait_for_turn() -> None:
    """Let nobody else add an event until this transaction ends. On SQLite the transaction itself, IMMEDIATE, does it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _chained(entries: list[Entry]) -> Iterator[Event]:
    last = Event.objects.order_by("-id").values_list("digest", flat=True).first() or FIRST
    for entry in entries:
        event = Event(
            at=entry.at,
            actor=entry.actor,
            action=entry.action,
            about=entry.about,
            details=dict(entry.details),
            previous=last,
        )
        event.digest = last = digest_of(event)
        yield event


def _problems(entry: Entry) -> Iterator[Problem]:
    try:
        actions.words(entry.action)
    except Refusal as refusal:
        yield from refusal.problems
    if not entry.actor:
        yield Problem("actor", "is empty", "Say who did it")
    if entry.at.utcoffset() is None:
        yield Problem("at", "has no time zone", "Give the moment that farthing.service.clock tells")
    for name, value in entry.details.items():
        if not all(isinstance(each, str | int | None) for each in (value if isinstance(value, list) else [value])):
            kind = type(value).__name__
            yield Problem(name, f"is a {kind}", "Give text, a whole number, true or false, or a list of them")

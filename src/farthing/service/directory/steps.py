"""Going from one state to another: under a lock, written down as a step that is never changed, and shown at once."""

from datetime import datetime
from typing import Any

from django.db.models import F

from farthing.base.refusal import Problem, Refusal
from farthing.service.access.models import Account, Role
from farthing.service.clock import day_of
from farthing.service.directory import listing
from farthing.service.directory.models import Did, Enterprise, EntryVersion, State, Step


def locked(enterprise: Enterprise) -> Enterprise:
    """The enterprise as it stands, which nobody else changes before this transaction ends."""
    return Enterprise.objects.select_for_update().get(pk=enterprise.pk)


def owner_only(enterprise: Enterprise, by: Account) -> None:
    """Refuse anybody but whoever owns an enterprise."""
    if enterprise.owner_id is None or enterprise.owner_id != by.pk:
        raise Refusal(Problem("", "belongs to somebody else", "Sign in as whoever runs it", called="this enterprise"))


def editor_only(enterprise: Enterprise, by: Account) -> None:
    """Refuse anybody but an editor of the directory, and an editor whose own enterprise it is."""
    if Role.DIRECTORY_EDITOR not in by.roles:
        raise Refusal(Problem("", "is for an editor of the directory to do", "Ask one of them", called="this"))
    if enterprise.owner_id == by.pk:
        raise Refusal(Problem("", "is your own enterprise", "Ask another editor", called="this"))


def in_state(enterprise: Enterprise, *states: State) -> None:
    """Refuse what cannot be done in the state an enterprise is in."""
    if enterprise.state not in states:
        now = State(enterprise.state).label.lower()
        raise Refusal(
            Problem(
                "", f"cannot be done: the entry is {now}", "Load the page again to see how it stands", called="this"
            )
        )


def reason_given(reason: str) -> str:
    """The reason, refused where there is none."""
    if not reason.strip():
        raise Refusal(Problem("reason", "is missing", "Say why: the enterprise is shown it"))
    return reason.strip()


def take_step(
    enterprise: Enterprise,
    did: Did,
    *,
    by: str,
    at: datetime,
    entry: EntryVersion | None = None,
    reason: str = "",
    **changed: Any,
) -> None:
    """Change an enterprise that is locked, write down who did what, and have its listing follow."""
    Step.objects.create(enterprise=enterprise, did=did, entry=entry, reason=reason, by=by, at=at)
    Enterprise.objects.filter(pk=enterprise.pk).update(**changed, changed_at=at, version=F("version") + 1)
    enterprise.refresh_from_db()
    listing.refresh([enterprise], today=day_of(at))

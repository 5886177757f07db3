"""What this room tells the audit. A member of staff is named by e-mail address; a person by the number of their account."""

from datetime import datetime
from typing import Any

from farthing.service.access.models import Account
from farthing.service.audit.services import record

A_VISITOR = "a visitor"


def actor_of(who: Account | str) -> str:
    """The name of an account in the audit; one that is no account is named already ("the service")."""
    return who if isinstance(who, str) else who.actor


def recorded(action: str, who: Account | str, *, at: datetime, about: Account | None = None, **details: Any) -> None:
    """Record what somebody did, and to which account. ``action`` is one of ``farthing.service.audit.actions``."""
    record(action=action, actor=actor_of(who), about=f"account-{about.pk}" if about else "", at=at, **details)

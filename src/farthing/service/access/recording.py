"""What this room tells the audit. A member of staff is named by e-mail address; a person by the number of their account."""

from datetime import datetime
from typing import Any

from farthing.service.access.models import Account
from farthing.service.audit.services import record

A_VISITOR = "a visitor"


def actor_of(account: Account) -> str:
    """The name of an account in the audit: people's own addresses are kept out of it."""
    return account.email if account.works_for_council else f"account-{account.pk}"


def recorded(
    action: str, account: Account | None, *, at: datetime, about: Account | None = None, **details: Any
) -> None:
    """Record what an account did, and to which account (``farthing.service.audit.actions``). No account is a visitor."""
    record(
        action=action,
        actor=actor_of(account) if account else A_VISITOR,
        about=f"account-{about.pk}" if about else "",
        at=at,
        **details,
    )

"""What every page knows of whoever looks at it."""

from typing import Any

from django.http import HttpRequest

from farthing.service.access.models import Account


def visitor(request: HttpRequest) -> dict[str, Any]:
    """The context processor that gives pages ``account`` (None where nobody is signed in), ``roles``, ``works_for_council``."""
    user = getattr(request, "user", None)
    account = user if isinstance(user, Account) else None
    return {
        "account": account,
        "roles": account.roles if account else frozenset(),
        "works_for_council": bool(account and account.works_for_council),
    }

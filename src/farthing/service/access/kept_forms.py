"""A form that was sent after its session had ended: kept for whoever sent it, until they have signed in again.

It is kept encrypted in the session of the same browser, for an hour, and given back to the same account only. Files are
not kept: a person is told to choose them again. Nor is a form with a password in it.
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest

from farthing.service.access.models import Account

LONGEST_ADDRESS = 500
KEPT_FOR = timedelta(hours=1)
MOST_BYTES = 64 * 1024
_KEPT = "kept_form"
_NOT_KEPT = {"csrfmiddlewaretoken"}


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form as it was sent: where to, and what was typed, in order."""

    account: int
    path: str
    typed: list[tuple[str, str]]
    had_files: bool
    at: datetime


def keep(request: HttpRequest, account_id: int, *, at: datetime) -> bool:
    """Keep the form that a request brings. False where there is none to keep, or it is too big."""
    if len(request.get_full_path()) > LONGEST_ADDRESS or any("password" in name for name in request.POST):
        return False
    typed = [(name, value) for name, values in request.POST.lists() if name not in _NOT_KEPT for value in values]
    content = json.dumps(
        {
            "account": account_id,
            "path": request.get_full_path(),
            "typed": typed,
            "had_files": bool(request.FILES),
            "at": at.isoformat(),
        }
    ).encode()
    if len(content) > MOST_BYTES:
        return False
    request.session[_KEPT] = _lock().encrypt(content).decode()
    return True


def kept_for(request: HttpRequest, account: Account, *, at: datetime) -> KeptForm | None:
    """The form that this account sent and this browser keeps. One of another account, or an old one, is thrown away."""
    locked = request.session.get(_KEPT)
    if not locked:
        return None
    try:
        content = json.loads(_lock().decrypt(locked.encode()))
    except InvalidToken:
        content = {"account": None}
    if content["account"] != account.pk or at - datetime.fromisoformat(content["at"]) > KEPT_FOR:
        forget(request)
        return None
    return KeptForm(
        account=content["account"],
        path=content["path"],
        typed=[(name, value) for name, value in content["typed"]],
        had_files=content["had_files"],
        at=datetime.fromisoformat(content["at"]),
    )


def forget(request: HttpRequest) -> None:
    """Throw away what is kept."""
    request.session.pop(_KEPT, None)


def _lock() -> Fernet:
    key = hashlib.sha256(b"farthing.access.kept_forms" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))

"""The time between a right password and a right second factor: nobody is signed in yet, and it does not last."""

from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.http import HttpRequest

from farthing.service.access.models import Account
from farthing.service.access.recording import A_VISITOR, recorded

_HALF_WAY = "password_given"
_LASTS = timedelta(minutes=15)


def give_password(request: HttpRequest, email: str, password: str, *, next_page: str, at: datetime) -> Account | None:
    """The account of a right password, now half way to being signed in. Wrong ones are counted, until they lock out."""
    found = authenticate(request, username=email.strip().lower(), password=password)
    if not isinstance(found, Account) or not found.works_for_council:
        locked = getattr(request, "axes_locked_out", False)
        known = Account.objects.filter(email=email.strip().lower(), works_for_council=True).first()
        recorded("locked out" if locked else "sign-in refused", A_VISITOR, at=at, about=known, why="password")
        return None
    request.session.cycle_key()
    request.session[_HALF_WAY] = {
        "account": found.pk,
        "hash": found.get_session_auth_hash(),
        "at": at.isoformat(),
        "next": next_page,
    }
    return found


def half_way(request: HttpRequest, *, at: datetime) -> Account | None:
    """The account whose password was given in this browser a short while ago."""
    given = request.session.get(_HALF_WAY)
    if not given or at - datetime.fromisoformat(given["at"]) > _LASTS:
        return None
    account = Account.objects.filter(pk=given["account"], is_active=True, works_for_council=True).first()
    return account if account and account.get_session_auth_hash() == given["hash"] else None


def next_page(request: HttpRequest) -> str:
    """The page that was wanted before the password was asked for."""
    return str(request.session.get(_HALF_WAY, {}).get("next", ""))


def over(request: HttpRequest) -> None:
    """Forget that a password was given: the second factor has been too."""
    request.session.pop(_HALF_WAY, None)

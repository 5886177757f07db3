"""What happens once somebody has shown who they are: a session begins, keeps to its limits, and ends."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from farthing.service import clock
from farthing.service.access import kept_forms
from farthing.service.access.models import Account
from farthing.service.access.recording import recorded

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_BEGAN, _SEEN, _HOW, _ENDED = "session_began", "session_seen", "signed_in_by", "session_ended"
_SEEN_IS_WRITTEN_EVERY = timedelta(minutes=1)
"""So that looking at a page does not write to the database each time."""

TRY_AGAIN_AFTER = settings.AXES_COOLOFF_TIME


class By(StrEnum):
    """How somebody showed who they are."""

    LINK = "link"
    PASSKEY = "passkey"
    SECOND_FACTOR = "second_factor"
    RECOVERY_CODE = "recovery_code"
    OPENID = "openid"


class Ended(StrEnum):
    """Why a session ended before the person ended it."""

    IDLE = "idle"
    LONGEST = "longest"


def begin(request: HttpRequest, account: Account, by: By, *, at: datetime) -> None:
    """Begin the session of an account, under a new session id, and record it."""
    request.session.pop(_ENDED, None)
    auth.login(request, account, backend=_BACKEND)
    request.session[_BEGAN] = request.session[_SEEN] = at.isoformat()
    request.session[_HOW] = by.value
    recorded("signed in", account, at=at, by=by.value)


def signed_in_by(request: HttpRequest) -> By | None:
    """How the person of this session showed who they are; None where the session does not say."""
    how = request.session.get(_HOW)
    return By(how) if how else None


def has_shown_enough(request: HttpRequest, account: Account) -> bool:
    """Staff need a second factor, or to have come from the council's own OpenID Connect, which asks for one itself."""
    if not account.works_for_council:
        return True
    return account.is_verified() or signed_in_by(request) == By.OPENID  # type: ignore[attr-defined]


def is_signed_in(request: HttpRequest, *, as_staff: bool) -> bool:
    """Whether a member of staff, or else a person, need not sign in any more."""
    account = request.user
    return isinstance(account, Account) and account.works_for_council == as_staff and has_shown_enough(request, account)


def go_on(request: HttpRequest, next_page: str = "") -> HttpResponse:
    """Where somebody goes after signing in: to a form they were filling in, the page they wanted, or their own start."""
    account = request.user
    assert isinstance(account, Account)
    if kept_forms.kept_for(request, account, at=clock.now()):
        return redirect("access:kept_form")
    return redirect(local(next_page) or start_of(account))


def start_of(account: Account) -> str:
    """The address of an account's own first page."""
    try:
        return reverse("officer:worklist" if account.works_for_council else "public:account")
    except NoReverseMatch:
        return "/"


def local(address: str) -> str:
    """The address if it leads to a page of this service, and otherwise nothing."""
    starts_here = address.startswith("/") and len(address) <= kept_forms.LONGEST_ADDRESS
    return address if starts_here and url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""


def keep_to_limits(request: HttpRequest, account: Account, *, at: datetime) -> Ended | None:
    """Go on with a session, or end it where it has been idle or open for too long, and give the reason."""
    session = request.session
    who = "staff" if account.works_for_council else "person"
    began, seen = _moment(session.get(_BEGAN), at), _moment(session.get(_SEEN), at)
    ended = None
    if at - began >= settings.LONGEST_SESSION[who]:
        ended = Ended.LONGEST
    elif at - seen >= settings.IDLE_SESSION_ENDS[who]:
        ended = Ended.IDLE
    if ended:
        recorded("session ended", account, at=at, why=ended.value)
        auth.logout(request)
        request.session[_ENDED] = ended.value
    elif _SEEN not in session or at - seen >= _SEEN_IS_WRITTEN_EVERY:
        session[_BEGAN], session[_SEEN] = began.isoformat(), at.isoformat()
    return ended


def why_ended(request: HttpRequest) -> Ended | None:
    """Why the session before this one ended, for the sign-in page to say."""
    reason = request.session.get(_ENDED)
    return Ended(reason) if reason else None


def end(request: HttpRequest, *, at: datetime) -> None:
    """End the session at the person's own wish."""
    if isinstance(request.user, Account):
        recorded("signed out", request.user, at=at)
    auth.logout(request)


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, str] | None) -> HttpResponse:
    """429: too many wrong passwords for this account from this computer. Says when to try again."""
    minutes = int(TRY_AGAIN_AFTER.total_seconds() // 60)
    return render(request, "access/locked_out.html", {"minutes": minutes}, status=429)


def _moment(written: str | None, otherwise: datetime) -> datetime:
    return datetime.fromisoformat(written).astimezone(UTC) if written else otherwise

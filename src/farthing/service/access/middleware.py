"""The two things every request passes: sessions that end in time, and the gate before every view."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from farthing.service import clock
from farthing.service.access import kept_forms, sign_in
from farthing.service.access.gates import SAFE_METHODS, Who, declared, is_reading, may_see, needs_staff
from farthing.service.access.models import Account, Role

logger = logging.getLogger(__name__)

Respond = Callable[[HttpRequest], HttpResponse]


class SessionLimits:
    """Ends a session that was idle or open for too long; the request then goes on as that of a visitor."""

    def __init__(self, get_response: Respond):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and isinstance(account := _account(request), Account):
            number = account.pk
            if sign_in.keep_to_limits(request, account, at=clock.now()):
                request.account_of_ended_session = number  # type: ignore[attr-defined]
        return self.get_response(request)


class Gate:
    """Lets a request through to a view only where the view declares that whoever asks may see it."""

    def __init__(self, get_response: Respond):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Refuse with 403 or 404, send to the sign-in page, or let through."""
        who = declared(view)
        if who is None:
            route = request.resolver_match.route if request.resolver_match else request.path
            logger.error("Refused %s: its view does not declare who may see it (farthing.service.access.gates)", route)
            raise PermissionDenied
        if Who.PROGRAMS in who:
            return None
        if any("\0" in value for value in kwargs.values() if isinstance(value, str)):
            raise Http404("Nothing is named by a NUL, and PostgreSQL takes none")
        if Who.EVERYBODY in who:
            return None
        account = _account(request)
        if account is None or not sign_in.has_shown_enough(request, account):
            return _to_sign_in(request, who)
        if not may_see(account, who, reading=is_reading(view, request.method or "")):
            raise PermissionDenied
        return None


def _account(request: HttpRequest) -> Account | None:
    # Any look at the user makes it be fetched; the lazy object passes for the class of what it holds.
    return request.user if isinstance(request.user, Account) else None


def _to_sign_in(request: HttpRequest, who: frozenset[Who | Role]) -> HttpResponse:
    page = settings.STAFF_LOGIN_URL if needs_staff(who) else settings.LOGIN_URL
    if request.method in SAFE_METHODS:
        return redirect(reverse(page, query={"next": request.get_full_path()}))
    if ended := getattr(request, "account_of_ended_session", None):
        kept_forms.keep(request, ended, at=clock.now())
    return redirect(page)

"""Staff sign in with their council account."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from farthing.base.refusal import Refusal
from farthing.service import clock
from farthing.service.access import openid, sign_in
from farthing.service.access.gates import Who, seen_by
from farthing.service.access.recording import A_VISITOR, recorded


@seen_by(Who.EVERYBODY)
@never_cache
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Send the browser to the council's own sign-in."""
    _only_where_set()
    try:
        return openid.start(request, next_page=sign_in.local(request.GET.get("next", "")))
    except Refusal as refusal:
        return _refused(request, refusal)


@seen_by(Who.EVERYBODY)
@never_cache
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """Where the council's own sign-in sends the browser back to."""
    _only_where_set()
    at = clock.now()
    next_page = openid.next_page(request)
    try:
        account = openid.account_on_return(request, at=at)
    except Refusal as refusal:
        recorded("sign-in refused", A_VISITOR, at=at, why="openid")
        return _refused(request, refusal)
    sign_in.begin(request, account, sign_in.By.OPENID, at=at)
    return sign_in.go_on(request, next_page)


def _only_where_set() -> None:
    if not settings.OPENID["address"]:
        raise Http404


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    problem = refusal.problems[0]
    return render(request, "access/openid_refused.html", {"problem": problem}, status=403)

"""The administrator's pages of tokens, which other programs call the service with."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from farthing.service import clock
from farthing.service.access import selectors, services
from farthing.service.access.forms import TokenForm
from farthing.service.access.gates import seen_by
from farthing.service.access.models import Account, Role, Scope


@seen_by(Role.ADMINISTRATOR, Role.AUDITOR)
@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """Every token. A POST makes one, whose text is shown once."""
    form, made = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        at, given = clock.now(), form.cleaned_data
        _, made = services.make_token(
            given["name"],
            map(Scope, given["scopes"]),
            by=_account(request),
            at=at,
            expires_at=at + timedelta(days=given["days"]),
        )
        form = TokenForm()
    shown = {"form": form, "made": made, "tokens": selectors.tokens(), "scopes": dict(Scope.choices), "at": clock.now()}
    return render(request, "access/tokens.html", shown)


@seen_by(Role.ADMINISTRATOR)
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End a token at once."""
    token = selectors.token(number)
    if token is None:
        raise Http404
    services.end_token(token, by=_account(request), at=clock.now())
    return redirect("access:tokens")


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user

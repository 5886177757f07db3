"""Staff sign in with the council's own OpenID Connect: code flow with PKCE, state and nonce, checked by Authlib."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from joserfc.errors import JoseError

from farthing.base.refusal import Problem, Refusal
from farthing.service.access import services
from farthing.service.access.models import Account, Role

SECONDS_TO_ANSWER = 10
_LEEWAY_SECONDS = 60
_NEXT = "openid_next"
_ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Those signed with a key of which we hold the public half only."""


def start(request: HttpRequest, *, next_page: str) -> HttpResponse:
    """Send the browser to the provider. Raises ``Refusal`` where the provider cannot be reached."""
    request.session[_NEXT] = next_page
    try:
        return _provider().authorize_redirect(request, settings.ADDRESS + reverse("access:openid_return"))
    except (requests.RequestException, ValueError, RuntimeError) as wrong:
        raise _unreachable() from wrong


def account_on_return(request: HttpRequest, *, at: datetime) -> Account:
    """The account of whoever the provider sends back, made or brought up to date.

    Raises ``Refusal`` where the provider cannot be reached, its answer does not hold, or it names no role of ours.
    """
    try:
        claims = _answer(request)
    except (AuthlibBaseError, JoseError, ValueError, KeyError) as wrong:
        raise Refusal(_did_not_hold()) from wrong
    except (requests.RequestException, RuntimeError) as wrong:
        raise _unreachable() from wrong
    if not claims or not claims.get("sub") or not claims.get("email") or claims.get("email_verified") is False:
        raise Refusal(_did_not_hold())
    account = _brought_up_to_date(claims, at=at)
    if not account.is_active:
        raise Refusal(Problem("", "Your account in this service is stopped", "Ask an administrator of this service"))
    if not account.roles:
        raise Refusal(_no_role())
    return account


def next_page(request: HttpRequest) -> str:
    """The page that was wanted before the browser was sent to the provider."""
    return str(request.session.pop(_NEXT, ""))


def roles_in(claims: Mapping[str, Any]) -> frozenset[Role]:
    """The roles that the claim named by ``OPENID["roles_claim"]`` gives. Names that are none of ours count for nothing."""
    said = claims.get(settings.OPENID["roles_claim"]) or []
    names = [said] if isinstance(said, str) else [name for name in said if isinstance(name, str)]
    ours = {settings.OPENID_ROLES.get(name, name) for name in names}
    return frozenset(role for role in Role if role.value in ours)


@transaction.atomic
def _brought_up_to_date(claims: Mapping[str, Any], *, at: datetime) -> Account:
    """Find the account by the provider's own name for it, or the first time by its e-mail address, or make it."""
    subject, email = str(claims["sub"]), str(claims["email"]).strip().lower()
    name, roles = str(claims.get("name") or email), roles_in(claims)
    account = (
        Account.objects.filter(openid_subject=subject).first()
        or Account.objects.filter(email=email, works_for_council=True, openid_subject=None).first()
    )
    if account is None:
        if not roles:
            raise Refusal(_no_role())
        account = services.make_staff(email, name, roles, by=email, at=at)
    account.openid_subject, account.name = subject, name
    account.save(update_fields=["openid_subject", "name"])
    services.set_roles(account, roles, by=account, at=at, even_the_last_administrator=True)
    return account


def _answer(request: HttpRequest) -> Mapping[str, Any] | None:
    """The claims of the answer, once its signature, issuer, audience, nonce, state and times have been found right."""
    provider, address = _provider(), settings.OPENID["address"]
    provider.load_server_metadata()["id_token_signing_alg_values_supported"] = _ALGORITHMS
    claims_options = {
        "iss": {"essential": True, "values": [address, f"{address}/"]},
        "aud": {"essential": True, "value": settings.OPENID["client"]},
    }
    token = provider.authorize_access_token(request, claims_options=claims_options, leeway=_LEEWAY_SECONDS)
    claims: Mapping[str, Any] | None = token.get("userinfo")
    return claims


def _provider() -> Any:
    """The council's provider, by the settings of this moment; what it publishes of itself is fetched once a sign-in."""
    return OAuth().register(
        "council",
        server_metadata_url=f"{settings.OPENID['address']}/.well-known/openid-configuration",
        client_id=settings.OPENID["client"],
        client_secret=settings.OPENID["secret"],
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": SECONDS_TO_ANSWER,
        },
    )


def _did_not_hold() -> Problem:
    what_to_do = "Go back and try again. If it happens again, tell your IT service desk"
    return Problem("", "The answer of the council's sign-in could not be trusted", what_to_do)


def _no_role() -> Problem:
    return Problem("", "Your council account has no role in this service", "Ask your IT service desk for one")


def _unreachable() -> Refusal:
    return Refusal(Problem("", "The council's sign-in does not answer", "Try again in a few minutes"))

"""Which program asks: by its token, which must reach as far as what is asked for. Each call is audited."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from farthing.base.refusal import Problem
from farthing.service import clock
from farthing.service.access.models import ApiToken, Scope
from farthing.service.access.services import token_holder
from farthing.service.api.refusals import Refused
from farthing.service.audit.services import record


class Program(HttpBearer):
    """Lets a program through whose token has a scope. The view finds the token in ``request.auth``."""

    def __init__(self, scope: Scope):
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The token, where it works now. Raises ``Refused`` where it does not reach this far."""
        found = token_holder(token, clock.now())
        if found is not None and self.scope not in found.scopes:
            says = f"is of a token that does not reach this far: it wants “{self.scope.label.lower()}”"
            raise Refused(403, Problem("Authorization", says, "Ask an administrator for a token with that scope"))
        return found


def record_call(request: HttpRequest, *, about: str = "", **details: Any) -> None:
    """Record what a program asked for, and about whom. ``details`` are references and counts."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    route = request.resolver_match.route if request.resolver_match else ""
    at = clock.now()
    record(
        action="program asked", actor=actor_of(token), about=about, at=at, asked=f"{request.method} /{route}", **details
    )


def actor_of(token: ApiToken) -> str:
    """How the audit names a program."""
    return f"token-{token.pk}"

"""The door of every page of an application: it is open to whoever is filling the draft in, and to nobody else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from farthing.service.access.gates import Who, seen_by
from farthing.service.access.models import Account
from farthing.service.assessments.models import AssessmentRequest
from farthing.service.assessments.selectors.requests import draft_of, request_of
from farthing.service.assessments.services.drafts import held
from farthing.service.public.own import account_of, refuse

Page = Callable[..., HttpResponse]


def of_draft(page: Page) -> Page:
    """A page of a draft: it is called with the draft of the reference in the address, held while it is changed.

    What was sent already leads to where it is followed; what is somebody else's is not there.
    """

    @seen_by(Who.SIGNED_IN)
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(page)
    def respond(request: HttpRequest, reference: str, **parts: Any) -> HttpResponse:
        account = account_of(request)
        if request.method == "POST":
            with held(account, reference) as draft:
                if draft is not None:
                    return page(request, draft, **parts)
        elif (draft := draft_of(account, reference)) is not None:
            return page(request, draft, **parts)
        return elsewhere(request, account, reference)

    return respond


def elsewhere(request: HttpRequest, account: Account, reference: str) -> HttpResponse:
    """Where somebody goes who asks for a draft that is none: to what was sent already, or nowhere."""
    sent: AssessmentRequest | None = request_of(account, reference)
    if sent is None:
        refuse(request, reference)
    return redirect("public:apply_sent" if request.method == "POST" else "public:account_request", reference)

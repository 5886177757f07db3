"""Pages about one enterprise: each is called with the enterprise that its address names, as it may be shown today."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from farthing.service import clock
from farthing.service.access.gates import Who, seen_by
from farthing.service.directory.selectors.shown import Shown, shown

Page = Callable[..., HttpResponse]


def about_enterprise(page: Page) -> Page:
    """A page about an enterprise that everybody may see. There is none for one that may not be shown."""

    @seen_by(Who.EVERYBODY)
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(page)
    def respond(request: HttpRequest, key: UUID, **parts: Any) -> HttpResponse:
        return page(request, shown_today(key), **parts)

    return respond


def shown_today(key: UUID) -> Shown:
    """The enterprise of a key. Raises ``Http404`` where it may not be shown today."""
    found = shown(key, today=clock.today())
    if found is None:
        raise Http404
    return found

"""Pages that ask for the facts of a case, one thing a page, whoever keeps the answers: a cookie, a link, a draft.

    ESTIMATE = Questionnaire(name="estimate", who=(Who.EVERYBODY,), store=estimate_store, title="Estimate", after="...")
    urlpatterns = ESTIMATE.paths("estimate/")

gives the pages ``public:estimate_next``, ``_question``, ``_list``, ``_item``, ``_remove`` and ``_check``. What stands in
the address besides (``"apply/<str:reference>/"``) goes to ``store`` and into every link.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from farthing.base.refusal import Refusal
from farthing.service import clock
from farthing.service.access.gates import Who, seen_by
from farthing.service.access.models import Role
from farthing.service.public import question_pages, refused
from farthing.service.public.visit import Frame, Store, Visit

Opener = Callable[..., Store | HttpResponse]
"""Called with the request and what stands in the address; a response is sent instead of the page."""

Holder = Callable[..., AbstractContextManager[object]]
"""Called as ``Opener`` is."""


@dataclass(frozen=True, kw_only=True)
class Questionnaire(Frame):
    """The questions of the law as pages. ``who`` may see them; ``store`` opens the answers of a request, and ``held``
    holds them while something sent is written, so that two tabs at once write one after the other.
    """

    who: tuple[Who | Role, ...]
    store: Opener
    held: Holder

    def paths(self, at: str) -> list[URLPattern]:
        """The addresses of the pages, each beginning with ``at``."""
        pages: Mapping[str, tuple[str, Callable[..., HttpResponse]]] = {
            "next": ("next", question_pages.go_on),
            "question": ("question/<str:fact>", question_pages.question),
            "list": ("list/<str:list_name>", question_pages.kinds),
            "item": ("list/<str:list_name>/<str:key>", question_pages.item),
            "remove": ("list/<str:list_name>/<str:key>/remove", question_pages.remove),
            "check": ("check", question_pages.check),
        }
        return [
            path(f"{at}{tail}", self.view(page), name=f"{self.name}_{kind}") for kind, (tail, page) in pages.items()
        ]

    def view(self, page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """A page of somebody's answers as a view: opened, seen by whom it may be, and never an error for a refusal."""

        def respond(request: HttpRequest, **parts: Any) -> HttpResponse:
            asked = {name: parts.pop(name) for name in ("fact", "list_name", "key", "rule") if name in parts}
            with self.held(request, **parts) if request.method == "POST" else nullcontext():
                store = self.store(request, **parts)
                if isinstance(store, HttpResponse):
                    return store
                visit = Visit(self, request, store, parts, clock.today())
                try:
                    return page(visit, **asked)
                except Refusal as refusal:
                    return refused.page(request, refusal, visit)

        respond.__name__ = f"{self.name}_{page.__name__}"
        respond.__doc__ = page.__doc__
        return seen_by(*self.who)(never_cache(require_http_methods(["GET", "HEAD", "POST"])(respond)))

"""The door of every page of the enterprise's desk, and carrying out what its forms ask for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from farthing.base.refusal import Problem
from farthing.service.access.gates import Who, seen_by
from farthing.service.design import carrying_out
from farthing.service.design.forms import DesignForm
from farthing.service.design.refused import in_a_sentence
from farthing.service.directory.selectors.owned import owned
from farthing.service.directory.terms import kinds_of_help
from farthing.service.people.services import Overtaken
from farthing.service.public.own import account_of, refuse

Page = Callable[..., HttpResponseBase]

OVERTAKEN = "This was changed in another place while you were typing. Check what you typed, and save it again."


def signed_in(page: Page) -> Page:
    """A page of whoever has signed in, which no browser keeps."""
    return seen_by(Who.SIGNED_IN)(never_cache(require_http_methods(["GET", "HEAD", "POST"])(page)))


def of_enterprise(page: Page) -> Page:
    """A page of one enterprise: it is called with the enterprise of the reference, where it is the account's own."""

    @signed_in
    @wraps(page)
    def respond(request: HttpRequest, reference: str, **parts: Any) -> HttpResponseBase:
        found = owned(account_of(request), reference)
        return page(request, found, **parts) if found else refuse(request, reference)

    return respond


def is_done(form: DesignForm, act: Callable[[], object]) -> bool:
    """Whether a form was right and could be carried out. What was wrong is then said at its fields; nothing is lost."""
    try:
        return carrying_out.is_done(form, act, in_words=in_words)
    except Overtaken:
        form.add_error(None, OVERTAKEN)
        return False


def press(request: HttpRequest, act: Callable[[], object], *, said: str, then: str) -> HttpResponse:
    """Carry out what a button asks for, and go ``then`` with what was done or why it was not."""
    return carrying_out.press(request, act=act, then=then, said=said, in_words=in_words)


def in_words(problem: Problem) -> str:
    """A problem as an owner reads it. One about a kind of help names that."""
    kind = kinds_of_help().get(problem.field)
    return in_a_sentence(problem, kind.name if kind else "")

"""Opening an enterprise's pages at the desk: who may, found by its reference, entered in the audit record."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from farthing.service import clock
from farthing.service.access.models import Role
from farthing.service.audit.services import record
from farthing.service.design.carrying_out import is_done
from farthing.service.design.forms import DesignForm
from farthing.service.directory.models import Enterprise
from farthing.service.directory.selectors import editing as selectors
from farthing.service.directory.selectors.names import names_of
from farthing.service.officer.looking import account_of

READS = frozenset({Role.DIRECTORY_EDITOR, Role.MANAGER, Role.AUDITOR})
"""Those who see the editor's desk; editors alone change anything."""

EDITS = Role.DIRECTORY_EDITOR


def find_enterprise(reference: str) -> Enterprise:
    """The enterprise of a reference. Raises ``Http404``."""
    found = selectors.one(reference)
    if found is None:
        raise Http404("There is no enterprise of that reference")
    return found


def look(request: HttpRequest, enterprise: Enterprise) -> None:
    """Enter a look at an enterprise's page in the audit record, unless it is a form being sent."""
    if request.method in ("GET", "HEAD"):
        page = request.resolver_match.url_name if request.resolver_match else ""
        actor, at = account_of(request).actor, clock.now()
        record(action="directory enterprise seen", actor=actor, about=enterprise.reference, at=at, page=page)


def desk_page(request: HttpRequest, tab: str, **known: Any) -> dict[str, Any]:
    """What every page of the editor's desk is handed; ``tab`` is the item of its sub-navigation."""
    account = account_of(request)
    return {
        "here": "directory",
        "tab": tab,
        "today": clock.today(),
        "edits": EDITS in account.roles,
        "me": account,
        **known,
    }


def page_of(request: HttpRequest, enterprise: Enterprise, **known: Any) -> dict[str, Any]:
    """What every page of one enterprise is handed. ``may_edit`` is whether whoever looks may change it."""
    account = account_of(request)
    may_edit = EDITS in account.roles and enterprise.owner_id != account.pk
    name = names_of([enterprise])[enterprise.pk]
    return desk_page(request, "enterprises", enterprise=enterprise, name=name, may_edit=may_edit, **known)


def answer(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    form: DesignForm,
    act: Callable[[], object],
    then: str,
    said: str,
) -> HttpResponse:
    """Show a form; when it is sent and right, act and go ``then``. What was refused is said, and nothing typed is lost."""
    if request.method == "POST" and is_done(form, act):
        messages.success(request, said)
        return redirect(then)
    return render(request, template, {**context, "form": form})

"""Who may see a page: said on the view itself, asked before it is run. A view that says nothing is shown to nobody."""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, TypeVar

from django.urls import URLPattern, URLResolver

from farthing.service.access.models import Account, Role

View = TypeVar("View", bound=Callable[..., Any])


class Who(Enum):
    """Those who may see a page and are no member of staff."""

    EVERYBODY = "everybody"
    SIGNED_IN = "people who have signed in"
    PROGRAMS = "programs with a token"


STAFF = frozenset(Role)
"""Every member of staff, whatever their role."""

CASEWORK = frozenset({Role.OFFICER, Role.CHECKER, Role.MANAGER, Role.AUDITOR})
"""Those who see a person's case; an auditor reads only."""

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def seen_by(*who: Who | Role | Iterable[Role], form_changes_nothing: bool = False) -> Callable[[View], View]:
    """Declare who may see a view: any of those named.

    ``form_changes_nothing`` lets an auditor send its form too: for a search, so that the name looked for stands in no
    address and no log, and for a member of staff's own account.
    """
    named: set[Who | Role] = set()
    for each in who:
        if isinstance(each, Who | Role):
            named.add(each)
        else:
            named.update(each)

    def declaring(view: View) -> View:
        view.seen_by = frozenset(named)  # type: ignore[attr-defined]
        view.form_changes_nothing = form_changes_nothing  # type: ignore[attr-defined]
        return view

    return declaring


def declare(patterns: Iterable[URLPattern | URLResolver], *who: Who | Role | Iterable[Role]) -> None:
    """Declare who may see views that a library made, by their addresses: ``declare(api.urls[0], Who.PROGRAMS)``."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            declare(pattern.url_patterns, *who)
        else:
            seen_by(*who)(pattern.callback)


def declared(view: Callable[..., Any]) -> frozenset[Who | Role] | None:
    """What a view declares, or None where it declares nothing.

    A declaration is found through ``functools.partial`` and ``functools.wraps``, and on the class of a class-based view.
    """
    found: frozenset[Who | Role] | None = _said(view, "seen_by")
    return found


def is_reading(view: Callable[..., Any], method: str) -> bool:
    """Whether asking a view by a method changes nothing."""
    return method in SAFE_METHODS or bool(_said(view, "form_changes_nothing"))


def _said(view: Any, name: str) -> Any:
    while view is not None:
        for holder in (view, getattr(view, "view_class", None)):
            if (found := getattr(holder, name, None)) is not None:
                return found
        view = getattr(view, "func", None) or getattr(view, "__wrapped__", None)
    return None


def needs_staff(who: frozenset[Who | Role]) -> bool:
    """Whether a view is for staff alone."""
    return bool(who) and all(isinstance(each, Role) for each in who)


def may_see(account: Account, who: frozenset[Who | Role], *, reading: bool) -> bool:
    """Whether somebody who has signed in, with a second factor where one is needed, may use a view that names ``who``.

    An auditor may look at what an auditor is named for, and changes nothing.
    """
    if Who.EVERYBODY in who or Who.PROGRAMS in who:
        return True
    if Who.SIGNED_IN in who and not account.works_for_council:
        return True
    named = account.roles & who
    return bool(named - {Role.AUDITOR}) or (Role.AUDITOR in named and reading)

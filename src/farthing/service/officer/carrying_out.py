"""Carrying out what a form asks for: done once, refused with reasons, or overtaken by a colleague with nothing lost."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from farthing.base.refusal import Problem
from farthing.service import clock
from farthing.service.assessments.proposal import Proposal
from farthing.service.assessments.selectors.timeline import Happening, changed_since
from farthing.service.design import carrying_out
from farthing.service.design.carrying_out import is_done
from farthing.service.design.forms import DesignForm
from farthing.service.design.refused import in_a_sentence
from farthing.service.officer.looking import account_of
from farthing.service.people.models import Person
from farthing.service.people.services import Overtaken

CONFLICT = 409


def version_seen(request: HttpRequest, name: str = "version") -> int:
    """The version that the page was showing when the form was sent; nought, which nothing has, where it says none."""
    sent = request.POST.get(name, "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) <= 18 else 0


def answer(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    person: Person,
    form: DesignForm,
    act: Callable[[], object],
    then: str,
    said: str,
) -> HttpResponse:
    """Show a form; when it is sent and right, act and go ``then``, saying what was done.

    Where a colleague was first, the form is shown again with what was typed and what changed meanwhile.
    """
    status, meanwhile = 200, list[Happening]()
    try:
        if request.method == "POST" and is_done(form, act):
            messages.success(request, said)
            return redirect(then)
    except Overtaken:
        status, meanwhile = CONFLICT, changed_meanwhile(request, person)
    page = {**context, "form": form, "overtaken": status == CONFLICT, "meanwhile": meanwhile, "opened": clock.now()}
    return render(request, template, page, status=status)


def press(request: HttpRequest, *, act: Callable[[], object], then: str, said: str) -> HttpResponse:
    """Carry out what a button asks for, and go ``then`` with what was done or why it was not."""
    try:
        return carrying_out.press(request, act=act, then=then, said=said)
    except Overtaken:
        messages.error(request, "Somebody else changed this first. Nothing was overwritten. See how it stands now.")
        return redirect(then)


@dataclass(frozen=True, slots=True)
class HoldsUp:
    """What holds a decision up, with what to do about it. ``of`` are the several things it is said of, where it is of several."""

    says: str
    of: tuple[str, ...] = ()


def what_holds_up(proposal: Proposal, *, besides: Collection[str] = ()) -> tuple[HoldsUp, ...]:
    """What holds a decision up, said once of all it is true of, ``besides`` what the page asks for in another place."""
    alike = defaultdict(list)
    for each in proposal.problems:
        if each.field not in besides:
            alike[each.problem, each.what_to_do].append(each)
    return tuple(_together(each) for each in alike.values())


def _together(alike: Sequence[Problem]) -> HoldsUp:
    first, *others = alike
    if not others:
        return HoldsUp(in_a_sentence(first))
    names = tuple(each.called or each.field for each in alike)
    return HoldsUp(in_a_sentence(replace(first, called="each of these")), names)


def changed_meanwhile(request: HttpRequest, person: Person) -> list[Happening]:
    """What colleagues changed since the page was opened."""
    try:
        opened = datetime.fromisoformat(request.POST.get("opened", ""))
    except ValueError:
        return []
    return changed_since(person, opened, besides=account_of(request)) if opened.tzinfo else []

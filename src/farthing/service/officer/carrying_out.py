"""Carrying out what a form asks for: done once, refused with reasons, or overtaken by a colleague with nothing lost."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

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


def what_holds_up(proposal: Proposal, *, besides: Collection[str] = ()) -> tuple[str, ...]:
    """What holds a decision up, each with what to do about it, ``besides`` what the page asks for in another place."""
    return tuple(in_a_sentence(each) for each in proposal.problems if each.field not in besides)


def changed_meanwhile(request: HttpRequest, person: Person) -> list[Happening]:
    """What colleagues changed since the page was opened."""
    try:
        opened = datetime.fromisoformat(request.POST.get("opened", ""))
    except ValueError:
        return []
    return changed_since(person, opened, besides=account_of(request)) if opened.tzinfo else []

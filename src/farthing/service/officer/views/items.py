"""Items of a person's lists: added, verified, taken away; and a list that is complete."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from farthing.engine.facts import ItemList
from farthing.law import law
from farthing.service import clock
from farthing.service.access.gates import seen_by
from farthing.service.assessments.facts import Known, KnownItem, Standing
from farthing.service.assessments.selectors.casework import newest_fact
from farthing.service.assessments.selectors.evidence import evidence_of
from farthing.service.assessments.selectors.facts import known_of
from farthing.service.assessments.services import facts as services
from farthing.service.design.forms import DesignForm
from farthing.service.officer import facts_shown
from farthing.service.officer.carrying_out import answer
from farthing.service.officer.forms.facts import KindForm, VerifyForm
from farthing.service.officer.looking import CHANGES, account_of, case_page, find_person, look
from farthing.service.officer.views.facts import saying
from farthing.service.people.models import Person
from farthing.service.questions.forms import initial


@seen_by(CHANGES)
def new(request: HttpRequest, reference: str, list_name: str) -> HttpResponse:
    """Add an item: first its kind, then what there is to know of that kind."""
    person, held = find_person(reference), _held(list_name)
    look(request, person)
    newest = newest_fact(person)
    kind = request.GET.get("kind", "")
    if kind not in held.facts["kind"].unit:
        context = case_page(request, person, "facts", held=held)
        return render(request, "officer/item_kind.html", {**context, "form": KindForm(held)})
    context = _page(request, person, held, kind, item=None, seen=newest)
    return _verifying(request, context, kind, services.new_item(person, list_name), {}, said="Added and verified.")


@seen_by(CHANGES)
def verify(request: HttpRequest, reference: str, list_name: str, item: str) -> HttpResponse:
    """Verify or correct one item."""
    person, held = find_person(reference), _held(list_name)
    look(request, person)
    newest = newest_fact(person)
    known = _item(known_of(person), list_name, item)
    context = _page(request, person, held, known.kind, item=item, seen=newest)
    return _verifying(request, context, known.kind, item, known.facts, said="Verified.")


@seen_by(CHANGES)
def take_away(request: HttpRequest, reference: str, list_name: str, item: str) -> HttpResponse:
    """Take an item away: what was said of it stays on file and no longer counts."""
    person, held = find_person(reference), _held(list_name)
    look(request, person)
    newest = newest_fact(person)
    known = _item(known_of(person), list_name, item)
    return answer(
        request,
        "officer/item_take_away.html",
        _page(request, person, held, known.kind, item=item, seen=newest),
        person=person,
        form=DesignForm(request.POST or None),
        act=lambda: services.take_away(person, list_name, item, saying(request, account_of(request), None, "")),
        then=_list_of(person, held),
        said="Taken away. It no longer counts.",
    )


@seen_by(CHANGES)
def complete(request: HttpRequest, reference: str, list_name: str) -> HttpResponse:
    """Record that what is in a list is all there is."""
    person, held = find_person(reference), _held(list_name)
    look(request, person)
    context = case_page(request, person, "facts", held=held, seen=newest_fact(person))
    return answer(
        request,
        "officer/list_complete.html",
        context,
        person=person,
        form=DesignForm(request.POST or None),
        act=lambda: services.list_is_empty(person, list_name, saying(request, account_of(request), None, "")),
        then=_list_of(person, held),
        said="The list is complete.",
    )


def _page(request: HttpRequest, person: Person, held: ItemList, kind: str, **context: Any) -> dict[str, Any]:
    in_words = facts_shown.kind_in_words(held.name, kind)
    return case_page(request, person, "facts", held=held, kind=in_words, **context)


def _verifying(
    request: HttpRequest, context: dict[str, Any], kind: str, key: str, facts: Mapping[str, Known], *, said: str
) -> HttpResponse:
    """The page of an item of a key, new or known already: what is saved on it is verified."""
    person, held = context["person"], context["held"]
    asked = facts_shown.facts_of_item(held.name, kind, facts)
    stood = {name: each.standing.value for name, each in facts.items() if each.standing is not None}
    form = VerifyForm(
        asked, evidence_of(person), request.POST or None, initial=initial(asked, stood), today=clock.today()
    )
    return answer(
        request,
        "officer/item.html",
        context,
        person=person,
        form=form,
        act=lambda: services.verify(
            person,
            {(held.name, key, "kind"): kind, **form.values(held.name, key, facts)},
            saying(request, account_of(request), form.proof(), form.noted()),
        ),
        then=_list_of(person, held),
        said=said,
    )


def _list_of(person: Person, held: ItemList) -> str:
    return reverse("officer:facts", args=[person.reference]) + f"#{held.name}"


def _held(list_name: str) -> ItemList:
    held = law().lists.get(list_name)
    if held is None or not facts_shown.has_kinds(list_name):
        raise Http404("There is no such list")
    return held


def _item(standing: Standing, list_name: str, key: str) -> KnownItem:
    for item in standing.lists.get(list_name, ()):
        if item.key == key:
            return item
    raise Http404("There is no such item")

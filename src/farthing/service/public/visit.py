"""One request for a page of the questions: whose answers, kept where, and where each link of the page leads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from farthing.case.assessment import Assessment
from farthing.law import law
from farthing.service.questions.answers import Answers
from farthing.service.questions.pages import ItemPage, KindsPage, Page, assessed, settled

NAMES_IN = {
    "question": ("fact",),
    "list": ("list_name",),
    "item": ("list_name", "key"),
    "remove": ("list_name", "key"),
    "why": ("rule",),
}
"""What stands in the address of each kind of page."""


class Store(Protocol):
    """Where somebody's answers are kept while they are asked."""

    def load(self) -> Answers:
        """The answers so far."""

    def save(self, answers: Answers, response: HttpResponse) -> HttpResponse:
        """Keep the answers. Gives the response to send: the one handed in, or another where they could not be kept."""


@dataclass(frozen=True)
class Frame:
    """What the pages of a questionnaire have in common. ``name`` begins the URL names of the pages.

    ``title`` stands above each question. ``begin`` is the URL name that Back leads to from the first question, ``after``
    the one that the check of the answers leads on to, by a button that says ``submit``.
    """

    name: str
    title: str
    begin: str
    after: str
    submit: str = "Continue"


@dataclass
class Visit:
    """One request for a page of a questionnaire, with what is known of it. ``parts`` stand in the address besides."""

    frame: Frame
    request: HttpRequest
    store: Store
    parts: Mapping[str, Any]
    on: date

    @property
    def council(self) -> str:
        """The key of the council asked for."""
        return str(settings.FARTHING_COUNCIL)

    @property
    def posted(self) -> QueryDict | None:
        """What was sent with a form, or None where the page was only asked for."""
        return self.request.POST if self.request.method == "POST" else None

    @cached_property
    def answers(self) -> Answers:
        """The answers so far."""
        return self.store.load()

    @cached_property
    def assessment(self) -> Assessment:
        """The law read with the answers so far. Raises ``Refusal``."""
        return assessed(self.answers, self.council, self.on)

    def address(self, kind: str, *names: str) -> str:
        """The address of a page of this questionnaire: ``address("item", "capital", "i1")``."""
        named = dict(zip(NAMES_IN.get(kind, ()), names, strict=True))
        return reverse(f"public:{self.frame.name}_{kind}", kwargs={**self.parts, **named})

    def address_of(self, page: Page | None) -> str:
        """The address of the page that comes next; the check of the answers where there is none."""
        if page is None:
            return self.address("check")
        if isinstance(page, ItemPage):
            return self.address("item", page.list_name, page.key)
        if isinstance(page, KindsPage):
            return self.address("list", page.list_name)
        return self.address("question", page.fact)

    def address_named(self, name: str) -> str:
        """The address of a page by its name in the trail: a fact, a list, or an item as "capital.i1"."""
        list_name, dot, key = name.partition(".")
        if dot:
            return self.address("item", list_name, key)
        return self.address("list" if name in law().lists else "question", name)

    def address_of_removal(self, name: str) -> str:
        """The address of the page that takes an item, named as "capital.i1", out of its list."""
        list_name, _, key = name.partition(".")
        return self.address("remove", list_name, key)

    def back(self, name: str) -> str:
        """Where Back leads from the page of that name: to the page answered before it."""
        trail = self.answers.trail
        before = trail[: trail.index(name)] if name in trail else trail
        return self.address_named(before[-1]) if before else reverse(self.frame.begin, kwargs=dict(self.parts))

    def go_on(self, answers: Answers) -> HttpResponse:
        """Keep the answers and go to the page that comes next."""
        answers, _, page = settled(answers, self.council, self.on)
        return self.store.save(answers, redirect(self.address_of(page)))

    def keep(self, answers: Answers, address: str) -> HttpResponse:
        """Keep the answers and go to an address."""
        return self.store.save(answers, redirect(address))

    def show(self, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
        """A page of the questionnaire."""
        known = {"visit": self, "frame": self.frame, "answers": self.answers}
        return render(self.request, template, {**known, **context}, status=status)

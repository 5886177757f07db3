"""Carrying out what a form or a button asks for: done, or refused with every reason and nothing typed lost.

``act`` does it, and raises ``Refusal`` where it may not be done. ``in_words`` says a problem to whoever reads it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from farthing.base.refusal import Problem, Refusal
from farthing.service.design.forms import DesignForm
from farthing.service.design.refused import add_problems, in_a_sentence


@contextmanager
def refused_at(form: DesignForm, *, in_words: Callable[[Problem], str] = in_a_sentence) -> Iterator[None]:
    """Carry out what was asked by a form: where it is refused, the reasons stand at its fields, and the page is shown again."""
    try:
        yield
    except Refusal as refusal:
        add_problems(form, refusal, in_words=in_words)


def is_done(form: DesignForm, act: Callable[[], object], *, in_words: Callable[[Problem], str] = in_a_sentence) -> bool:
    """Whether a form was sent, was right, and could be carried out. What was refused then stands at its fields."""
    if form.is_valid():
        with refused_at(form, in_words=in_words):
            act()
    return form.is_bound and not form.errors


def press(
    request: HttpRequest,
    *,
    act: Callable[[], object],
    then: str,
    said: str,
    in_words: Callable[[Problem], str] = in_a_sentence,
) -> HttpResponse:
    """Carry out what a button asks for, and go ``then`` with what was done or every reason why not."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, ". ".join(in_words(problem) for problem in refusal.problems))
    else:
        messages.success(request, said)
    return redirect(then)

"""What was refused, put into a form and into words."""

from collections.abc import Callable
from dataclasses import replace

from farthing.base.refusal import Problem, Refusal
from farthing.service.design.forms import DesignForm


def in_a_sentence(problem: Problem, called: str = "") -> str:
    """A problem as a person reads it, ending in what to do. ``called`` is what the page calls what it is about."""
    named = problem.called or called or problem.field.rpartition(".")[2].partition("[")[0].replace("_", " ")
    said = f"{named} {problem.problem}. {problem.what_to_do}".strip()
    return said[:1].upper() + said[1:]


def add_problems(form: DesignForm, refusal: Refusal, *, in_words: Callable[[Problem], str] = in_a_sentence) -> None:
    """Put what was refused at the fields it is about, and the rest at the top of the page."""
    for problem in refusal.problems:
        name = _field_of(form, problem)
        called = getattr(form.fields[name], "called", "") if name else ""
        form.add_error(name, in_words(replace(problem, called=problem.called or called)))


def _field_of(form: DesignForm, problem: Problem) -> str | None:
    """The field of a form that a problem is about, by its name or as its price; None where the form has none such."""
    name = problem.field.rpartition(".")[2]
    return next((each for each in (name, f"{name}_pence") if each in form.fields), None)

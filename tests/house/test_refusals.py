"""What is refused is worded alike everywhere, so that any page can say it: what it is about, what is wrong, what to do."""

import ast

import pytest

from farthing.base.refusal import Problem
from farthing.service.design.refused import in_a_sentence
from tests.house.sources import found_in_rooms


def said(problem: ast.expr) -> str:
    """The text of a problem as far as it is written where it is refused."""
    if isinstance(problem, ast.JoinedStr):
        problem = problem.values[0]
    return problem.value if isinstance(problem, ast.Constant) and isinstance(problem.value, str) else ""


def whole_sentences(tree):
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "Problem"
            and node.args[1:]
        ):
            is_named = ast.unparse(node.args[0]) != "''" or any(each.arg == "called" for each in node.keywords)
            if is_named and (text := said(node.args[1]))[:1].isupper():
                yield node.lineno, text


def test_a_problem_goes_on_after_the_name_of_what_it_is_about():
    found = found_in_rooms(whole_sentences, "")
    assert not found, found


@pytest.mark.parametrize(
    "problem, called, sentence",
    [
        (Problem("reason", "is too short", "Say why"), "", "Reason is too short. Say why"),
        (Problem("reason", "is too short", "Say why"), "why you ask", "Why you ask is too short. Say why"),
        (Problem("capital[1].paid_out", "is below nought", "Check it"), "", "Paid out is below nought. Check it"),
        (Problem("", "was drafted by you", "Ask another", called="this"), "", "This was drafted by you. Ask another"),
        (Problem("born", "is not known", "Ask", called="“Born?”"), "the date", "“Born?” is not known. Ask"),
        (Problem("", "The passkey did not work", "Try again"), "", "The passkey did not work. Try again"),
    ],
)
def test_any_problem_is_put_into_one_sentence_that_says_what_it_is_about(problem, called, sentence):
    assert in_a_sentence(problem, called) == sentence

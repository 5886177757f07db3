"""What the door of the law refuses, said to the person who answered: at the field it is about, or at the top of the page."""

from collections.abc import Iterator
from dataclasses import dataclass

from farthing.base.refusal import Refusal
from farthing.law import law
from farthing.service.design.refused import in_a_sentence
from farthing.service.questions.answers import Answers

PLAINLY = {
    "born": "Check the date of birth. These rules are for people aged 18 or over",
    "moved_in": "The day of moving in must be after the date of birth",
    "owned_percent": "Give a share in per cent, or how many people own it in equal shares, but not both",
}
"""By fact: what can be wrong between answers that are each right by themselves."""


@dataclass(frozen=True, slots=True)
class Objection:
    """One answer that cannot be. ``page`` is the name of the page that asks for it ("born", "capital.i1"), "" for none."""

    page: str
    fact: str
    says: str


def objections(refusal: Refusal, answers: Answers) -> Iterator[Objection]:
    """What is wrong, each with the page where it can be put right. ``answers`` are those that were refused."""
    for problem in refusal.problems:
        page, fact = _place(problem.field, answers)
        yield Objection(page, fact, PLAINLY.get(fact) or in_a_sentence(problem, "an answer"))


def _place(field: str, answers: Answers) -> tuple[str, str]:
    """The page and the fact of a place in the case file: "person.born", "capital[1].value"."""
    path, bracket, rest = field.partition("[")
    name = path.rpartition(".")[2]
    if name in law().facts:
        return name, name
    if name not in law().lists:
        return "", ""
    number, _, fact = rest.partition("].")
    keys = list(answers.lists[name].items) if name in answers.lists else []
    if bracket and number.isdigit() and int(number) < len(keys):
        return f"{name}.{keys[int(number)]}", fact
    return name, ""

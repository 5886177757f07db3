"""Answers the questions of the law in a browser, page by page, as somebody does who knows their own affairs."""

from collections.abc import Callable, Mapping
from typing import Any

from farthing.law import law
from tests.browser.visitor import Visitor

DO_NOT_KNOW = "I do not know"
Answers = Mapping[str, Any]
"""What somebody would say: of a fact, its value; of a list, each kind held with the facts of it; or ``DO_NOT_KNOW``."""

MOST_PAGES = 60


def begin_estimate(visitor: Visitor, about: str = "you") -> None:
    """From the first page of the service to the first question of an estimate."""
    visitor.open("/")
    visitor.picture("start")
    visitor.press("Estimate what you will pay")
    visitor.fill("about", about)
    visitor.picture("begin")
    visitor.press("Start now")


def answer_all(
    visitor: Visitor,
    knows: Answers,
    *,
    keep_pictures_of: tuple[str, ...] = (),
    finish: Callable[..., None] | None = None,
) -> list[str]:
    """Answer each question that comes until the check of the answers, and give what was asked, in order.

    ``finish`` sends a page in another way than by a press of its button. Raises ``KeyError`` for a question that the person
    was not thought to be asked.
    """
    asked = []
    for _ in range(MOST_PAGES):
        kind, *names = _named(visitor.path)
        if kind == "check":
            return asked
        name = ".".join(names)
        asked.append(name)
        if names[0] in keep_pictures_of or name in keep_pictures_of:
            visitor.picture(name.replace("_", "-").replace(".", "-"))
        button = _answer(visitor, names, knows[names[0]])
        (finish or visitor.press)(button)
    raise AssertionError(f"The questions do not end: {asked}")


def _named(path: str) -> list[str]:
    parts = path.strip("/").split("/")
    at = next((at for at, part in enumerate(parts) if part in ("question", "list", "check")), None)
    assert at is not None, f"{path} asks nothing"
    return parts[at:]


def _answer(visitor: Visitor, names: list[str], said: Any) -> str:
    """Fill in one page, and give the words of the button that sends it."""
    if said == DO_NOT_KNOW:
        return DO_NOT_KNOW
    if len(names) == 2:
        for name, value in _of_kind(visitor, names[0], said).items():
            if visitor.asks(name):
                visitor.fill(name, value)
    elif names[0] in law().lists:
        visitor.fill("kinds", list(said) or ["none_of_these"])
    else:
        visitor.fill(names[0], said)
    return "Continue"


def _of_kind(visitor: Visitor, list_name: str, said: Mapping[str, Answers]) -> Answers:
    kinds: Any = law().lists[list_name].facts["kind"].unit
    return next(facts for kind, facts in said.items() if visitor.heading.startswith(kinds.says(kind)))

"""An application as a program sends it, read into a person's details and what they told; everything wrong said at once."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from django.conf import settings
from django.core.exceptions import ValidationError as InvalidEmail
from django.core.validators import validate_email
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, ValidationError
from stdnum.exceptions import ValidationError as NotANumber
from stdnum.gb import nhs

from farthing.base.refusal import Problem, Refusal
from farthing.case.reading import read_case
from farthing.case.tree import Node, read_tree
from farthing.engine.facts import Fact, ItemList
from farthing.law import law
from farthing.law.allowances.facts import PREMIUMS
from farthing.service.api.parameters import Day
from farthing.service.api.refusals import problem_of
from farthing.service.people.models import Channel, LetterForm
from farthing.service.questions.answers import Answers, Item, Listed

NAME = "the application"
"""What the whole of it is called where it cannot be read."""


def _email(text: str) -> str:
    if text:
        try:
            validate_email(text)
        except InvalidEmail:
            raise ValueError("is not an e-mail address") from None
    return text


Email = Annotated[str, AfterValidator(_email), Field(json_schema_extra={"format": "email"})]


class PersonTold(BaseModel):
    """Who the application is for."""

    model_config = ConfigDict(extra="forbid")

    given_name: str = Field(min_length=1, max_length=100, pattern=r"\S")
    family_name: str = Field(min_length=1, max_length=100, pattern=r"\S")
    born: Day
    nhs_number: str = Field("", max_length=12, description="Ten digits; spaces may stand between them")
    address: list[str] = Field([], max_length=6, description="Line by line, without the postcode")
    postcode: str = Field("", max_length=8)
    email: Email = Field("", max_length=254)
    telephone: str = Field("", max_length=30)
    letters_as: LetterForm = LetterForm.STANDARD
    letters_by: Channel = Channel.POST


class ApplicationSent(BaseModel):
    """An application: who it is for, what they told, and that they, or whoever acts for them, declare it to be true."""

    model_config = ConfigDict(extra="forbid")

    person: PersonTold
    case: dict[str, Any]
    says: str = Field("", max_length=5000, description="What else the council should know")
    declared: StrictBool = Field(description="That what is told is declared to be true; nothing is taken in without it")


def read_application(body: bytes, *, today: date) -> tuple[PersonTold, Answers, str]:
    """The person's details, what they told, and what else is said. Raises ``Refusal`` with everything that is wrong."""
    tree = read_tree(body, name=NAME)
    problems: list[Problem] = []
    sent = _sent(json.loads(body.decode("utf-8-sig")), problems)
    fields = tree.value if isinstance(tree.value, dict) else {}
    answers = _told(fields.get("case"), today, problems)
    if sent is not None:
        problems += _checked(sent, answers)
    if problems or sent is None:
        raise Refusal(*problems)
    return sent.person, answers.saying("born", sent.person.born.isoformat()), sent.says


def details_of(told: PersonTold) -> dict[str, Any]:
    """A person's details as the register keeps them."""
    kept = told.model_dump()
    number = nhs.compact(told.nhs_number) if told.nhs_number else ""
    return {**kept, "nhs_number": number, "address": "\n".join(told.address)}


def _sent(plain: Any, problems: list[Problem]) -> ApplicationSent | None:
    try:
        return ApplicationSent.model_validate(plain)
    except ValidationError as error:
        problems += map(problem_of, error.errors())
        return None


def _checked(sent: ApplicationSent, answers: Answers) -> Iterator[Problem]:
    if not sent.declared:
        yield Problem("declared", "is false", "Send it once the person, or whoever acts for them, has declared it")
    if sent.person.nhs_number:
        try:
            nhs.validate(sent.person.nhs_number)
        except NotANumber:
            yield Problem(
                "person.nhs_number", "is not an NHS number", "Check the ten digits; the last checks the others"
            )
    born = answers.said.get("born")
    if born is not None and born != sent.person.born.isoformat():
        yield Problem(
            "case.person.born", "is another day than person.born", "Give the one that is right, in either place"
        )


def _told(node: Node | None, today: date, problems: list[Problem]) -> Answers:
    if node is None or not isinstance(node.value, dict):
        return Answers()
    place = {"council": Node(settings.FARTHING_COUNCIL), "on": Node(today.isoformat())}
    for name in sorted(place.keys() & node.value.keys()):
        problems.append(Problem(f"case.{name}", "is the council's to say", "Leave it out of an application"))
    told = {name: value for name, value in node.value.items() if name not in place}
    try:
        read_case(Node({**told, **place}, node.line))
    except Refusal as refusal:
        problems += [
            Problem(f"case.{each.field}", each.problem, each.what_to_do, each.law) for each in refusal.problems
        ]
        return Answers()
    said: dict[str, str | None] = {}
    lists: dict[str, Listed] = {}
    for name, part in told.items():
        if name in law().lists:
            _add_list(law().lists[name], part, name, lists, problems)
        elif isinstance(part.value, dict):
            for inner, value in part.value.items():
                if inner in law().lists:
                    _add_list(law().lists[inner], value, f"{name}.{inner}", lists, problems)
                elif inner == "premiums" and isinstance(value.value, tuple):
                    named = {each.value for each in value.value}
                    said |= {fact: "true" if premium in named else "false" for premium, fact in PREMIUMS.items()}
                elif inner in law().facts:
                    _add_fact(law().facts[inner], value, f"{name}.{inner}", said, problems)
    return Answers(said=said, lists=lists, trail=(*said, *lists))


def _add_fact(fact: Fact, node: Node, field: str, said: dict[str, str | None], problems: list[Problem]) -> None:
    if isinstance(node.value, str) or fact.empty is not None:
        said[fact.name] = node.value if isinstance(node.value, str) else None
        problems += _of_council(fact, field)


def _add_list(held: ItemList, node: Node, field: str, lists: dict[str, Listed], problems: list[Problem]) -> None:
    if not isinstance(node.value, tuple):
        return
    problems += _of_council(held, field)
    items: dict[str, Item] = {}
    for number, each in enumerate(node.value):
        fields = each.value if isinstance(each.value, dict) else {}
        texts = {name: value.value for name, value in fields.items() if isinstance(value.value, str)}
        for name in texts:
            problems += _of_council(held.facts[name], f"{field}[{number}].{name}")
        items[f"i{number + 1}"] = Item(texts.pop("kind"), texts, is_done=True)
    lists[held.name] = Listed(items)


def _of_council(declared: Fact | ItemList, field: str) -> list[Problem]:
    if not declared.of_council:
        return []
    return [Problem(f"case.{field}", "is for the council to find", "Leave it out; say what the council should know")]

"""The form of a question, derived from the declaration of its fact: no question is drawn by hand."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms

from farthing.base.money import pounds
from farthing.engine.facts import Fact, ItemList
from farthing.engine.kinds import Choices, Kinds
from farthing.law import law
from farthing.service.design.forms import (
    Choice,
    ChoiceField,
    ChoicesField,
    DateField,
    DesignForm,
    Group,
    MoneyField,
    WholeNumberField,
    YesNoField,
)
from farthing.service.questions.owners import OWNERS, owners_fields, owners_said, owners_typed
from farthing.service.questions.voice import spoken

EARLIEST, LATEST = date(1890, 1, 1), date(2199, 12, 31)


def wording(declared: Fact | ItemList, about: str) -> str:
    """The question, put to the person themselves ("you") or about them ("them")."""
    return declared.to_you if about == "you" and declared.to_you else declared.question


class FactsForm(DesignForm):
    """One or more facts on a page. ``said()`` gives what was answered as a case file writes it."""

    def __init__(self, facts: Iterable[Fact], *arguments: Any, about: str, **options: Any):
        super().__init__(*arguments, **options)
        self.facts = {fact.name: fact for fact in facts}
        self.elsewhere: list[dict[str, str]] = []
        for fact in self.facts.values():
            self.fields.update(
                owners_fields(fact, about) if fact.name == OWNERS else {fact.name: field_of(fact, about)}
            )

    def object(self, says: str, address: str = "") -> None:
        """Put an objection to an answer of another page into the error summary, with the address of that page."""
        self.elsewhere.append({"text": says, "href": address} if address else {"text": says})

    def error_summary(self) -> list[dict[str, str]]:
        """What is wrong on this page, and then elsewhere."""
        return [*super().error_summary(), *self.elsewhere]

    def said(self) -> dict[str, str | None]:
        """Each fact as written in a case file; one that was left empty is an explicit nothing, or is not there."""
        said: dict[str, str | None] = {}
        for name, fact in self.facts.items():
            value = owners_said(self.cleaned_data) if name == OWNERS else self.cleaned_data.get(name)
            if value not in (None, ""):
                said[name] = as_written(fact, value)
            elif fact.empty is not None:
                said[name] = None
        return said


class KindsForm(DesignForm):
    """Which kinds of a list somebody has. ``kinds()`` gives those chosen, none for "None of these"."""

    NONE = "none_of_these"

    def __init__(self, held: ItemList, *arguments: Any, about: str, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["kinds"] = ChoicesField(
            _kinds_offered(held),
            label=wording(held, about),
            help_text=_without_empty_list(held.hint),
            error_messages={"required": "Select everything that applies, or “None of these”"},
        )

    def kinds(self) -> list[str]:
        """The kinds chosen, in the order of the law's table."""
        return [kind for kind in self.cleaned_data["kinds"] if kind != self.NONE]


def field_of(fact: Fact, about: str) -> forms.Field:
    """The form field that asks for a fact."""
    required = fact.left_out is None and fact.empty is None
    given: dict[str, Any] = {"label": wording(fact, about), "help_text": _hint(fact, about), "required": required}
    if isinstance(fact.unit, Choices):
        choices = [Choice(name, _starting_big(spoken(fact.unit.says(name), about))) for name in fact.unit.names]
        return ChoiceField(choices, error_messages=_if_not_answered(given["label"]), **given)
    if fact.unit == "yes/no":
        return YesNoField(error_messages=_if_not_answered(given["label"]), **given)
    if fact.unit == "date":
        return DateField(
            birth=fact.name == "born",
            earliest=date.fromordinal(fact.least) if fact.least else EARLIEST,
            latest=date.fromordinal(fact.most) if fact.most else LATEST,
            **given,
        )
    if "£" in fact.unit:
        return MoneyField(**given)
    return WholeNumberField(min_value=fact.least or 0, max_value=fact.most, **given)


def as_written(fact: Fact, value: Any) -> str:
    """A form's value as a case file writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return pounds(value) if "£" in str(fact.unit) and not isinstance(fact.unit, Choices) else str(value)


def as_typed(fact: Fact, written: str | None) -> Any:
    """What a form shows for a value that a case file wrote."""
    if written is None:
        return None
    if isinstance(fact.unit, Choices):
        return written
    if fact.unit == "yes/no":
        return written == "true"
    if fact.unit == "date":
        return date.fromisoformat(written)
    return written.removesuffix(".00") if "£" in fact.unit else written


def initial(facts: Iterable[Fact], said: Mapping[str, str | None]) -> dict[str, Any]:
    """What a form of these facts begins with."""
    told = {fact.name: as_typed(fact, said[fact.name]) for fact in facts if fact.name in said}
    return {**told, **owners_typed(told[OWNERS])} if told.get(OWNERS) else told


def _kinds_offered(held: ItemList) -> list[Choice | Group]:
    table = held.facts["kind"].unit
    assert isinstance(table, Kinds)
    headings: dict[str, list[Choice]] = {}
    for kind in table.names:
        headings.setdefault(table.under(kind), []).append(Choice(kind, table.says(kind)))
    offered: list[Choice | Group] = []
    for heading, choices in headings.items():
        offered += [Group(heading, tuple(choices))] if heading else choices
    return [*offered, Choice(KindsForm.NONE, "None of these", alone=True)]


def _if_not_answered(label: str) -> dict[str, str]:
    return {"required": f"Select an answer to “{label}”"}


def _hint(fact: Fact, about: str) -> str:
    """What helps to answer; of what may be left empty, what that then means."""
    written_as_in_a_file = fact.unit == "date" and fact.hint.startswith("For example")
    hint = "" if written_as_in_a_file else fact.hint
    if fact.left_out is None or not fact.meaning:
        return hint
    meaning = spoken(fact.meaning, about)
    return f"{hint} You can leave this empty. It then means: {meaning[:1].lower()}{meaning[1:]}".strip()


def _without_empty_list(hint: str) -> str:
    return " ".join(f"{each.strip()}." for each in hint.split(".") if each.strip() and "empty list" not in each)


def _starting_big(words: str) -> str:
    return words[:1].upper() + words[1:]


def fact_of(name: str) -> Fact:
    """The declaration of a fact of the person. Raises ``KeyError``."""
    return law().facts[name]


def list_of(name: str) -> ItemList:
    """The declaration of a list. Raises ``KeyError``."""
    return law().lists[name]

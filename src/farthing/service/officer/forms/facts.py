"""Verifying facts: one fact, one item of a list, or many at once just as they were told."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from farthing.engine.facts import Fact, ItemList
from farthing.engine.kinds import Kinds
from farthing.service.assessments.facts import Known
from farthing.service.assessments.models import Evidence
from farthing.service.design.forms import Choice, ChoiceField, ChoicesField, DesignForm, Group, TextField
from farthing.service.officer.facts_shown import in_short, kind_in_words, label
from farthing.service.questions.forms import FactsForm

FactKey = tuple[str, str, str]


def _evidence_field(evidence: Mapping[str, Evidence]) -> ChoiceField:
    field = ChoiceField(label="What proves it?", required=False, widget=forms.Select)
    field.offer([("", "Nothing on file"), *((key, f"{each.proves} ({key})") for key, each in evidence.items())])
    return field


def _note_field() -> TextField:
    return TextField(
        label="Note (optional)", help_text="For example: seen at the visit", max_length=500, required=False
    )


class _Proving(DesignForm):
    """A form that names what proves what is on it."""

    def prove_with(self, evidence: Iterable[Evidence]) -> None:
        """Offer this evidence as proof."""
        self.evidence = {each.reference: each for each in evidence}
        self.fields["evidence"] = _evidence_field(self.evidence)
        self.fields["note"] = _note_field()

    def proof(self) -> Evidence | None:
        """The evidence chosen."""
        return self.evidence.get(self.cleaned_data.get("evidence") or "")

    def noted(self) -> str:
        """What was noted beside it."""
        return self.cleaned_data.get("note") or ""


class VerifyForm(FactsForm, _Proving):
    """Facts of the person, or of one item, with what proves them."""

    def __init__(self, facts: Iterable[Fact], evidence: Iterable[Evidence], *arguments: Any, **options: Any):
        super().__init__(facts, *arguments, about="them", **options)
        self.prove_with(evidence)

    def values(self, section: str, item: str, standing: Mapping[str, Known]) -> dict[FactKey, str | None]:
        """What was filled in, by fact. A fact that stood and was emptied is an explicit nothing."""
        said: dict[str, str | None] = dict(self.said())
        emptied = {name: None for name in self.facts if name not in said and name in standing}
        return {(section, item, name): value for name, value in {**said, **emptied}.items()}


class KindForm(DesignForm):
    """Which kind of item is added to a list."""

    def __init__(self, held: ItemList, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        table = held.facts["kind"].unit
        assert isinstance(table, Kinds)
        words = {"required": "Choose what it is"}
        field = ChoiceField(label=held.facts["kind"].question, error_messages=words, widget=forms.Select)
        field.offer([Choice("", "Choose"), *(Choice(kind, table.says(kind)) for kind in table.names)])
        self.fields["kind"] = field


class AcceptForm(_Proving):
    """Many facts at once, accepted as they were told; those that are not ticked stay as they are."""

    def __init__(self, unverified: Iterable[Known], evidence: Iterable[Evidence], *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.told = {_key(known): known for known in unverified if known.told is not None}
        groups: dict[str, list[Choice]] = {}
        for key, known in self.told.items():
            groups.setdefault(label(known.section), []).append(Choice(key, _in_words(known)))
        self.fields["accepted"] = ChoicesField(
            [Group(heading, tuple(choices)) for heading, choices in groups.items()],
            label="Which are right as they were told?",
            initial=list(self.told),
            error_messages={"required": "Tick at least one"},
        )
        self.prove_with(evidence)

    def accepted_facts(self) -> list[Known]:
        """Those that were ticked."""
        return [self.told[key] for key in self.cleaned_data["accepted"]]


def _key(known: Known) -> str:
    return f"{known.section}/{known.item}/{known.fact}"


def _in_words(known: Known) -> str:
    said = in_short(known.section, known.fact, known.told.value if known.told else None)
    if known.item and known.fact == "kind":
        return f"{kind_in_words(known.section, (known.told.value if known.told else None) or '')} ({known.item})"
    return f"{label(known.fact)}{f' ({known.item})' if known.item else ''}: {said}"

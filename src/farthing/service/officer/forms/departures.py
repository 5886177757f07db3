"""A departure of each kind: what it settles, from when, and the reason that can be read to the person."""

from typing import Any

from farthing.engine.kinds import Kinds
from farthing.law import law
from farthing.service.assessments.facts import Standing, declared
from farthing.service.assessments.models import DepartureKind
from farthing.service.assessments.services.departures import SETTLES, SHORTEST_REASON
from farthing.service.design.forms import ChoiceField, DateField, DesignForm, LongTextField, MoneyField
from farthing.service.officer.facts_shown import in_short, kind_in_words
from farthing.service.questions.forms import as_written, field_of

GIVEN_BY_PROPOSING = {
    DepartureKind.DISREGARD: {"disregard_agreed": "true"},
    DepartureKind.COST_REFUSED: {"agreed": "false"},
}
"""What a proposal says by being made, without being asked."""

TESTS = {
    "avoiding_charge_was_motive": "avoiding a charge was a significant reason",
    "care_was_foreseeable": "a need for care, and having to pay towards it, could be expected",
}
"""The two tests of deprivation, each with a finding and a reason of its own (CASSG Annex E)."""


class KindForm(DesignForm):
    """Which kind of departure."""

    kind = ChoiceField(DepartureKind.choices, label="What do you want to do?")


class DepartureForm(DesignForm):
    """A departure of one kind."""

    def __init__(self, kind: DepartureKind, standing: Standing, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.kind, settling = kind, SETTLES[kind]
        if settling.of_item:
            self._ask_for_item(settling.of_item, standing)
        for name in settling.facts:
            if name not in GIVEN_BY_PROPOSING.get(kind, {}):
                self._ask_for_fact(settling.of_item or law().facts[name].section, name)
        if kind == DepartureKind.WAIVER:
            self.fields["waived"] = MoneyField(
                label="How much a week is not charged?", called="the amount", min_value=1
            )
        today = options.get("today")
        self.fields["starts_on"] = DateField(label="From", called="the first day", initial=today)
        self.fields["ends_on"] = DateField(
            label="Until (leave empty for no end)", called="the last day", required=False
        )
        if kind != DepartureKind.DEPRIVATION:
            self.fields["reason"] = _reason("Reason", "the reason")

    def _ask_for_item(self, list_name: str, standing: Standing) -> None:
        found = [(item.key, _item_in_words(list_name, item)) for item in _about(self.kind, standing)]
        field = ChoiceField(found, label="What is it about?", error_messages={"required": "Choose what it is about"})
        self.fields["item"] = field
        self.has_items = bool(found)

    def _ask_for_fact(self, section: str, name: str) -> None:
        fact = declared(section, name)
        assert fact is not None
        field = field_of(fact, "them")
        field.required, field.help_text = True, ""
        self.fields[name] = field
        if name in TESTS:
            self.fields[f"{name}_reason"] = _reason("What shows that?", f"what shows whether {TESTS[name]}")

    def values(self) -> dict[str, str]:
        """Each fact it settles, as a case file writes it."""
        settling = SETTLES[self.kind]
        said = dict(GIVEN_BY_PROPOSING.get(self.kind, {}))
        for name in settling.facts:
            if name in self.fields:
                fact = declared(settling.of_item or law().facts[name].section, name)
                assert fact is not None
                said[name] = as_written(fact, self.cleaned_data[name])
        return said

    def reason(self) -> str:
        """The reason; of deprivation both findings, each with its own."""
        if self.kind != DepartureKind.DEPRIVATION:
            return str(self.cleaned_data["reason"])
        found = []
        for name, words in TESTS.items():
            finding = "We found that" if self.cleaned_data[name] else "We did not find that"
            found.append(f"{finding} {words}. {self.cleaned_data[f'{name}_reason']}")
        return "\n".join(found)


class AnswerForm(DesignForm):
    """Declining a departure, with the reason."""

    because = LongTextField(label="Why not?", called="why not", rows=3, max_length=2000)


def _reason(words: str, called: str) -> LongTextField:
    return LongTextField(
        label=words,
        called=called,
        help_text=f"A sentence the person can read, of at least {SHORTEST_REASON} letters",
        min_length=SHORTEST_REASON,
        max_length=2000,
        rows=3,
        error_messages={"min_length": f"Say it in a sentence of at least {SHORTEST_REASON} letters"},
    )


def _about(kind: DepartureKind, standing: Standing) -> list[Any]:
    """The items a departure of a kind can be about."""
    list_name = SETTLES[kind].of_item
    table = law().lists[list_name].facts["kind"].unit
    items = standing.lists.get(list_name, ())
    wanted = {DepartureKind.DISREGARD: "agreeable", DepartureKind.DEPRIVATION: "notional"}.get(kind)
    if wanted is None or not isinstance(table, Kinds):
        return list(items)
    return [item for item in items if item.kind in table and table.rows[item.kind].get(wanted)]


def _item_in_words(list_name: str, item: Any) -> str:
    for name in ("value", "amount"):
        known = item.facts.get(name)
        if known and known.standing and known.standing.value:
            return f"{kind_in_words(list_name, item.kind)}, {in_short(list_name, name, known.standing.value)}"
    return kind_in_words(list_name, item.kind)

"""The forms of the editor's desk."""

from collections.abc import Iterable
from typing import Any

from django import forms

from farthing.service.design.forms import ChoiceField, DateField, DesignForm, LongTextField, TextField, WholeNumberField
from farthing.service.directory.models import Proof, State

NO_FILE = ""
A_WEEK = 7 * 24


class FindForm(DesignForm):
    """Words of a name, or a reference, and a state. Both may be left empty."""

    words = TextField(label="Name or reference", called="the name or reference", required=False, max_length=200)
    state = ChoiceField([("", "Any"), *State.choices], label="State", required=False, widget=forms.Select)


class CheckForm(DesignForm):
    """That something was seen proved."""

    seen_on = DateField(label="When did you see it?", called="the day you saw it", must_be="today or in the past")
    runs_out_on = DateField(
        label="Last day it holds", called="the last day it holds", help_text="Leave empty where it does not run out.",
        required=False,
    )  # fmt: skip
    number = TextField(
        label="Number of the certificate, policy or registration", called="the number", help_text="Shown to editors only.",
        required=False, max_length=60, width=20,
    )  # fmt: skip
    says = LongTextField(
        label="Anything everybody should see", called="what everybody should see",
        help_text="Such as the courses of a training, or what insurance covers. Name nobody.",
        required=False, rows=3, max_length=500,
    )  # fmt: skip
    proof = ChoiceField(label="Which file shows it?", required=False)

    def __init__(self, proofs: Iterable[Proof], *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.proofs = {str(each.pk): each for each in proofs}
        offered = [(key, each.name) for key, each in self.proofs.items()]
        self.fields["proof"].offer([*offered, (NO_FILE, "None: I saw the paper itself")])  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """What was seen, with the file that shows it."""
        return {**self.cleaned_data, "proof": self.proofs.get(self.cleaned_data["proof"])}


class ReasonForm(DesignForm):
    """Why. The enterprise is shown it."""

    reason = LongTextField(
        label="Why?",
        called="the reason",
        help_text="The enterprise is shown this, word for word.",
        max_length=2000,
        rows=5,
    )


class FeedReasonForm(DesignForm):
    """Why a directory is stopped or started. Editors see it, on the page and in the history of each entry."""

    reason = LongTextField(
        label="Why?", called="the reason", help_text="Editors see this. Name nobody.", max_length=2000, rows=4
    )


class OutcomeForm(DesignForm):
    """What came of a concern."""

    outcome = LongTextField(label="What came of it?", called="what came of it", max_length=4000, rows=5)


class FeedForm(DesignForm):
    """Another council's directory that is to be read."""

    name = TextField(label="Whose directory is it?", called="whose directory it is", max_length=120)
    url = TextField(
        label="Address of its Open Referral UK feed", called="the address of the feed",
        help_text="Such as https://directory.example.org/api", max_length=500,
        widget=forms.TextInput(attrs={"type": "url", "spellcheck": "false"}),
    )  # fmt: skip
    licence = TextField(
        label="Licence under which it may be shown", called="the licence", help_text="Such as Open Government Licence v3.0",
        max_length=200,
    )  # fmt: skip
    every_hours = WholeNumberField(
        label="Read it every how many hours?",
        called="the hours between readings",
        min_value=1,
        max_value=A_WEEK,
        initial=24,
    )

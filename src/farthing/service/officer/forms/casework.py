"""Notes, tasks, visits, messages, and asking for evidence."""

from collections.abc import Iterable
from typing import Any

from django import forms

from farthing.service.access.models import Account
from farthing.service.assessments.services.evidence_wanted import Wanted
from farthing.service.design.forms import ChoiceField, ChoicesField, DateField, DesignForm, LongTextField, TextField


class NoteForm(DesignForm):
    """A note for colleagues."""

    text = LongTextField(label="Write a note", called="the note", max_length=4000, rows=4)


class TaskForm(DesignForm):
    """Something to be done."""

    says = TextField(label="What is to be done?", called="what is to be done", max_length=300)
    due_on = DateField(
        label="By (optional)", called="the day it is due", must_be="today or in the future", required=False
    )
    for_whom = ChoiceField(label="By whom?", required=False, widget=forms.Select)

    def __init__(self, officers: Iterable[Account], *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.officers = {str(each.pk): each for each in officers}
        offered = [("", "Anybody"), *((key, str(each)) for key, each in self.officers.items())]
        self.fields["for_whom"].offer(offered)  # type: ignore[attr-defined]

    def whom(self) -> Account | None:
        """Whoever is to do it."""
        return self.officers.get(self.cleaned_data["for_whom"])


class VisitForm(DesignForm):
    """The record of an assessment by telephone or at home."""

    how = ChoiceField([("telephone", "By telephone"), ("visit", "At home")], label="How was it done?")
    on = DateField(label="On which day?", called="the day", must_be="today or in the past")
    present = TextField(label="Who took part?", called="who took part", max_length=300)
    record = LongTextField(label="What was said?", called="what was said", max_length=8000, rows=8)


class MessageForm(DesignForm):
    """A message to the person or whoever acts for them."""

    text = LongTextField(label="Your message", called="your message", max_length=4000, rows=5)


class EvidenceWantedForm(DesignForm):
    """What the council needs to see, by when."""

    wanted = ChoicesField(label="What do we need to see?", required=False)
    other = TextField(label="Something else (optional)", max_length=200, required=False)
    other_why = TextField(label="Why we need it", max_length=200, required=False)
    by_day = DateField(label="By when?", called="the day it is wanted by", must_be="in the future")
    message = LongTextField(
        label="Anything to add (optional)",
        help_text="It is sent as a message as well.",
        max_length=2000,
        rows=3,
        required=False,
    )

    def __init__(self, offered: Iterable[Wanted], *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.offered = {str(number): each for number, each in enumerate(offered)}
        choices = [(key, f"{each.what}: {each.such_as}") for key, each in self.offered.items()]
        self.fields["wanted"].offer(choices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """At least one thing is asked for, and something else with a reason."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("wanted") and not cleaned.get("other") and "wanted" not in self.errors:
            self.add_error("wanted" if self.offered else "other", "Say at least one thing that we need to see")
        if cleaned.get("other") and not cleaned.get("other_why"):
            self.add_error("other_why", "Say why we need it: it stands in the letter")
        return cleaned

    def asked_for(self) -> list[Wanted]:
        """Everything asked for."""
        asked = [self.offered[key] for key in self.cleaned_data["wanted"]]
        if other := self.cleaned_data["other"]:
            asked.append(Wanted(other, "", self.cleaned_data["other_why"]))
        return asked

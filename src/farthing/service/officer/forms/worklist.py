"""Narrowing the worklist, searching, and giving a case to somebody."""

from collections.abc import Iterable
from typing import Any

from django import forms

from farthing.service.access.models import Account
from farthing.service.assessments.models import Kind
from farthing.service.assessments.models.requests import OPEN
from farthing.service.assessments.selectors.worklist import Narrowing
from farthing.service.design.forms import ChoiceField, DateField, DesignForm, TextField

NOBODY = "nobody"


class NarrowingForm(DesignForm):
    """The filters beside the worklist; each may be left empty."""

    kind = ChoiceField([("", "Any"), *Kind.choices], label="Kind", required=False, widget=forms.Select)
    state = ChoiceField(
        [("", "Any"), *((each.value, each.label) for each in OPEN)], label="State", required=False, widget=forms.Select
    )
    officer = ChoiceField(label="Officer", required=False, widget=forms.Select)
    received_from = DateField(label="Received from", called="the first day", required=False)
    received_to = DateField(label="Received to", called="the last day", required=False)

    def __init__(self, officers: Iterable[Account], *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["officer"].offer([("", "Anybody"), *((str(each.pk), str(each)) for each in officers)])  # type: ignore[attr-defined]

    def narrowing(self) -> Narrowing:
        """What was asked for; nothing of a field that cannot be read."""
        asked = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return Narrowing(
            kind=asked.get("kind") or "",
            state=asked.get("state") or "",
            officer=int(asked["officer"]) if asked.get("officer") else None,
            received_from=asked.get("received_from"),
            received_to=asked.get("received_to"),
        )


class SearchForm(DesignForm):
    """One box for whatever is known of somebody."""

    text = TextField(
        label="Find a person",
        help_text="Name, reference, NHS number or date of birth",
        called="a name, a reference, an NHS number or a date of birth",
        max_length=200,
    )


class AssignForm(DesignForm):
    """To whom a case is given."""

    officer = ChoiceField(label="Who works on this case?", error_messages={"required": "Choose somebody, or nobody"})

    def __init__(self, officers: Iterable[Account], *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.officers = {str(each.pk): each for each in officers}
        offered = [(key, str(each)) for key, each in self.officers.items()]
        self.fields["officer"].offer([*offered, (NOBODY, "Nobody")])  # type: ignore[attr-defined]

    def chosen(self) -> Account | None:
        """The officer chosen, None for nobody."""
        return self.officers.get(self.cleaned_data["officer"])

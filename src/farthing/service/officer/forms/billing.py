"""Beginning a run, approving a bill that reaches far back, holding bills, and taking an invoice back."""

from collections.abc import Iterable
from typing import Any

from django import forms

from farthing.base.days import in_words
from farthing.service.billing.selectors import Period
from farthing.service.billing.services import MOST_INSTALMENTS
from farthing.service.design.forms import ChoiceField, DesignForm, LongTextField, WholeNumberField


class RunForm(DesignForm):
    """Which period to bill."""

    period = ChoiceField(
        label="Which four weeks?", widget=forms.Select, error_messages={"required": "Choose the four weeks to bill"}
    )

    def __init__(self, periods: Iterable[Period], *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        offered = [
            (str(each.number), f"{in_words(each.first.toordinal())} to {in_words(each.last.toordinal())}")
            for each in periods
            if each.has_ended
        ]
        self.fields["period"].offer(offered)  # type: ignore[attr-defined]

    def number(self) -> int:
        """The number of the period."""
        return int(self.cleaned_data["period"])


class ReasonForm(DesignForm):
    """Why, in words that can be read to the person."""

    reason = LongTextField(
        label="Why?",
        called="the reason",
        help_text="A sentence that can be read to the person.",
        max_length=1000,
        rows=3,
    )


class ApprovalForm(ReasonForm):
    """Approving a bill that reaches back more than eight weeks."""

    instalments = WholeNumberField(
        label="In how many parts may it be paid, one every four weeks?", called="the number of parts", min_value=1,
        max_value=MOST_INSTALMENTS, initial=1,
    )  # fmt: skip

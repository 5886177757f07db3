"""Forms about care. A field is named as what the services refuse, so that a refusal stands at its field."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from farthing.law.charge.facts import SERVICE
from farthing.ledger.care import Unit as PricedBy
from farthing.service.care import charging
from farthing.service.care.models import Service, StopReason, TakenAs, Unit
from farthing.service.care.services import MOST_MINUTES
from farthing.service.design.forms import (
    Choice,
    ChoiceField,
    DateField,
    DesignForm,
    LongTextField,
    MoneyField,
    TextField,
    UploadField,
    WholeNumberField,
    YesNoField,
)

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
OF_ALL_CARE = ""
BY_LETTER, OTHERWISE = "letter", "otherwise"


class ReasonForm(DesignForm):
    """Why, in words that can be read to the person."""

    reason = LongTextField(
        label="Why?",
        called="the reason",
        help_text="A sentence that can be read to the person.",
        max_length=1000,
        rows=3,
    )


class NeedsForm(DesignForm):
    """What a needs assessment came to."""

    is_eligible = YesNoField(
        label="Are there eligible needs?", error_messages={"required": "Select yes if there are eligible needs"}
    )
    decided_on = DateField(label="Decided on", called="the day it was decided", must_be="today or in the past")
    review_by = DateField(label="To be reviewed by", called="the day of the review")
    says = LongTextField(
        label="What is needed (optional)", called="what is needed", max_length=4000, rows=4, required=False
    )


class ServiceForm(DesignForm):
    """One service of a care and support plan. What is planned on each day is not asked for one priced by the week."""

    kind = ChoiceField(
        [(name, charging.in_words(name)) for name in SERVICE.names], label="What is it?", widget=forms.Select,
        error_messages={"required": "Select what it is"},
    )  # fmt: skip
    provider = ChoiceField(label="Who gives it? (optional)", widget=forms.Select, required=False)
    new_provider = TextField(label="Or somebody who is not on the list (optional)", max_length=150, required=False)
    unit = ChoiceField(Unit.choices, label="How is it priced?", error_messages={"required": "Select how it is priced"})
    pence = MoneyField(label="What does one cost?", called="what one costs")
    monday = WholeNumberField(label="Monday", max_value=MOST_MINUTES, required=False)
    tuesday = WholeNumberField(label="Tuesday", max_value=MOST_MINUTES, required=False)
    wednesday = WholeNumberField(label="Wednesday", max_value=MOST_MINUTES, required=False)
    thursday = WholeNumberField(label="Thursday", max_value=MOST_MINUTES, required=False)
    friday = WholeNumberField(label="Friday", max_value=MOST_MINUTES, required=False)
    saturday = WholeNumberField(label="Saturday", max_value=MOST_MINUTES, required=False)
    sunday = WholeNumberField(label="Sunday", max_value=MOST_MINUTES, required=False)
    is_by_delivery = YesNoField(
        label="Is what was delivered charged, visit by visit?",
        help_text="If not, the care is taken to be given as planned. Care priced by the week always is.",
        error_messages={"required": "Select yes if what was delivered is charged"},
    )  # fmt: skip
    taken_as = ChoiceField(TakenAs.choices, label="How is it taken?")
    starts_on = DateField(label="First day", called="the first day")
    ends_on = DateField(label="Last day (optional)", called="the last day", required=False)

    def __init__(self, providers: Iterable[str], *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["provider"].offer([("", "Not chosen yet"), *((name, name) for name in providers)])  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Something is planned, and one provider gives it."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("unit") not in (None, Unit.WEEK) and not any(cleaned.get(day) for day in DAYS):
            self.add_error("monday", "Enter what is planned on one day or more")
        if cleaned.get("provider") and cleaned.get("new_provider"):
            self.add_error("new_provider", "Choose from the list or enter a name, not both")
        return cleaned

    def planned(self) -> list[int]:
        """Minutes or units on each day, Monday first."""
        if self.cleaned_data["unit"] == Unit.WEEK:
            return [1] * len(DAYS)
        return [self.cleaned_data[day] or 0 for day in DAYS]

    def named_provider(self) -> str:
        """The name of whoever gives it; empty where nobody is chosen."""
        return self.cleaned_data["provider"] or self.cleaned_data["new_provider"]

    def priced_by(self) -> PricedBy:
        """What the service is priced by."""
        return PricedBy(self.cleaned_data["unit"])


class RateForm(DesignForm):
    """Another rate from a day on."""

    pence = MoneyField(label="What does one cost?", called="what one costs")
    since = DateField(label="From", called="the day from which it holds")


class EndForm(DesignForm):
    """The last day of a service, or none."""

    ends_on = DateField(
        label="Last day", called="the last day", required=False, help_text="Leave it empty if the service goes on."
    )


class NoticeForm(DesignForm):
    """How the person is told what a service costs."""

    how = ChoiceField(
        [
            Choice(BY_LETTER, "By a letter that goes out today", "We write it, with the cost and what they would pay."),
            Choice(OTHERWISE, "They were told in writing in another way", reveals=("on",)),
        ],
        label="How is the person told?",
        error_messages={"required": "Select how the person is told"},
    )
    on = DateField(label="On which day?", called="the day", must_be="today or in the past")


class AcknowledgedForm(DesignForm):
    """That somebody said that they had the notice."""

    who = TextField(label="Who said that they had it?", called="who said so", max_length=150)
    on = DateField(label="On which day?", called="the day", must_be="today or in the past")


class WithoutNoticeForm(ReasonForm):
    """Charging for a service from a day on though nobody was told of its cost."""

    since = DateField(label="Charge from", called="the day from which it is charged")
    field_order = ("since", "reason")


class StopForm(DesignForm):
    """Days on which care stops."""

    reason = ChoiceField(
        StopReason.choices, label="Why does the care stop?", error_messages={"required": "Select why the care stops"}
    )
    service = ChoiceField(label="Which care?", widget=forms.Select, required=False)
    first = DateField(label="First day without care", called="the first day")
    last = DateField(label="Last day without care (optional)", called="the last day", required=False)

    def __init__(self, services: Sequence[Service], *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.services = {each.reference: each for each in services}
        self.fields["service"].offer([(OF_ALL_CARE, "All of it"), *offered(services)])  # type: ignore[attr-defined]

    def of(self) -> Service | None:
        """The service that stops; None for all care."""
        return self.services.get(self.cleaned_data["service"])


class StopEndsForm(DesignForm):
    """The last day of a stop."""

    last = DateField(label="Last day without care", called="the last day")


class VisitForm(DesignForm):
    """One visit, keyed by hand."""

    service = ChoiceField(
        label="Of which service?", widget=forms.Select, error_messages={"required": "Select the service"}
    )
    day = DateField(label="On which day?", called="the day", must_be="today or in the past")
    amount = WholeNumberField(
        label="How much was delivered?", called="how much was delivered", min_value=1, max_value=MOST_MINUTES,
        help_text="Minutes of a service priced by the hour. Otherwise the number of visits, days or nights.",
    )  # fmt: skip
    outside_reference = TextField(
        label="The provider's reference of the visit", called="the provider's reference", max_length=60, width=20
    )

    def __init__(self, services: Sequence[Service], *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.services = {each.reference: each for each in services if each.unit != Unit.WEEK}
        self.fields["service"].offer(offered(list(self.services.values())))  # type: ignore[attr-defined]

    def of(self) -> Service:
        """The service it is a visit of."""
        return self.services[self.cleaned_data["service"]]


class VisitChangeForm(ReasonForm):
    """What was delivered after all."""

    amount = WholeNumberField(
        label="How much was delivered?", called="how much was delivered", min_value=1, max_value=MOST_MINUTES
    )
    field_order = ("amount", "reason")


class VisitsFileForm(DesignForm):
    """A file of visits."""

    visits = UploadField(label="File of visits", accept=".csv,.txt")
    name = TextField(
        label="What is it called? (optional)", called="what it is called", max_length=80, required=False,
        help_text="The provider and the weeks, such as \u201cInvented Care, June\u201d. Name nobody.",
    )  # fmt: skip


def offered(services: Iterable[Service]) -> list[tuple[str, str]]:
    """Services to choose from, each by its kind, unit and reference."""
    return [
        (each.reference, f"{charging.in_words(each.kind)}, {Unit(each.unit).label.lower()}, {each.reference}")
        for each in services
    ]

"""The form of each step of a direct payment."""

from typing import Any

from farthing.service.design.forms import (
    ChoiceField,
    DateField,
    DesignForm,
    LongTextField,
    MoneyField,
    TextField,
    WholeNumberField,
    YesNoField,
)
from farthing.service.direct_payments.conditions import CONDITIONS, ManagedBy
from farthing.service.direct_payments.models import DirectPaymentRequest, SinglePaymentKind
from farthing.service.direct_payments.models import ManagedBy as Managing

SURPLUS_WEEKS = 8


class AskForm(DesignForm):
    """That somebody asks for direct payments."""

    managed_by = ChoiceField(Managing.choices, label="Who will receive and manage the payments?")
    receiver = TextField(
        label="Their name, where it is not the person", called="the name", required=False, max_length=150
    )
    receiver_address = LongTextField(
        label="Their address", called="the address", required=False, rows=3, max_length=500
    )
    receiver_agreed_on = DateField(label="The day they agreed", called="the day they agreed", required=False)
    says = LongTextField(label="What was said", called="what was said", required=False, max_length=2000)


class DecideForm(DesignForm):
    """Whether each of the law's conditions is met."""

    def __init__(self, request: DirectPaymentRequest, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.conditions = CONDITIONS[ManagedBy(request.managed_by)]
        for each in self.conditions:
            self.fields[each.key] = YesNoField(label=each.says, help_text=each.law)
        self.fields["says"] = LongTextField(
            label="Anything to add", called="what is added", required=False, max_length=2000
        )

    def answers(self) -> dict[str, bool]:
        """Whether each condition is met, by its key."""
        return {each.key: self.cleaned_data[each.key] is True for each in self.conditions}


class AccountForm(DesignForm):
    """The account that is kept for the direct payment alone."""

    name = TextField(label="Name on the account", called="the name on the account", max_length=150)
    sort_code = TextField(label="Sort code", called="the sort code", max_length=20, width=10)
    account_number = TextField(label="Account number", called="the account number", max_length=20, width=10)
    roll_number = TextField(
        label="Roll number, if a building society gives one", called="the roll number", required=False, max_length=18
    )


class CheckForm(DesignForm):
    """What somebody else saw that shows whose account it is."""

    seen = TextField(label="What have you seen that shows it?", called="what you have seen", max_length=100)


class OfferForm(DesignForm):
    """An agreement to be signed."""

    starts_on = DateField(label="From which day?", called="the first day")
    spent_on = LongTextField(
        label="What may it be spent on?", called="what it may be spent on", help_text="A line for each, as the plan has it.",
        max_length=2000,
    )  # fmt: skip
    surplus_weeks = WholeNumberField(
        label="How many weeks of it may stay in the account?", called="the weeks that may stay", min_value=1, max_value=52,
        initial=SURPLUS_WEEKS,
    )  # fmt: skip


class SignForm(DesignForm):
    """That the agreement was signed."""

    signed_on = DateField(label="On which day was it signed?", called="the day of signing")
    evidence = TextField(label="Where is the signed copy?", called="where the signed copy is", max_length=100)


class StepForm(DesignForm):
    """From which day on it is paused, goes on, or has ended, and why."""

    day = DateField(label="From which day?", called="the day")
    reason = LongTextField(label="Why?", called="the reason", max_length=1000, rows=3)


class OnceForm(DesignForm):
    """A payment to start with, or for one purpose."""

    kind = ChoiceField(SinglePaymentKind.choices, label="What for?")
    amount = MoneyField(label="How much?", called="the amount", min_value=1)
    reason = LongTextField(label="Why?", called="the reason", max_length=1000, rows=3)


class ReturnForm(DesignForm):
    """What the account did over some days."""

    first = DateField(label="First day", called="the first day")
    last = DateField(label="Last day", called="the last day")
    opening = MoneyField(label="Balance before", called="the balance before")
    paid_in = MoneyField(label="Paid in", called="what was paid in")
    paid_out = MoneyField(label="Paid out", called="what was paid out")
    closing = MoneyField(label="Balance after", called="the balance after")
    evidence = TextField(label="Where are the statements?", called="where the statements are", max_length=100)


class NotAllowedForm(DesignForm):
    """Spending in the newest return that the plan does not allow."""

    amount = MoneyField(label="How much?", called="the amount", min_value=1)
    reason = LongTextField(label="Why does the plan not allow it?", called="the reason", max_length=1000, rows=3)


class ReclaimForm(DesignForm):
    """A surplus that is paid back, as agreed."""

    amount = MoneyField(label="How much is paid back?", called="the amount", min_value=1)
    agreed_with = TextField(label="Who agreed to pay it back?", called="who agreed", max_length=150)
    agreed_on = DateField(label="On which day?", called="the day it was agreed")


class ReviewForm(DesignForm):
    """That the direct payment was reviewed."""

    held_on = DateField(label="On which day?", called="the day of the review")
    is_appropriate = YesNoField(label="Are direct payments still an appropriate way to meet the needs?")
    says = LongTextField(label="What was found", called="what was found", max_length=2000)

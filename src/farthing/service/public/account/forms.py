"""The forms of an account."""

from typing import Any

from django import forms

from farthing.service.assessments.services.handing_in import SHORTEST_REASON
from farthing.service.assessments.services.messages import LONGEST
from farthing.service.design.forms import Choice, ChoiceField, DateField, DesignForm, LongTextField, TextField
from farthing.service.direct_payments.conditions import ManagedBy
from farthing.service.people.models import Person
from farthing.service.public.application.forms import ContactForm


class MessageForm(DesignForm):
    """A message to the council."""

    text = LongTextField(label="Write to us", called="your message", max_length=LONGEST, rows=6)


class ReviewForm(DesignForm):
    """Why a decision should be looked at again."""

    says = LongTextField(
        label="What do you think is wrong?",
        help_text="Say which part, and why. For example: “One of the accounts you counted belongs to my son.”",
        called="what you think is wrong",
        min_length=SHORTEST_REASON,
        max_length=LONGEST,
        rows=8,
        error_messages={"min_length": "Say in a sentence or two what you think is wrong"},
    )


class DirectPaymentForm(DesignForm):
    """Who would receive and look after a direct payment, and what it is for.

    Whether somebody else need be named depends on who that is, and is judged where the request is made.
    """

    managed_by = ChoiceField(
        [
            Choice(ManagedBy.PERSON, "The person whose care it is"),
            Choice(ManagedBy.NOMINEE, "Somebody they choose, who has agreed to it"),
            Choice(ManagedBy.AUTHORISED, "Somebody else, because they cannot decide it themselves"),
        ],
        label="Who would look after the money?",
        error_messages={"required": "Select who would look after the money"},
    )
    receiver = TextField(
        label="If it is somebody else, their full name", called="their full name", max_length=200, required=False
    )
    receiver_address = LongTextField(
        label="Their address", called="their address", max_length=300, rows=3, required=False
    )
    receiver_agreed_on = DateField(
        label="The day on which they agreed in writing",
        called="the day they agreed",
        must_be="today or in the past",
        required=False,
    )
    says = LongTextField(
        label="What would you use it for?",
        help_text="You can leave this empty. We talk it through with you.",
        max_length=LONGEST,
        rows=4,
        required=False,
    )


class DetailsForm(ContactForm):
    """Contact details of somebody the council knows; ``version`` is that of the details the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, person: Person, *arguments: Any, **options: Any):
        super().__init__(person, *arguments, **options)
        self.fields["version"].initial = person.version

    def details(self) -> dict[str, Any]:
        """What was told, as details of a person."""
        return {name: value for name, value in super().details().items() if name != "version"}

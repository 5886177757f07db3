"""The forms of an account."""

from typing import Any

from django import forms

from farthing.service.assessments.services.handing_in import SHORTEST_REASON
from farthing.service.assessments.services.messages import LONGEST
from farthing.service.design.forms import DesignForm, LongTextField
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


class DetailsForm(ContactForm):
    """Contact details of somebody the council knows; ``version`` is that of the details the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, person: Person, *arguments: Any, **options: Any):
        super().__init__(person, *arguments, **options)
        self.fields["version"].initial = person.version

    def details(self) -> dict[str, Any]:
        """What was told, as details of a person."""
        return {name: value for name, value in super().details().items() if name != "version"}

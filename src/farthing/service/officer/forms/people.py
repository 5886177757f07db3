"""A person's details, their death, and a request made for them."""

from typing import Any

from farthing.service.assessments.models import How, Kind
from farthing.service.design.forms import (
    Choice,
    ChoiceField,
    DateField,
    DesignForm,
    EmailField,
    LongTextField,
    NHSNumberField,
    PostcodeField,
    TelephoneField,
    TextField,
    TickField,
)
from farthing.service.people.models import Channel, LetterForm


class DetailsForm(DesignForm):
    """Who somebody is, where they live, and how they want their letters."""

    given_name = TextField(label="Given names", called="their given names", max_length=100, width=20)
    family_name = TextField(label="Family name", called="their family name", max_length=100, width=20)
    born = DateField(
        label="Date of birth", called="their date of birth", must_be="in the past", birth=False, required=False
    )
    nhs_number = NHSNumberField(label="NHS number", called="their NHS number", required=False)
    address = LongTextField(
        label="Address, without the postcode", rows=3, max_length=300, called="their address", required=False
    )
    postcode = PostcodeField(label="Postcode", required=False)
    email = EmailField(label="Email address", required=False)
    telephone = TelephoneField(label="Telephone number", required=False)
    letters_as = ChoiceField(LetterForm.choices, label="How are their letters printed?")
    letters_by = ChoiceField(Channel.choices, label="How are their letters sent?")

    def clean(self) -> dict[str, Any]:
        """Letters by e-mail need an address to go to."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("letters_by") == Channel.EMAIL and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", "Enter an email address, or send letters by post")
        return cleaned

    def details(self) -> dict[str, Any]:
        """What was filled in, as a person's details are kept: a field left empty is empty text, but for a day."""
        return {name: value if name == "born" else value or "" for name, value in self.cleaned_data.items()}


class DeathForm(DesignForm):
    """That somebody has died."""

    died_on = DateField(label="Date of death", called="the date of death", must_be="today or in the past")
    is_sure = TickField(
        label="I have seen a notification of this death, and it is about this person",
        error_messages={"required": "Tick the box once you have checked that it is this person"},
    )


class NewRequestForm(DesignForm):
    """A request that reached the council in another way than online."""

    kind = ChoiceField(
        [(Kind.APPLICATION.value, Kind.APPLICATION.label), (Kind.CHANGE.value, Kind.CHANGE.label)],
        label="What is it?",
    )
    how = ChoiceField(
        [Choice(each.value, str(each.label)) for each in (How.TELEPHONE, How.VISIT, How.POST)],
        label="How did it reach us?",
    )
    says = LongTextField(label="What was said", max_length=4000, called="what was said", required=False)

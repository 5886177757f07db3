"""The forms of an application."""

from collections.abc import Iterable
from typing import Any

from django import forms

from farthing.letters.notify import address_problems
from farthing.service.assessments.selectors.evidence import Wanted
from farthing.service.design.forms import (
    Choice,
    ChoiceField,
    DateField,
    DesignForm,
    Divider,
    EmailField,
    LongTextField,
    NHSNumberField,
    PostcodeField,
    TelephoneField,
    TextField,
    TickField,
    UploadField,
)
from farthing.service.people.models import Authority, Channel, LetterForm, Person, Representation

ME, ANOTHER = "me", "another"
SOMETHING_ELSE = "Something else"
LONGEST_ADDRESS_LINE = 60


class ManyFiles(forms.FileInput):
    """An input for several files at once."""

    allow_multiple_selected = True


class FilesField(UploadField):
    """Several files, given as a list. One that is empty is refused with the others kept."""

    widget: Any = ManyFiles(attrs={"multiple": "multiple"})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        if not data:
            super().clean(None)
        return [super(FilesField, self).clean(each) for each in data or ()]


class WhoForm(DesignForm):
    """Whom an application is for: oneself, somebody else, or somebody the account acts for already."""

    who = ChoiceField(
        label="Who is the application for?", error_messages={"required": "Select who the application is for"}
    )

    def __init__(self, acts_for: Iterable[Representation], *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        known = list(acts_for)
        myself = [] if any(each.authority == Authority.SELF for each in known) else [Choice(ME, "Me")]
        others = [Choice(each.person.reference, each.person.full_name) for each in known]
        between = [Divider()] if known else []
        field = self.fields["who"]
        assert isinstance(field, ChoiceField)
        field.offer([*others, *between, *myself, Choice(ANOTHER, "Somebody else", hint="You act for them")])


class MeForm(DesignForm):
    """The name of somebody who applies for themselves."""

    given_name = TextField(
        label="First names",
        called="your first names",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "spellcheck": "false"}),
    )
    family_name = TextField(
        label="Last name",
        called="your last name",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "family-name", "spellcheck": "false"}),
    )

    @property
    def called(self) -> str:
        """The name of whoever applies."""
        return f"{self.cleaned_data['given_name']} {self.cleaned_data['family_name']}"


class AnotherForm(DesignForm):
    """Whom somebody acts for, and by what right."""

    given_name = TextField(label="Their first names", called="their first names", max_length=100)
    family_name = TextField(label="Their last name", called="their last name", max_length=100)
    authority = ChoiceField(
        [
            Choice(
                Authority.POWER_OF_ATTORNEY,
                "I have power of attorney",
                hint="A lasting or enduring power of attorney for property and money",
            ),
            Choice(Authority.DEPUTY, "I am their deputy", hint="The Court of Protection appointed me"),
            Choice(Authority.APPOINTEE, "I am their appointee", hint="I look after their benefits"),
            Choice(Authority.NOMINEE, "They asked me to", hint="They can decide for themselves, and chose me"),
        ],
        label="What gives you the right to act for them?",
        error_messages={"required": "Select what gives you the right to act for them"},
    )
    relationship = TextField(
        label="What are you to them?",
        help_text="For example daughter, friend or solicitor",
        called="what you are to them",
        max_length=100,
    )
    your_name = TextField(
        label="Your own full name",
        called="your own full name",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )

    @property
    def called(self) -> str:
        """The name of whoever applies."""
        return str(self.cleaned_data["your_name"])


class PersonForm(DesignForm):
    """Who the person is. ``is_me`` lets a browser fill in its own user's name and date of birth."""

    given_name = TextField(label="First names", called="the first names", max_length=100)
    family_name = TextField(label="Last name", called="the last name", max_length=100)
    born = DateField(
        label="Date of birth", called="the date of birth", must_be="in the past", help_text="For example, 27 3 1941"
    )
    nhs_number = NHSNumberField(
        label="NHS number (optional)",
        help_text="10 numbers, like 943 476 5870. You find it on a letter from the NHS or a doctor.",
        required=False,
    )

    def __init__(self, *arguments: Any, is_me: bool, **options: Any):
        super().__init__(*arguments, **options)
        if is_me:
            self.fields["given_name"].widget.attrs["autocomplete"] = "given-name"
            self.fields["family_name"].widget.attrs["autocomplete"] = "family-name"
            self.fields["born"].birth = True  # type: ignore[attr-defined]


class ContactForm(DesignForm):
    """Where the person lives, how to reach whoever deals with their letters, and how they want these."""

    address = LongTextField(
        label="Address", called="the address", rows=4, help_text="Up to 5 lines, without the postcode"
    )
    postcode = PostcodeField(label="Postcode", called="the postcode")
    telephone = TelephoneField(label="Telephone number (optional)", required=False)
    letters_by = ChoiceField(
        [
            Choice(Channel.POST, "By post"),
            Choice(
                Channel.EMAIL,
                "In this account",
                hint="We send an email that says a letter has come. The letter itself stays here.",
                reveals=("email",),
            ),
        ],
        label="How should letters come?",
        error_messages={"required": "Select how letters should come"},
    )
    email = EmailField(label="Email address for letters", called="an email address for letters")
    letters_as = ChoiceField(
        [
            Choice(LetterForm.STANDARD, "Standard print"),
            Choice(LetterForm.LARGE_PRINT, "Large print"),
            Choice(LetterForm.EASY_READ, "Easy read", hint="Short sentences and pictures"),
        ],
        label="How should letters be made?",
        error_messages={"required": "Select how letters should be made"},
    )

    def __init__(self, person: Person, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.person = person

    def clean_address(self) -> str:
        """The address line by line, as an envelope can carry it."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["address"].splitlines() if line.strip()]
        if any(len(line) > LONGEST_ADDRESS_LINE for line in lines):
            raise forms.ValidationError(f"Each line of the address must be {LONGEST_ADDRESS_LINE} characters or less")
        problems = address_problems([self.person.full_name, *lines, "ZZ99 1AA"])
        if any(each.field == "address" for each in problems):
            raise forms.ValidationError("The address must have 1 to 5 lines, without the postcode")
        if any(each.field != "address[0]" for each in problems):
            raise forms.ValidationError("Each line of the address must start with a letter or a number")
        return "\n".join(lines)

    def details(self) -> dict[str, Any]:
        """What was told, as details of a person; an address for e-mail that was not asked for is left as it is."""
        return {name: value for name, value in self.cleaned_data.items() if value is not None}


class DeclineForm(DesignForm):
    """The tick under the consequence of not giving details."""

    understood = TickField(
        label="I understand that the full cost of care will be charged",
        error_messages={"required": "Tick the box if you do not want to give details"},
    )


class SaysForm(DesignForm):
    """What has changed, in the person's own words."""

    says = LongTextField(
        label="What has changed, and when?",
        help_text="For example: “The pension went up on 6 April 2026”, or “A savings account was closed in May”.",
        called="what has changed",
        max_length=2000,
    )


class DeclarationForm(DesignForm):
    """The declaration. ``words`` is what is declared."""

    declared = TickField(error_messages={"required": "Tick the box to declare that your answers are right"})

    def __init__(self, words: str, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["declared"].label = words


class EvidenceForm(DesignForm):
    """Files, and what they show. ``wanted`` is what the council asks for."""

    proves = ChoiceField(label="What do these files show?", error_messages={"required": "Select what these files show"})
    papers = FilesField(
        label="Files",
        accept="application/pdf,image/jpeg,image/png,image/heic",
        error_messages={"required": "Select a file, or take a photo"},
    )

    def __init__(self, wanted: Iterable[Wanted], *arguments: Any, left_out: Iterable[str] = (), **options: Any):
        super().__init__(*arguments, **options)
        proves, papers = self.fields["proves"], self.fields["papers"]
        assert isinstance(proves, ChoiceField)
        proves.offer(
            [
                *(Choice(each.words, each.about, hint=each.shows) for each in wanted),
                Choice(SOMETHING_ELSE, SOMETHING_ELSE),
            ]
        )
        self.left_out = list(left_out)
        papers.required = not self.left_out

    def error_summary(self) -> list[dict[str, str]]:
        """What is wrong, with a line for each file that was not taken."""
        more = [{"text": str(error), "href": "#papers"} for error in self.errors.get("papers", [])[1:]]
        return [*super().error_summary(), *more]

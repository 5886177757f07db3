"""The forms of the directory's public pages."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from farthing.service.design.forms import (
    Choice,
    ChoiceField,
    ChoicesField,
    DesignForm,
    EmailField,
    LongTextField,
    MoneyField,
    TextField,
    TickField,
    WholeNumberField,
)
from farthing.service.directory.entry import MOST_PENCE, Entry, Per
from farthing.service.directory.in_words import DAYS, price_in_words, time_in_words
from farthing.service.directory.languages import LANGUAGES
from farthing.service.directory.models import ConcernKind
from farthing.service.directory.places import Place
from farthing.service.directory.search import Wanted
from farthing.service.directory.services import concerns, enquiries
from farthing.service.directory.terms import Term, kinds_of_help, people_helped

METRES_IN_1000_MILES = 1_609_344
WITHIN = (1, 2, 5, 10, 20, 50)
"""Miles."""

FIRST_HOUR, LAST_HOUR = 6, 23
MOST_A_WEEK = 168
DIRECT_PAYMENTS, SELF_FUNDERS = "direct_payments", "self_funders"


def _terms(terms: dict[str, Term]) -> list[Choice]:
    return [Choice(each.key, each.name) for each in terms.values()]


def _times() -> list[tuple[str, str]]:
    return [
        ("", "Any time"),
        *((str(hour * 60), time_in_words(hour * 60)) for hour in range(FIRST_HOUR, LAST_HOUR + 1)),
    ]


class FindForm(DesignForm):
    """What somebody looks for. Nothing in it must be answered."""

    where = TextField(
        label="Where is help wanted?",
        help_text="A postcode, or a town or village",
        called="where help is wanted",
        max_length=100,
        width=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "spellcheck": "false"}),
    )
    words = TextField(
        label="Words to look for",
        help_text="For example: dementia, piano, dog walking",
        called="the words to look for",
        max_length=100,
        required=False,
    )
    help = ChoicesField(_terms(kinds_of_help()), label="What help is wanted?", required=False)
    within = ChoiceField(
        [("", "As far as they travel"), *((str(each), f"{each} mile{'s' if each > 1 else ''}") for each in WITHIN)],
        label="How far away?",
        required=False,
        widget=forms.Select,
    )
    who = ChoicesField(_terms(people_helped()), label="Who is it for?", required=False)
    age = WholeNumberField(label="Their age", called="their age", max_value=120, width=3, required=False)
    days = ChoicesField([(str(number), day) for number, day in enumerate(DAYS)], label="On which days?", required=False)
    opens = ChoiceField(_times(), label="From", required=False, widget=forms.Select)
    closes = ChoiceField(_times(), label="Until", required=False, widget=forms.Select)
    most = MoneyField(
        label="The most to pay for an hour", called="the most to pay", max_value=MOST_PENCE, width=5, required=False
    )
    pays = ChoicesField(
        [Choice(DIRECT_PAYMENTS, "Takes direct payments"), Choice(SELF_FUNDERS, "Welcomes people who pay themselves")],
        label="How is it paid?",
        required=False,
    )
    language = ChoiceField(
        [("", "Any language"), *LANGUAGES.items()], label="Language spoken", required=False, widget=forms.Select
    )
    drives = TickField(label="Can drive you", required=False)
    space = TickField(label="Has space now", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse times that end before they begin."""
        told: dict[str, Any] = super().clean() or {}
        opens, closes = told.get("opens"), told.get("closes")
        if opens and closes and int(closes) <= int(opens):
            self.add_error("closes", "The time help ends must be after the time it begins")
        return told

    def wanted(self, near: Place | None) -> Wanted:
        """What is looked for, near a place or anywhere."""
        told = self.cleaned_data
        return Wanted(
            words=told["words"],
            near=near,
            within=int(told["within"]) * METRES_IN_1000_MILES // 1000 if told["within"] else None,
            terms=frozenset([*told["help"], *told["who"]]),
            languages=frozenset([told["language"]] if told["language"] else []),
            days=frozenset(int(each) for each in told["days"]),
            opens=int(told["opens"]) if told["opens"] else None,
            closes=int(told["closes"]) if told["closes"] else None,
            most_pence=told["most"],
            age=told["age"],
            takes_direct_payments=DIRECT_PAYMENTS in told["pays"],
            welcomes_self_funders=SELF_FUNDERS in told["pays"],
            drives=told["drives"],
            has_space=told["space"],
        )


class Snared(DesignForm):
    """A form that anybody may send: programs fill in a box that no person sees, and are told to leave it empty."""

    leave_empty = TextField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse whatever filled in the box that no person sees."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("leave_empty"):
            raise ValidationError("We could not take this. Leave the box “Leave this empty” empty, and send it again.")
        return told


class AskForm(Snared):
    """A question to an enterprise."""

    name = TextField(label="Your name", called="your name", max_length=100, width=20)
    email = EmailField(
        label="Your email address",
        help_text="We send the answer here. We do not show it to them.",
        called="your email address",
        max_length=254,
    )
    says = LongTextField(
        label="Your message",
        help_text="Say what help is wanted, on which days, and roughly where. Give no full address, and nothing about "
        "health or money that they need not know yet.",
        called="your message",
        max_length=enquiries.LONGEST,
        rows=8,
    )


class ReplyForm(DesignForm):
    """One more message to an enterprise."""

    says = LongTextField(label="Write to them", called="your message", max_length=enquiries.LONGEST, rows=5)


class ConcernForm(Snared):
    """What somebody is worried about. Name and address need not be given."""

    kind = ChoiceField(
        ConcernKind.choices,
        label="What is it about?",
        error_messages={"required": "Select what it is about"},
    )
    says = LongTextField(label="What happened?", called="what happened", max_length=concerns.LONGEST, rows=8)
    name = TextField(label="Your name, if you want to give it", required=False, max_length=100, width=20)
    email = EmailField(
        label="Your email address, if we may ask you more",
        help_text="We do not tell them who you are.",
        required=False,
        max_length=254,
    )


_NUMBER = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?", re.ASCII)


class AmountForm(DesignForm):
    """How much of one kind of help is wanted a week. ``hundredths`` gives the number in hundredths: 250 for two and a half."""

    offer = ChoiceField(label="Which help?", error_messages={"required": "Select which help"})
    number = TextField(
        label="How many a week?",
        help_text="Hours, visits, days or nights, as the price is for. For example 6, or 2.5",
        called="how many a week",
        max_length=6,
        width=4,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    def __init__(self, entry: Entry, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        known = kinds_of_help()
        priced = [
            each for each in entry.offers if each.pence is not None and each.per is not Per.MILE and each.kind in known
        ]
        self.offers = {each.kind: each for each in priced}
        field = self.fields["offer"]
        assert isinstance(field, ChoiceField)
        field.offer([Choice(each.kind, known[each.kind].name, price_in_words(each)) for each in priced])

    def clean_number(self) -> int:
        """The number a week, in hundredths."""
        found = _NUMBER.fullmatch(self.cleaned_data["number"])
        if found is None:
            raise ValidationError("How many a week must be a number, like 6 or 2.5")
        hundredths = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
        if not 0 < hundredths <= MOST_A_WEEK * 100:
            raise ValidationError(f"How many a week must be more than nought, and {MOST_A_WEEK} or less")
        return hundredths

    def weekly_pence(self) -> int:
        """What that comes to a week in pence, at the highest price where there are two; half a penny is a penny."""
        offer = self.offers[self.cleaned_data["offer"]]
        pence = offer.pence_to if offer.pence_to is not None else offer.pence or 0
        return (pence * int(self.cleaned_data["number"]) + 50) // 100

    def in_words(self) -> str:
        """What was chosen, to be shown again: "Companionship, 2.5 hours a week at £18.00 an hour"."""
        offer = self.offers[self.cleaned_data["offer"]]
        whole, rest = divmod(int(self.cleaned_data["number"]), 100)
        number = f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
        many = offer.per if number == "1" else f"{offer.per}s"
        return f"{kinds_of_help()[offer.kind].name}, {number} {many} a week at {price_in_words(offer)}"

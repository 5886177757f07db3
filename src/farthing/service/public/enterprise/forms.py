"""The forms of an entry, one for each part of it: how it begins from an entry, and the entry it makes of what was typed."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django import forms

from farthing.service.design.forms import (
    Choice,
    ChoiceField,
    ChoicesField,
    DesignForm,
    EmailField,
    LongTextField,
    MoneyField,
    PostcodeField,
    TelephoneField,
    TextField,
    TickField,
    WholeNumberField,
    YesNoField,
)
from farthing.service.directory.entry import (
    FARTHEST,
    MOST_LETTERS,
    MOST_PENCE,
    MOST_WORKERS,
    Entry,
    Form,
    Hours,
    Offer,
    Per,
)
from farthing.service.directory.in_words import DAYS, FORMS, METRES_A_MILE, PER, miles_of
from farthing.service.directory.languages import LANGUAGES
from farthing.service.directory.services.enquiries import LONGEST
from farthing.service.directory.terms import Term, kinds_of_help, people_helped
from farthing.service.public.application.forms import FilesField
from farthing.service.public.enterprise.times import TimesField

OLDEST = 120
MOST_WORDS = 300
"""Letters of what is added to a price."""


class PartForm(DesignForm):
    """The form of one part of an entry. ``version`` is that of the enterprise the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def begun(cls, entry: Entry) -> dict[str, Any]:
        """What stands in the form, of an entry."""
        return {name: getattr(entry, name) for name in cls.base_fields if name != "version"}

    def changed(self, entry: Entry) -> Entry:
        """The entry with what was typed."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return replace(entry, **typed)


class AboutForm(PartForm):
    """Who the enterprise is."""

    name = TextField(label="Name people will know you by", called="the name people will know you by", max_length=200)
    form = ChoiceField(
        [Choice(each, words) for each, words in FORMS.items()],
        label="What kind of business is it?",
        error_messages={"required": "Select what kind of business it is"},
    )
    workers = WholeNumberField(
        label="How many full-time workers or volunteers?",
        called="the number of full-time workers or volunteers",
        help_text=f"Two people who each work half a week count as one. A care micro-enterprise has {MOST_WORKERS} at most.",
        min_value=1,
        max_value=MOST_WORKERS,
        width=2,
    )
    about = LongTextField(
        label="Who are you, and how do you help?",
        called="who you are and how you help",
        help_text="In your own words. Do not name anybody you help, and do not give your own address.",
        max_length=MOST_LETTERS,
        rows=8,
    )

    def clean_form(self) -> Form:
        """The kind of business."""
        return Form(self.cleaned_data["form"])


class WhereForm(PartForm):
    """Where the enterprise is, and how far it goes."""

    postcode = PostcodeField(
        label="Your postcode",
        help_text="Nobody is shown it. We show the nearest town or village, and how far you are in miles.",
    )
    travels = WholeNumberField(
        label="How many miles do you go?",
        called="how many miles you go",
        help_text="0 if people come to you.",
        max_value=FARTHEST // METRES_A_MILE,
        width=2,
    )
    drives = YesNoField(
        label="Can you drive people in a vehicle that is insured for it?",
        error_messages={"required": "Select yes if you can drive people"},
    )

    @classmethod
    def begun(cls, entry: Entry) -> dict[str, Any]:
        return {**super().begun(entry), "travels": None if entry.travels is None else miles_of(entry.travels)}

    def changed(self, entry: Entry) -> Entry:
        miles = self.cleaned_data["travels"]
        same = entry.travels is not None and miles == miles_of(entry.travels)
        return replace(super().changed(entry), travels=entry.travels if same else miles * METRES_A_MILE)


class HelpForm(PartForm):
    """Which kinds of help are given. What was said of the price of one stays with it."""

    offers = ChoicesField(
        label="What help do you give?", error_messages={"required": "Select at least one kind of help"}
    )

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["offers"].offer([_choice(each) for each in kinds_of_help().values()])  # type: ignore[attr-defined]

    @classmethod
    def begun(cls, entry: Entry) -> dict[str, Any]:
        return {"offers": [each.kind for each in entry.offers]}

    def changed(self, entry: Entry) -> Entry:
        priced = {each.kind: each for each in entry.offers}
        kinds = _in_the_order_of(priced, self.cleaned_data["offers"])
        return replace(entry, offers=tuple(priced.get(kind) or Offer(kind) for kind in kinds))


class PricesForm(PartForm):
    """The price of each kind of help that is given."""

    def __init__(self, entry: Entry, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.kinds = [kinds_of_help()[each.kind] for each in entry.offers if each.kind in kinds_of_help()]
        for kind in self.kinds:
            self.fields |= _fields_of_price(kind)

    @classmethod
    def begun(cls, entry: Entry) -> dict[str, Any]:
        said = ("pence", "pence_to", "per", "says")
        return {f"{each.kind}_{name}": getattr(each, name) for each in entry.offers for name in said}

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each kind of help, under its name."""
        said = ("pence", "pence_to", "per", "says")
        return [(kind.name, [self[f"{kind.key}_{name}"] for name in said]) for kind in self.kinds]

    def clean(self) -> dict[str, Any]:
        """Refuse a highest price below the lowest, or without one."""
        for kind in self.kinds:
            lowest, highest = (self.cleaned_data.get(f"{kind.key}_{name}") for name in ("pence", "pence_to"))
            if highest is not None and lowest is None and f"{kind.key}_pence" not in self.errors:
                self.add_error(f"{kind.key}_pence", f"Enter the lowest price of {_small(kind.name)} too")
            elif highest is not None and lowest is not None and highest < lowest:
                self.add_error(
                    f"{kind.key}_pence_to", f"The highest price of {_small(kind.name)} must be above its lowest"
                )
        return self.cleaned_data

    def changed(self, entry: Entry) -> Entry:
        return replace(entry, offers=tuple(self._priced(each) for each in entry.offers))

    def _priced(self, offer: Offer) -> Offer:
        if f"{offer.kind}_pence" not in self.fields:
            return offer
        typed = {name: self.cleaned_data[f"{offer.kind}_{name}"] for name in ("pence", "pence_to", "per", "says")}
        return Offer(offer.kind, **{**typed, "per": Per(typed["per"])})


class WhenForm(PartForm):
    """The times of each day of the week."""

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        for number, day in enumerate(DAYS):
            self.fields[f"day_{number}"] = TimesField(label=day, called=f"the times of {day}")

    @classmethod
    def begun(cls, entry: Entry) -> dict[str, Any]:
        return {
            f"day_{day}": [(each.opens, each.closes) for each in entry.hours if each.day == day] for day in range(7)
        }

    def changed(self, entry: Entry) -> Entry:
        hours = [Hours(day, *span) for day in range(7) for span in self.cleaned_data[f"day_{day}"]]
        return replace(entry, hours=tuple(hours))


class WhoForm(PartForm):
    """Who is helped, and in which languages."""

    helps = ChoicesField(label="Whom do you help?", help_text="Select all you have experience with.", required=False)
    minimum_age = WholeNumberField(
        label="Youngest age (leave empty for no limit)", called="the youngest age", required=False, max_value=OLDEST, width=3,
    )  # fmt: skip
    maximum_age = WholeNumberField(
        label="Oldest age (leave empty for no limit)", called="the oldest age", required=False, max_value=OLDEST, width=3,
    )  # fmt: skip
    languages = ChoicesField(
        list(LANGUAGES.items()),
        label="Which languages do you speak with people?",
        error_messages={"required": "Select at least one language"},
    )

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["helps"].offer([_choice(each) for each in people_helped().values()])  # type: ignore[attr-defined]

    def changed(self, entry: Entry) -> Entry:
        helps = _in_the_order_of(entry.helps, self.cleaned_data["helps"])
        languages = _in_the_order_of(entry.languages, self.cleaned_data["languages"])
        ages = self.cleaned_data["minimum_age"], self.cleaned_data["maximum_age"]
        return replace(super().changed(entry), helps=helps, languages=languages, any_age=ages == (None, None))

    def clean(self) -> dict[str, Any]:
        """Refuse an oldest age below the youngest."""
        youngest, oldest = self.cleaned_data.get("minimum_age"), self.cleaned_data.get("maximum_age")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("maximum_age", "The oldest age must be the youngest age or more")
        return self.cleaned_data


class ReachForm(PartForm):
    """How the enterprise is reached, and how people pay."""

    email = EmailField(
        label="Email address",
        help_text="Nobody is shown it. We write to it ourselves, and pass on what people ask you.",
    )
    phone = TelephoneField(label="Telephone number (optional)", required=False)
    shows_phone = YesNoField(
        label="May people see your telephone number?",
        error_messages={"required": "Select yes if people may see your telephone number"},
    )
    website = TextField(
        label="Website (optional)", called="the website", help_text="Such as https://www.example.org",
        required=False, max_length=300,
        widget=forms.TextInput(attrs={"type": "url", "autocomplete": "url", "spellcheck": "false"}),
    )  # fmt: skip
    takes_direct_payments = YesNoField(
        label="Can people pay you with a direct payment from the council?",
        error_messages={"required": "Select yes if people can pay you with a direct payment"},
    )
    welcomes_self_funders = YesNoField(
        label="Can people who pay for their own care come to you?",
        error_messages={"required": "Select yes if people who pay for their own care can come to you"},
    )

    def clean_website(self) -> str:
        """An address of a page; what is typed without https:// is given it."""
        typed: str = self.cleaned_data["website"].strip()
        if typed and "://" not in typed:
            typed = f"https://{typed}"
        try:
            found = urlsplit(typed)
            fits = not typed or (found.scheme in ("http", "https") and "." in (found.hostname or ""))
        except ValueError:
            fits = False
        if not fits or " " in typed:
            raise forms.ValidationError("Enter the address of a website, like https://www.example.org")
        return typed

    def clean(self) -> dict[str, Any]:
        """Refuse to show a number that is not given."""
        if self.cleaned_data.get("shows_phone") and not self.cleaned_data.get("phone") and "phone" not in self.errors:
            self.add_error("phone", "Enter the telephone number that people may see")
        return self.cleaned_data


class BeginForm(DesignForm):
    """What an entry cannot begin without. The rest is asked afterwards, part by part."""

    name = AboutForm.base_fields["name"]
    form = AboutForm.base_fields["form"]
    postcode = WhereForm.base_fields["postcode"]
    offers = HelpForm.base_fields["offers"]
    about = AboutForm.base_fields["about"]

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **options)
        self.fields["offers"].offer([_choice(each) for each in kinds_of_help().values()])  # type: ignore[attr-defined]

    def entry(self, email: str) -> Entry:
        """The first entry. ``email`` is that of the account."""
        typed = self.cleaned_data
        return Entry(
            name=typed["name"],
            form=Form(typed["form"]),
            about=typed["about"],
            email=email,
            postcode=typed["postcode"],
            offers=tuple(Offer(kind) for kind in typed["offers"]),
        )


class ProofForm(DesignForm):
    """Files that prove one thing."""

    papers = FilesField(
        label="Files",
        accept="application/pdf,image/jpeg,image/png,image/heic",
        error_messages={"required": "Select a file, or take a photo"},
    )

    def __init__(self, *arguments: Any, left_out: list[str] | None = None, **options: Any):
        super().__init__(*arguments, **options)
        self.left_out = left_out or []
        self.fields["papers"].required = not self.left_out

    def error_summary(self) -> list[dict[str, str]]:
        """What is wrong, with a line for each file that was not taken."""
        more = [{"text": str(error), "href": "#papers"} for error in self.errors.get("papers", [])[1:]]
        return [*super().error_summary(), *more]


class HandInForm(DesignForm):
    """The declaration under an entry that is handed in."""

    declared = TickField(
        label="What I say here is right, and I will change it when it no longer is",
        error_messages={"required": "Tick the box if what you say is right"},
    )


class ReplyForm(DesignForm):
    """An answer to somebody who asked."""

    says = LongTextField(
        label="Your answer",
        called="your answer",
        help_text="We pass it on. Neither of you sees an email address, unless you write yours here.",
        max_length=LONGEST,
        rows=6,
    )


class WithdrawForm(DesignForm):
    """Why an enterprise is taken out of the directory."""

    reason = LongTextField(label="Why are you leaving?", called="why you are leaving", max_length=1000, rows=3)


def _in_the_order_of(before: Iterable[str], chosen: Iterable[str]) -> tuple[str, ...]:
    """What was chosen, what was there before first and in its own order: to choose the same again changes nothing."""
    return tuple(dict.fromkeys([each for each in before if each in set(chosen)] + list(chosen)))


def _choice(term: Term) -> Choice:
    return Choice(term.key, term.name, hint=term.says)


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]


def _fields_of_price(kind: Term) -> dict[str, forms.Field]:
    named = _small(kind.name)
    return {
        f"{kind.key}_pence": MoneyField(
            label="Price, or the lowest", called=f"the price of {named}", required=False, max_value=MOST_PENCE
        ),
        f"{kind.key}_pence_to": MoneyField(
            label="Highest, if there is more than one", called=f"the highest price of {named}", required=False,
            max_value=MOST_PENCE,
        ),
        f"{kind.key}_per": ChoiceField(
            [Choice(each, PER[each]) for each in Per], label="For", initial=Per.HOUR, widget=forms.Select,
            error_messages={"required": f"Select what the price of {named} is for"},
        ),
        f"{kind.key}_says": TextField(
            label="Anything to add, such as weekends", called=f"what you add to {named}", required=False, max_length=MOST_WORDS
        ),
    }  # fmt: skip

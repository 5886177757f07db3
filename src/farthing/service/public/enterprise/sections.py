"""The parts of an entry that its owner fills in, each with its form, and what is still missing of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from farthing.service.directory.entry import Entry
from farthing.service.public.enterprise import forms
from farthing.service.public.enterprise.forms import PartForm


@dataclass(frozen=True, slots=True)
class Section:
    """One part. ``fields`` are those of ``directory.in_words`` it holds; ``is_told`` whether enough was said of it.

    ``looked_at`` says which changes of it the council looks at before they are shown.
    """

    title: str
    hint: str
    form: Callable[..., PartForm]
    fields: tuple[str, ...]
    is_told: Callable[[Entry], bool]
    looked_at: str = "The council looks at a change first"

    def form_of(self, entry: Entry, sent: Any, *, version: int) -> PartForm:
        """The form as it was sent, or as it begins from an entry."""
        about = (entry,) if self.form is forms.PricesForm else ()
        begun = self.form.begun(entry)  # type: ignore[attr-defined]
        return self.form(*about, sent, initial={**begun, "version": version})


def _always(entry: Entry) -> bool:
    return True


SECTIONS: Mapping[str, Section] = {
    "about": Section("About you", "Name, kind of business, who you are", forms.AboutForm,
                     ("name", "form", "workers", "about"), lambda entry: entry.workers is not None),
    "where": Section("Where you are, and how far you go", "Postcode, miles, driving", forms.WhereForm,
                     ("postcode", "travels", "drives"), lambda entry: entry.travels is not None,
                     "Miles are shown at once. The council looks at the rest first"),
    "help": Section("What help you give", "Personal care, meals, company and more", forms.HelpForm, ("offers",), _always),
    "prices": Section("Prices", "For each kind of help", forms.PricesForm, (),
                      lambda entry: all(each.pence is not None for each in entry.offers),
                      "Prices are shown at once. The council looks at added words first"),
    "when": Section("When you give it", "Days and times", forms.WhenForm, ("hours",),
                    lambda entry: bool(entry.hours), "Shown at once"),
    "who": Section("Whom you help", "Groups of people, ages, languages", forms.WhoForm, ("helps", "ages", "languages"),
                   lambda entry: bool(entry.helps), "Languages are shown at once. The council looks at the rest first"),
    "reach": Section("How people reach and pay you", "Telephone, website, direct payments", forms.ReachForm,
                     ("email", "phone", "website", "takes_direct_payments", "welcomes_self_funders"),
                     lambda entry: bool(entry.phone or entry.website), "Shown at once, but for the email address"),
}  # fmt: skip
"""Every part by its name in addresses, in the order in which it is asked."""


def untold(entry: Entry) -> list[str]:
    """The titles of the parts of which more can be said. They hold nothing up."""
    return [each.title for each in SECTIONS.values() if not each.is_told(entry)]

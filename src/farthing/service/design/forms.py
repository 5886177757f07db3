"""Forms of the service, and every kind of field they are made of.

    class SavingsForm(DesignForm):
        has_savings = YesNoField(label="Do you have savings?", yes_reveals=("savings",))
        savings = MoneyField(label="How much?", called="how much you have in savings")
        born = DateField(label="Date of birth", called="your date of birth", must_be="in the past", birth=True)

    form = SavingsForm(request.POST or None, today=clock.today())        # today only where a DateField has must_be
    return render(request, "public/savings.html", {"form": form})         # the page shows form.error_summary() itself

The template shows a field with ``{{ field(form.savings) }}`` (see fields.html), whatever its kind. ``called`` names what
is asked for in the words of an error; ``error_messages`` replaces a whole sentence. A field's id is its name.
"""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

from farthing.service.design.choices import (
    Choice,
    ChoiceField,
    ChoicesField,
    Choosing,
    Divider,
    Group,
    TickField,
    YesNoField,
)
from farthing.service.design.dates import DateField, TypedDate
from farthing.service.design.entries import (
    EmailField,
    LongTextField,
    MoneyField,
    NationalInsuranceField,
    NHSNumberField,
    PostcodeField,
    TelephoneField,
    TextField,
    WholeNumberField,
)
from farthing.service.design.files import UploadField
from farthing.service.design.presented import first_input

__all__ = [
    "Choice",
    "ChoiceField",
    "ChoicesField",
    "DateField",
    "DesignForm",
    "Divider",
    "EmailField",
    "Group",
    "LongTextField",
    "MoneyField",
    "NHSNumberField",
    "NationalInsuranceField",
    "PostcodeField",
    "TelephoneField",
    "TextField",
    "TickField",
    "TypedDate",
    "UploadField",
    "WholeNumberField",
    "YesNoField",
]


class DesignForm(forms.Form):
    """A form whose pages follow the GOV.UK patterns. ``today`` is what its dates are judged by."""

    use_required_attribute = False

    def __init__(self, *arguments: Any, today: date | None = None, **options: Any):
        super().__init__(*arguments, **{"auto_id": "%s", **options})
        self.today = today

    def _clean_fields(self) -> None:
        for field in self.fields.values():
            if isinstance(field, DateField):
                field.today = self.today
        super()._clean_fields()  # type: ignore[misc]
        for name in self._not_asked():
            self.errors.pop(name, None)
            self.cleaned_data[name] = None

    def _not_asked(self) -> set[str]:
        """The fields that belong only to choices that were not chosen: what stands in them does not count."""
        shown, hidden = set[str](), set[str]()
        for name, field in self.fields.items():
            if isinstance(field, Choosing):
                given = self[name].value()
                chosen = given if isinstance(given, list) else [given]
                for choice in field.all_choices():
                    (shown if choice.value in chosen and name not in hidden else hidden).update(choice.reveals)
        return hidden - shown

    def error_summary(self) -> list[dict[str, str]]:
        """What is wrong, in the order of the page: ``text``, and ``href`` to the first input that is to be put right."""
        whole = [{"text": str(error)} for error in self.errors.get(NON_FIELD_ERRORS, [])]
        wrong = [self[name] for name in self.fields if name in self.errors]
        return whole + [{"text": str(each.errors[0]), "href": f"#{first_input(each)}"} for each in wrong]

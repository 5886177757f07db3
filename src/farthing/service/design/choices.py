"""Form fields that are answered by choosing: radios, checkboxes, a list, yes or no, and one box to tick."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer. ``reveals`` names the fields of the same form that belong to it and show when it is chosen.

    ``alone`` is for "None of these": it cannot be chosen with another.
    """

    value: str
    text: str
    hint: str = ""
    reveals: tuple[str, ...] = ()
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Divider:
    """A word between answers, mostly "or"."""

    text: str = "or"


@dataclass(frozen=True, slots=True)
class Group:
    """Checkboxes that stand together under a heading."""

    heading: str
    choices: tuple[Choice, ...]


Offered = Choice | Divider | Group | tuple[str, str]


class Choosing(forms.ChoiceField):
    """A field whose ``offered`` answers keep their hints, dividers and headings."""

    offered: list[Choice | Divider | Group]

    def __init__(self, choices: Iterable[Offered] = (), **options: Any):
        super().__init__(**options)
        self.offer(choices)

    def offer(self, choices: Iterable[Offered]) -> None:
        """Offer these answers and no others: for answers that are known only when the page is asked for."""
        self.offered = [Choice(*each) if isinstance(each, tuple) else each for each in choices]
        self.choices = [(each.value, each.text) for each in self.all_choices()]

    def all_choices(self) -> Iterator[Choice]:
        """Every answer, those in groups too."""
        for each in self.offered:
            if isinstance(each, Group):
                yield from each.choices
            elif isinstance(each, Choice):
                yield each

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        copied = super().__deepcopy__(memo)
        copied.offered = list(self.offered)
        return copied


class ChoiceField(Choosing):
    """One answer of several, as radios; as a list with ``widget=forms.Select``."""

    widget = forms.RadioSelect
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": "Select an answer",
        "invalid_choice": "Select one of the answers shown",
    }


class ChoicesField(Choosing, forms.MultipleChoiceField):
    """Any of several answers, as checkboxes, given as a list of values in the order they are offered."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": "Select at least one answer",
        "invalid_choice": "Select from the answers shown",
        "invalid_list": "Select from the answers shown",
        "alone": "Select “%(alone)s”, or select the others, but not both",
    }

    def clean(self, value: Any) -> list[str]:
        chosen = super().clean(value)
        in_order = [each for each in self.all_choices() if each.value in chosen]
        alone = next((each for each in in_order if each.alone), None)
        if alone and len(in_order) > 1:
            raise ValidationError(self.error_messages["alone"], code="alone", params={"alone": alone.text})
        return [each.value for each in in_order]


class YesNoField(Choosing):
    """Yes or no, given as ``True`` or ``False``; ``None`` where nothing need be and nothing was chosen."""

    widget = forms.RadioSelect
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": "Select yes or no",
        "invalid_choice": "Select yes or no",
    }

    def __init__(
        self,
        *,
        yes: str = "Yes",
        no: str = "No",
        yes_hint: str = "",
        no_hint: str = "",
        yes_reveals: tuple[str, ...] = (),
        no_reveals: tuple[str, ...] = (),
        **options: Any,
    ):
        choices = Choice("yes", yes, yes_hint, yes_reveals), Choice("no", no, no_hint, no_reveals)
        super().__init__(choices, **options)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value

    def clean(self, value: Any) -> bool | None:
        return {"yes": True, "no": False}.get(super().clean(value))


class TickField(forms.BooleanField):
    """One box to tick, as under a declaration; ``label`` is what is agreed to."""

    default_error_messages: ClassVar[dict[str, Any]] = {"required": "Tick the box to go on"}

"""How a form field is shown: which GOV.UK component it becomes, and what is handed to that component.

Everything is worked out from the bound field, so that a template names the field and no more.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from markupsafe import Markup, escape

from farthing.service.design.choices import Choice, ChoicesField, Choosing, Divider, Group
from farthing.service.design.dates import BOXES, DateField
from farthing.service.design.entries import LongTextField, MoneyField

Params = dict[str, Any]
Inside = Callable[[list[BoundField]], str]

_OF_THE_COMPONENT = ("autocomplete", "inputmode", "autocapitalize", "pattern")
_SET_BY_THE_COMPONENT = {*_OF_THE_COMPONENT, "spellcheck", "type", "aria-describedby", "maxlength", "cols", "rows"}


def component(bound: BoundField) -> str:
    """The component a field becomes: hidden, date, checkboxes, tick, select, radios, file, password, long_text or text."""
    field, widget = bound.field, bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(field, DateField):
        return "date"
    if isinstance(field, forms.BooleanField):
        return "tick"
    if isinstance(field, forms.ChoiceField):
        return _choosing(widget)
    if isinstance(field, forms.FileField):
        return "file"
    if isinstance(widget, forms.PasswordInput):
        return "password"
    return "long_text" if isinstance(widget, forms.Textarea) else "text"


def _choosing(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    return "radios" if isinstance(widget, forms.RadioSelect) else "select"


def id_of(bound: BoundField) -> str:
    """The id of a field, which is its name."""
    return bound.auto_id or bound.html_name


def first_input(bound: BoundField) -> str:
    """The id of the input a person should be taken to: of a date the first box that is wrong."""
    return f"{id_of(bound)}-{_wrong_boxes(bound)[0]}" if isinstance(bound.field, DateField) else id_of(bound)


def labelled(bound: BoundField, *, heading: bool = False, size: str = "", hint: str = "") -> Params:
    """Name, id, label, hint and error of a component whose label is a ``label``.

    ``heading`` makes the label the heading of the page; ``size`` is "s", "m", "l" or "xl"; ``hint`` is used where the
    field has none of its own.
    """
    size = size or ("l" if heading else "")
    label = {"text": bound.label, "isPageHeading": heading, "classes": f"govuk-label--{size}" if size else ""}
    return {"id": id_of(bound), "name": bound.html_name, "label": label, **_told(bound, hint)}


def in_a_fieldset(bound: BoundField, *, heading: bool = False, size: str = "", hint: str = "") -> Params:
    """The same for a component of several inputs, whose label is the legend of a ``fieldset``."""
    size = size or ("l" if heading else "s")
    legend = {"text": bound.label, "isPageHeading": heading, "classes": f"govuk-fieldset__legend--{size}"}
    return {"name": bound.html_name, "idPrefix": id_of(bound), "fieldset": {"legend": legend}, **_told(bound, hint)}


def text(bound: BoundField, *, width: int | None = None, prefix: str = "", suffix: str = "", **label: Any) -> Params:
    """What a text input is handed: its value as typed, and the attributes of its widget."""
    field, attributes = bound.field, bound.field.widget.attrs
    width = width or getattr(field, "width", None)
    prefix = prefix or ("£" if isinstance(field, MoneyField) else "")
    shown: Params = {
        **labelled(bound, **label),
        "value": _typed(bound),
        "type": attributes.get("type") or getattr(field.widget, "input_type", "text"),
        "classes": f"govuk-input--width-{_nearest_width(width)}" if width else "",
        "attributes": {name: value for name, value in attributes.items() if name not in _SET_BY_THE_COMPONENT},
        **{name: attributes[name] for name in _OF_THE_COMPONENT if name in attributes},
    }
    if "spellcheck" in attributes:
        shown["spellcheck"] = attributes["spellcheck"] == "true"
    if prefix:
        shown["prefix"] = {"text": prefix}
    if suffix:
        shown["suffix"] = {"text": suffix}
    return shown


def _nearest_width(width: int) -> int:
    return next((made for made in (2, 3, 4, 5, 10, 20) if made >= width), 30)


def long_text(bound: BoundField, *, rows: int | None = None, **label: Any) -> Params:
    """What a textarea is handed; with a limit it counts the characters left."""
    field = bound.field
    # The components indent what stands inside them: ends of lines that are written out are not indented.
    value = Markup(str(escape(_typed(bound))).replace("\r\n", "\n").replace("\n", "&#10;"))
    shown: Params = {**labelled(bound, **label), "value": value, "rows": rows or getattr(field, "rows", 5)}
    if isinstance(field, LongTextField) and field.max_length:
        shown["maxlength"] = field.max_length
    return shown


def file(bound: BoundField, **label: Any) -> Params:
    """What a file input is handed."""
    return {**labelled(bound, **label), "attributes": dict(bound.field.widget.attrs)}


def password(bound: BoundField, **label: Any) -> Params:
    """What a password input is handed. What was typed is not sent back."""
    return {
        **labelled(bound, **label),
        "autocomplete": bound.field.widget.attrs.get("autocomplete", "current-password"),
    }


def select(bound: BoundField, *, width: int | None = None, **label: Any) -> Params:
    """What a list is handed. A first empty line is added where nothing is chosen yet."""
    chosen = _typed(bound)
    options = [(str(value), text) for value, text in bound.field.choices]  # type: ignore[attr-defined]
    if "" not in dict(options) and (not chosen or not bound.field.required):
        options.insert(0, ("", ""))
    items = [{"value": value, "text": text, "selected": value == chosen} for value, text in options]
    return {**labelled(bound, **label), "items": items}


def date(bound: BoundField, **legend: Any) -> Params:
    """What the three boxes of a date are handed."""
    shown, typed, wrong = in_a_fieldset(bound, **legend), bound.value(), _wrong_boxes(bound) if bound.errors else ()
    birth = isinstance(bound.field, DateField) and bound.field.birth
    width = {"day": 2, "month": 5 if typed.month.isalpha() else 2, "year": 4}
    boxes = [
        {
            "name": box,
            "value": getattr(typed, box),
            "classes": f"govuk-input--width-{width[box]}{' govuk-input--error' if box in wrong else ''}",
            "autocomplete": f"bday-{box}" if birth else "",
            "inputmode": "text" if getattr(typed, box).isalpha() else "numeric",
        }
        for box in BOXES
    ]
    return {**shown, "id": id_of(bound), "namePrefix": bound.html_name, "items": boxes}


def choosing(bound: BoundField, inside: Inside, *, inline: bool = False, **legend: Any) -> Params:
    """What radios or checkboxes are handed; ``inside`` makes the html of the fields that belong to a choice."""
    revealed = {each.value: [bound.form[name] for name in each.reveals] for each in _choices(bound) if each.reveals}
    html = {value: inside(fields) for value, fields in revealed.items()}
    kind = "checkboxes" if isinstance(bound.field, ChoicesField) else "radios"
    loose = [each for each in _offered(bound) if not isinstance(each, Group)]
    groups = [each for each in _offered(bound) if isinstance(each, Group)]
    return {
        **in_a_fieldset(bound, **legend),
        "classes": f"govuk-{kind}--inline" if inline else "",
        "items": [_item(bound, each, html) for each in loose],
        "groups": [
            {"heading": each.heading, "items": [_item(bound, choice, html) for choice in each.choices]}
            for each in groups
        ],
    }


def not_revealed(form: forms.BaseForm) -> list[BoundField]:
    """The fields of a form that stand by themselves: all but those that a choice of another field reveals."""
    inside = {name for bound in form for each in _choices(bound) for name in each.reveals}
    return [bound for bound in form if bound.name not in inside]


def tick(bound: BoundField, **_: Any) -> Params:
    """What a single checkbox is handed: no legend, because its label says it all."""
    item = {"value": "on", "text": bound.label, "checked": bool(bound.value())}
    return {"name": bound.html_name, "idPrefix": id_of(bound), "items": [item], **_told(bound, "")}


def _offered(bound: BoundField) -> list[Choice | Divider | Group]:
    if isinstance(bound.field, Choosing):
        return bound.field.offered
    return [Choice(str(value), str(text)) for value, text in getattr(bound.field, "choices", ())]


def _choices(bound: BoundField) -> list[Choice]:
    return list(bound.field.all_choices()) if isinstance(bound.field, Choosing) else []


def _item(bound: BoundField, each: Choice | Divider, html: dict[str, str]) -> Params:
    if isinstance(each, Divider):
        return {"divider": each.text}
    value = bound.value()
    chosen = [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
    item: Params = {"value": each.value, "text": each.text, "checked": each.value in chosen}
    if each.hint:
        item["hint"] = {"text": each.hint}
    if each.value in html:
        item["conditional"] = {"html": html[each.value]}
    if each.alone:
        item["behaviour"] = "exclusive"
    return item


def _typed(bound: BoundField) -> str:
    value = bound.value()
    return "" if value is None else str(value)


def _told(bound: BoundField, hint: str) -> Params:
    told: Params = {}
    if bound.help_text or hint:
        told["hint"] = {"text": bound.help_text or hint}
    if bound.errors:
        told["errorMessage"] = {"text": bound.errors[0]}
    return told


def _wrong_boxes(bound: BoundField) -> tuple[str, ...]:
    errors: list[ValidationError] = bound.errors.as_data()
    named = [error.params["boxes"] for error in errors if error.params and "boxes" in error.params]
    return named[0] if named else BOXES

"""Form fields that are typed into one box: money, numbers, names and the numbers people are known by.

``called`` names what is asked for in the words of an error: ``called="your weekly rent"`` gives "Enter your weekly
rent" and "Your weekly rent must be £1,000.00 or less". What was typed is kept as typed when it is refused.
"""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from stdnum.exceptions import ValidationError as NumberRefused
from stdnum.gb import nhs

from farthing.base import money

_GROUPED = r"\d{1,3}(?:[,\s]\d{3})+|\d+"
_AMOUNT = re.compile(rf"£?\s*(?P<pounds>{_GROUPED})?(?:\.(?P<pence>\d{{1,2}})?)?", re.ASCII)
_TOO_FINE = re.compile(rf"£?\s*(?:{_GROUPED})?\.\d{{3,}}", re.ASCII)
_BELOW_NOUGHT = re.compile(r"(?:£\s*)?[-\u2212\u2013]\s*£?\s*[\d.]")
_MOST_DIGITS = 12

_POSTCODE = re.compile(r"(GIR|[A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][ABD-HJLNP-UW-Z]{2})")
_NATIONAL_INSURANCE = re.compile(
    r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]|QQ[0-9]{6}[A-D]"
)


def starting_big(words: str) -> str:
    """The words with their first letter as a capital, and the rest as it is."""
    return words[:1].upper() + words[1:]


class _Entry(forms.CharField):
    """One box. ``width`` is how many characters it looks made for; it limits nothing."""

    usual_called = "an answer"
    usual_width: int | None = None

    def __init__(self, *, called: str = "", width: int | None = None, **options: Any):
        self.called = called
        self.width = width or self.usual_width
        named = starting_big(called or "your answer").replace("%", "%%")
        words = {
            "required": f"Enter {called or self.usual_called}",
            "max_length": f"{named} must be %(limit_value)d characters or less",
            "min_length": f"{named} must be %(limit_value)d characters or more",
        }
        super().__init__(error_messages={**words, **options.pop("error_messages", {})}, **options)

    def refuse(self, code: str, words: str, **params: Any) -> ValidationError:
        """The error of that code: in the words ``error_messages`` has for it, or else these."""
        return ValidationError(self.error_messages.get(code, words), code=code, params=params or None)


class TextField(_Entry):
    """A line of text. ``autocomplete`` and the like go in the widget's ``attrs``."""


class LongTextField(_Entry):
    """Text of several lines; with ``max_length`` the page says how much room is left. ``rows`` is its height."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 5, **options: Any):
        self.rows = rows
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        """The text with its ends of lines as one character each, as the page counts them."""
        return (super().to_python(value) or "").replace("\r\n", "\n")


class MoneyField(_Entry):
    """An amount in pounds as people type it ("£1,234.50", "1 234", "1234"), given as whole pence.

    ``min_value`` and ``max_value`` are pence too. A comma or a space is let through between thousands only: "1,50" may
    be meant as £1.50, and is asked again.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal", "spellcheck": "false", "autocomplete": "off"})
    usual_called = "an amount in pounds and pence, like 216.50"
    usual_width = 10

    def __init__(self, *, min_value: int = 0, max_value: int = 10**11, **options: Any):
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return f"{value // 100:,}.{value % 100:02d}" if isinstance(value, int) and value >= 0 else value

    def clean(self, value: Any) -> int | None:
        typed: str = unicodedata.normalize("NFKC", super().clean(value)).strip()
        if not typed:
            return None
        found = _AMOUNT.fullmatch(typed)
        if found is None or not (found["pounds"] or found["pence"]):
            raise self._not_an_amount(typed)
        pounds = re.sub(r"[,\s]", "", found["pounds"] or "0")
        if len(pounds.lstrip("0")) > _MOST_DIGITS:
            raise self._over()
        amount = money.pence(f"{pounds.lstrip('0') or '0'}.{found['pence'] or '0'}")
        if amount > self.max_value:
            raise self._over()
        if amount < self.min_value:
            raise self._limit("min_value", "%(named)s must be %(limit)s or more", self.min_value)
        return amount

    def _over(self) -> ValidationError:
        return self._limit("max_value", "%(named)s must be %(limit)s or less", self.max_value)

    def _limit(self, code: str, words: str, limit: int) -> ValidationError:
        return self.refuse(code, words, named=starting_big(self.called or "the amount"), limit=money.shown(limit))

    def _not_an_amount(self, typed: str) -> ValidationError:
        if _BELOW_NOUGHT.match(typed):
            return self._limit("min_value", "%(named)s must be %(limit)s or more", max(self.min_value, 0))
        if _TOO_FINE.fullmatch(typed):
            named = starting_big(self.called or "the amount")
            return self.refuse("decimals", "%(named)s must have no more than 2 numbers after the point", named=named)
        return self.refuse("invalid", "Enter %(usual)s", usual=self._asked_with_an_example())

    def _asked_with_an_example(self) -> str:
        return f"{self.called} in pounds and pence, like 216.50" if self.called else self.usual_called


class WholeNumberField(_Entry):
    """A whole number, given as ``int``."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "spellcheck": "false", "autocomplete": "off"})
    usual_called = "a number, like 3"
    usual_width = 4

    def __init__(self, *, min_value: int = 0, max_value: int | None = None, **options: Any):
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**options)

    def clean(self, value: Any) -> int | None:
        typed = unicodedata.normalize("NFKC", super().clean(value)).strip()
        if not typed:
            return None
        named = starting_big(self.called or "the number")
        if not re.fullmatch(rf"-?(?:{_GROUPED})", typed, re.ASCII):
            raise self.refuse("invalid", "%(named)s must be a whole number, like 3", named=named)
        digits = re.sub(r"[,\s]", "", typed)
        if self.max_value is not None and (len(digits) > _MOST_DIGITS or int(digits) > self.max_value):
            raise self.refuse(
                "max_value", "%(named)s must be %(limit)s or less", named=named, limit=f"{self.max_value:,}"
            )
        if len(digits) > _MOST_DIGITS:
            raise self.refuse("invalid", "%(named)s must have %(most)s digits or fewer", named=named, most=_MOST_DIGITS)
        if int(digits) < self.min_value:
            raise self.refuse(
                "min_value", "%(named)s must be %(limit)s or more", named=named, limit=f"{self.min_value:,}"
            )
        return int(digits)


class EmailField(_Entry):
    """An e-mail address."""

    widget = forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})
    usual_called = "an email address"

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        if typed:
            try:
                forms.EmailField().clean(typed)
            except ValidationError:
                example = "Enter an email address in the correct format, like name@example.com"
                raise self.refuse("invalid", example) from None
        return typed


class TelephoneField(_Entry):
    """A telephone number, kept as typed but for spare spaces."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "spellcheck": "false"})
    usual_called = "a telephone number"
    usual_width = 20

    def clean(self, value: Any) -> str:
        typed = " ".join(unicodedata.normalize("NFKC", super().clean(value)).split())
        digits = re.sub(r"[\s()+.-]", "", typed)
        if typed and not re.fullmatch(r"[0-9]{10,15}", digits):
            raise self.refuse("invalid", "Enter a telephone number, like 01632 960 001 or 07700 900 982")
        return typed


class NHSNumberField(_Entry):
    """An NHS number with its check digit right, given as ten digits and shown as "943 476 5870"."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "spellcheck": "false", "autocomplete": "off"})
    usual_called = "an NHS number"
    usual_width = 10

    def prepare_value(self, value: Any) -> Any:
        ten_digits = isinstance(value, str) and re.fullmatch(r"[0-9]{10}", value)
        return nhs.format(value) if ten_digits else value

    def clean(self, value: Any) -> str:
        typed = unicodedata.normalize("NFKC", super().clean(value))
        if not typed:
            return ""
        digits = re.sub(r"[\s-]", "", typed)
        if not re.fullmatch(r"[0-9]{10}", digits):
            raise self.refuse("invalid", "The NHS number must be 10 numbers, like 943 476 5870")
        try:
            return str(nhs.validate(digits))
        except NumberRefused:
            raise self.refuse("checksum", "Check the NHS number: no NHS number has these 10 numbers") from None


class NationalInsuranceField(_Entry):
    """A National Insurance number, given as "QQ123456C". QQ is never issued: invented people have it."""

    widget = forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off", "autocapitalize": "characters"})
    usual_called = "a National Insurance number"
    usual_width = 10

    def prepare_value(self, value: Any) -> Any:
        whole = isinstance(value, str) and re.fullmatch(r"[A-Z]{2}[0-9]{6}[A-D]", value)
        return f"{value[:2]} {value[2:4]} {value[4:6]} {value[6:8]} {value[8]}" if whole else value

    def clean(self, value: Any) -> str:
        letters = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", super().clean(value))).upper()
        if letters and not _NATIONAL_INSURANCE.fullmatch(letters):
            raise self.refuse("invalid", "Enter a National Insurance number in the correct format, like QQ 12 34 56 C")
        return letters


class PostcodeField(_Entry):
    """A full UK postcode, given as "PE29 3AD"."""

    widget = forms.TextInput(
        attrs={"autocomplete": "postal-code", "spellcheck": "false", "autocapitalize": "characters"}
    )
    usual_called = "a postcode"
    usual_width = 10

    def clean(self, value: Any) -> str:
        typed = unicodedata.normalize("NFKC", super().clean(value)).upper()
        if not typed:
            return ""
        found = _POSTCODE.fullmatch(re.sub(r"[^0-9A-Z]", "", typed))
        if found is None:
            raise self.refuse("invalid", "Enter a full UK postcode, like PE29 3AD")
        return " ".join(found.groups())

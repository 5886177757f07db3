"""NHS and National Insurance numbers, postcodes, e-mail addresses and telephone numbers."""

import pytest
from django.core.exceptions import ValidationError

from farthing.service.design.forms import (
    EmailField,
    NationalInsuranceField,
    NHSNumberField,
    PostcodeField,
    TelephoneField,
)


@pytest.mark.parametrize(
    ("field", "typed", "given"),
    [
        (NHSNumberField(), "943 476 5870", "9434765870"),
        (NHSNumberField(), " 943-476-5870 ", "9434765870"),
        (NationalInsuranceField(), "qq 12 34 56 c", "QQ123456C"),
        (NationalInsuranceField(), "AB-12-34-56-D", "AB123456D"),
        (PostcodeField(), "pe293ad", "PE29 3AD"),
        (PostcodeField(), "cb3  0ap.", "CB3 0AP"),
        (PostcodeField(), "EC1A1BB", "EC1A 1BB"),
        (EmailField(), " someone@example.com ", "someone@example.com"),
        (TelephoneField(), "(01632)  960 001", "(01632) 960 001"),
        (TelephoneField(), "+44 7700 900 982", "+44 7700 900 982"),
    ],
)
def test_what_is_right_is_read_however_it_is_spaced(field, typed, given):
    assert field.clean(typed) == given


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        (NHSNumberField(), "943 476 5871", "Check the NHS number: no NHS number has these 10 numbers"),
        (NHSNumberField(), "943476587", "The NHS number must be 10 numbers, like 943 476 5870"),
        (NationalInsuranceField(), "QQ123456E", "Enter a National Insurance number in the correct format"),
        (NationalInsuranceField(), "GB123456A", "Enter a National Insurance number in the correct format"),
        (PostcodeField(), "PE29", "Enter a full UK postcode, like PE29 3AD"),
        (PostcodeField(), "...", "Enter a full UK postcode, like PE29 3AD"),
        (PostcodeField(called="your postcode"), "", "Enter your postcode"),
        (EmailField(), "someone@", "Enter an email address in the correct format, like name@example.com"),
        (TelephoneField(), "960 001", "Enter a telephone number, like 01632 960 001 or 07700 900 982"),
    ],
)
def test_what_is_wrong_is_told_what_right_looks_like(field, typed, told):
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    assert refused.value.messages[0].startswith(told)


def test_a_number_that_is_kept_is_shown_in_its_groups():
    assert NHSNumberField().prepare_value("9434765870") == "943 476 5870"
    assert NationalInsuranceField().prepare_value("QQ123456C") == "QQ 12 34 56 C"


@pytest.mark.parametrize("field", [NHSNumberField, NationalInsuranceField, PostcodeField, EmailField, TelephoneField])
def test_what_need_not_be_given_may_be_left_empty(field):
    assert field(required=False).clean("  ") == ""

"""Money and numbers as people type them."""

import pytest
from django import forms
from hypothesis import example, given
from hypothesis import strategies as st

from farthing.service.design.forms import DesignForm, MoneyField, WholeNumberField


class Rent(DesignForm):
    rent = MoneyField(label="Rent", called="your rent")


def read(typed: str, **options) -> int | None:
    return MoneyField(**options).clean(typed)


def refusal(field: forms.Field, typed: str) -> str:
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(typed)
    return refused.value.messages[0]


@given(st.integers(0, 10**11), st.sampled_from(["", "£", "£ ", " ", "￡"]), st.sampled_from(["", ",", " ", "\u00a0"]))
def test_an_amount_reads_to_the_same_pence_however_it_is_typed(pence, sign, between):
    pounds = f"{pence // 100:,}".replace(",", between)
    assert read(f"{sign}{pounds}.{pence % 100:02d} ") == pence


@given(st.integers(0, 10**9))
def test_whole_pounds_need_no_pence(pounds):
    assert read(f"£{pounds:,}") == read(f"{pounds}.") == pounds * 100


@given(st.integers(0, 10**11))
def test_an_amount_that_is_shown_reads_back_as_itself(pence):
    field = MoneyField()
    assert field.clean(field.prepare_value(pence)) == pence


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("£1,50")
@example("-5")
@example("12.345")
@example("<script>")
def test_what_is_typed_is_never_lost_and_never_a_fault_of_ours(typed):
    form = Rent({"rent": typed})
    assert form.is_valid() == ("rent" in form.cleaned_data)
    assert form["rent"].value() == typed
    assert form.is_valid() or form.errors["rent"][0]


@pytest.mark.parametrize(
    "typed", ["1,50", "1 50", "12,34", "1,2345", "1,234,5", "1.2.3", "12p", "£", ".", "£-", "a", "1e3"]
)
def test_what_may_mean_something_else_is_asked_again(typed):
    assert refusal(MoneyField(called="your rent"), typed) == "Enter your rent in pounds and pence, like 216.50"


@pytest.mark.parametrize("typed", ["-5", "£-5", "-£5", "- 5", "\u22125.00"])
def test_an_amount_below_nought_is_told_so(typed):
    assert refusal(MoneyField(called="your rent"), typed) == "Your rent must be £0.00 or more"


def test_parts_of_a_penny_are_told_so():
    told = refusal(MoneyField(called="your rent"), "12.345")
    assert told == "Your rent must have no more than 2 numbers after the point"


@pytest.mark.parametrize("typed", ["1000.01", "£99,999", "9" * 30])
def test_an_amount_over_the_most_is_told_the_most(typed):
    assert refusal(MoneyField(called="your rent", max_value=100_000), typed) == "Your rent must be £1,000.00 or less"


def test_the_least_and_the_most_are_themselves_allowed():
    assert [read(typed, min_value=500, max_value=900) for typed in ("5", "9.00")] == [500, 900]


def test_nothing_typed_is_asked_for_by_name_or_is_nothing():
    assert refusal(MoneyField(called="your rent"), "  ") == "Enter your rent"
    assert refusal(MoneyField(), "") == "Enter an amount in pounds and pence, like 216.50"
    assert read("", required=False) is None


def test_words_of_the_page_replace_ours():
    assert refusal(MoneyField(error_messages={"invalid": "Give the rent"}), "x") == "Give the rent"


@given(st.integers(0, 10**9), st.sampled_from(["", ","]))
def test_a_whole_number_reads_with_and_without_commas(number, between):
    assert WholeNumberField().clean(f" {number:,} ".replace(",", between)) == number


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2.5", "The number of people must be a whole number, like 3"),
        ("two", "The number of people must be a whole number, like 3"),
        ("-1", "The number of people must be 0 or more"),
        ("31", "The number of people must be 30 or less"),
        ("9" * 40, "The number of people must be 30 or less"),
    ],
)
def test_a_number_that_cannot_be_is_told_why(typed, told):
    assert refusal(WholeNumberField(called="the number of people", max_value=30), typed) == told

"""Dates typed into three boxes."""

from calendar import month_abbr, month_name
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farthing.service.design.forms import DateField, DesignForm, TypedDate

TODAY = date(2026, 11, 25)
DATES = st.dates(date(1000, 1, 1), date(9999, 12, 31))


class Born(DesignForm):
    born = DateField(label="Date of birth", called="your date of birth", must_be="in the past")


class Moved(DesignForm):
    moved = DateField(label="When?", earliest=date(2015, 4, 1), latest=date(2026, 12, 31), required=False)


def filled_in(day: str, month: str, year: str, **options) -> Born:
    data = {"born-day": day, "born-month": month, "born-year": year}
    return Born(data, **{"today": TODAY, **options})


def told(day: str, month: str, year: str) -> dict[str, str]:
    (only,) = filled_in(day, month, year).error_summary()
    return only


@given(st.dates(date(1000, 1, 1), TODAY - timedelta(days=1)), st.sampled_from(["number", "name", "short"]))
def test_a_date_reads_the_same_with_its_month_as_a_number_or_a_name(day, way):
    month = {"number": str(day.month), "name": month_name[day.month], "short": f"{month_abbr[day.month].lower()}."}[way]
    form = filled_in(f" {day.day:02d}", month, str(day.year))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == day


@given(*[st.text(st.characters(exclude_categories=["Cs"]), max_size=8)] * 3)
def test_what_is_typed_is_never_lost_and_never_a_fault_of_ours(day, month, year):
    form = filled_in(day, month, year)
    assert form.is_valid() == ("born" in form.cleaned_data)
    assert form["born"].value() == TypedDate(day, month, year)


@given(DATES)
def test_a_date_that_is_known_already_is_shown_in_its_boxes(day):
    assert Born(initial={"born": day}, today=TODAY)["born"].value() == TypedDate(
        str(day.day), str(day.month), str(day.year)
    )


@pytest.mark.parametrize(
    ("typed", "words", "box"),
    [
        (("", "", ""), "Enter your date of birth", "day"),
        (("4", "", "1942"), "Your date of birth must include a month", "month"),
        (("", "5", ""), "Your date of birth must include a day and year", "day"),
        (("4", "13", "1942"), "Your date of birth must be a real date", "month"),
        (("4", "Ju", "1942"), "Your date of birth must be a real date", "month"),
        (("x", "5", "1942"), "Your date of birth must be a real date", "day"),
        (("4", "5", "l942"), "Your date of birth must be a real date", "year"),
        (("31", "9", "1942"), "Your date of birth must be a real date: September 1942 has 30 days", "day"),
        (("29", "2", "1900"), "Your date of birth must be a real date: February 1900 has 28 days", "day"),
        (("4", "5", "42"), "Your date of birth must have a year of 4 numbers, like 2026", "year"),
        (("25", "11", "2026"), "Your date of birth must be in the past", "day"),
    ],
)
def test_a_wrong_date_is_told_why_and_leads_to_the_first_box_that_is_wrong(typed, words, box):
    assert told(*typed) == {"text": words, "href": f"#born-{box}"}


@pytest.mark.parametrize(
    ("must_be", "fine"),
    [
        ("in the past", [True, False, False]),
        ("today or in the past", [True, True, False]),
        ("today or in the future", [False, True, True]),
        ("in the future", [False, False, True]),
    ],
)
def test_past_and_future_are_seen_from_the_day_passed_in(must_be, fine):
    class Form(DesignForm):
        on = DateField(label="When?", must_be=must_be)

    days = [TODAY + timedelta(days=away) for away in (-1, 0, 1)]
    forms = [Form({"on-day": day.day, "on-month": day.month, "on-year": day.year}, today=TODAY) for day in days]
    assert [form.is_valid() for form in forms] == fine


def test_a_form_that_was_not_told_the_day_says_so():
    with pytest.raises(TypeError, match="pass today to the form"):
        filled_in("4", "5", "1942", today=None).is_valid()


@pytest.mark.parametrize(
    ("year", "words"),
    [
        ("2014", "The date must be the same as or after 1 April 2015"),
        ("2027", "The date must be the same as or before 31 December 2026"),
    ],
)
def test_a_date_beyond_a_fixed_day_is_told_the_day(year, words):
    assert Moved({"moved-day": "1", "moved-month": "1", "moved-year": year}).errors["moved"] == [words]


def test_a_date_that_need_not_be_given_may_be_left_empty():
    form = Moved({})
    assert form.is_valid() and form.cleaned_data["moved"] is None

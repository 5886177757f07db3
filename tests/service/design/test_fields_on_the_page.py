"""A field on the page: its label, hint and error belong to it, and what was typed stands in it."""

import pytest
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from farthing.service.design.forms import DesignForm, LongTextField, MoneyField, YesNoField
from tests.service.design.html import by_id, elements
from tests.service.design.showroom import TODAY, EveryField, every_field

FOCUSED = {"input", "select", "textarea"}


def shown(form: DesignForm, how: str = "{{ fields(form) }}") -> str:
    imported = '{% from "design/fields.html" import field, fields %}'
    return engines["jinja2"].from_string(imported + how).render({"form": form})


@pytest.fixture
def empty_and_sent() -> str:
    return every_field(RequestFactory().post("/every-field", {"savings": "yes", "born-day": "3"})).content.decode()


def test_every_label_belongs_to_an_input(empty_and_sent):
    found = by_id(empty_and_sent)
    labels = [attributes["for"] for tag, attributes in elements(empty_and_sent) if tag == "label"]
    assert len(labels) > 25
    assert {found[name][0] for name in labels} <= FOCUSED


def test_every_input_has_a_label(empty_and_sent):
    labelled = {attributes["for"] for tag, attributes in elements(empty_and_sent) if tag == "label"}
    inputs = {attributes["id"] for tag, attributes in elements(empty_and_sent) if tag in FOCUSED}
    assert inputs <= labelled


def test_everything_that_describes_is_there(empty_and_sent):
    found = by_id(empty_and_sent)
    named = [attributes.get("aria-describedby", "") for _, attributes in elements(empty_and_sent)]
    assert {"rent-hint", "rent-error", "benefits-hint", "benefits-error"} <= {
        name for text in named for name in text.split()
    }
    assert {name for text in named for name in text.split()} <= set(found)


def test_every_error_leads_to_an_input_and_stands_beside_it(empty_and_sent):
    form = EveryField({"savings": "yes", "born-day": "3"}, {}, today=TODAY)
    found = by_id(empty_and_sent)
    summary = form.error_summary()
    assert len(summary) == 15
    for error in summary:
        assert found[error["href"].removeprefix("#")][0] in FOCUSED
        assert empty_and_sent.count(error["text"]) == 2


def test_only_the_boxes_of_a_date_that_are_wrong_are_marked(empty_and_sent):
    found = by_id(empty_and_sent)
    marked = [box for box in ("day", "month", "year") if "govuk-input--error" in found[f"born-{box}"][1]["class"]]
    assert marked == ["month", "year"]


def test_a_date_of_birth_may_be_filled_in_by_the_browser(empty_and_sent):
    assert by_id(empty_and_sent)["born-year"][1]["autocomplete"] == "bday-year"


def test_money_has_a_pound_sign_and_the_right_keyboard(empty_and_sent):
    attributes = by_id(empty_and_sent)["rent"][1]
    assert (attributes["inputmode"], attributes["spellcheck"]) == ("decimal", "false")
    assert 'aria-hidden="true">£</div>' in empty_and_sent


def test_a_question_inside_an_answer_is_shown_once(empty_and_sent):
    assert empty_and_sent.count('name="savings_amount"') == 1
    assert by_id(empty_and_sent)["savings"][1]["data-aria-controls"] == "conditional-savings"


def test_a_password_is_not_sent_back():
    form = EveryField({"secret": "invented-secret"}, {}, today=TODAY)
    assert "invented-secret" not in shown(form)


def test_the_one_question_of_a_page_is_its_heading():
    html = shown(EveryField(today=TODAY), "{{ field(form.rent, heading=true) }}{{ field(form.setting, heading=true) }}")
    headings = [attributes["class"] for tag, attributes in elements(html) if tag == "h1"]
    assert headings == ["govuk-label-wrapper", "govuk-fieldset__heading"]


def test_the_width_of_a_box_is_one_that_there_is():
    html = shown(EveryField(today=TODAY), "{{ field(form.name, width=7) }}")
    assert by_id(html)["name"][1]["class"] == "govuk-input govuk-input--width-10"


def test_a_title_chosen_before_is_chosen_still():
    html = shown(EveryField({"title": "dr"}, {}, today=TODAY), "{{ field(form.title) }}")
    assert [attributes["value"] for tag, attributes in elements(html) if "selected" in attributes] == ["dr"]


def test_every_answer_ticked_before_is_ticked_still():
    html = shown(EveryField(QueryDict("benefits=pip&benefits=pc"), {}, today=TODAY), "{{ field(form.benefits) }}")
    assert [attributes["value"] for _, attributes in elements(html) if "checked" in attributes] == ["pip", "pc"]


class Told(DesignForm):
    yes = YesNoField(yes_reveals=("amount", "why"))
    amount = MoneyField()
    why = LongTextField()


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_what_was_typed_stands_in_its_box_as_it_was_typed(typed):
    html = shown(Told({"yes": "yes", "amount": typed}))
    assert by_id(html)["amount"][1]["value"] == typed


@pytest.mark.parametrize("typed", ["one\r\ntwo\n\n  three", "</textarea><script>alert(1)</script>"])
def test_text_of_several_lines_comes_back_without_a_blank_more(typed):
    html = shown(Told({"yes": "yes", "why": typed}))
    inside = html.split('id="why"')[1].split(">", 1)[1].split("</textarea>")[0]
    assert "\n" not in inside and "<" not in inside
    given_back = inside.replace("&#10;", "\n").replace("&lt;", "<").replace("&gt;", ">")
    assert given_back == typed.replace("\r\n", "\n")

"""Answers that are chosen, and the questions inside them."""

import pytest

from farthing.service.design.forms import (
    Choice,
    ChoiceField,
    ChoicesField,
    DesignForm,
    Divider,
    Group,
    LongTextField,
    MoneyField,
    TextField,
    TickField,
    YesNoField,
)


class Savings(DesignForm):
    has_savings = YesNoField(label="Do you have savings?", yes_reveals=("with_whom", "amount"))
    with_whom = ChoiceField([Choice("me", "Me"), Choice("both", "Us", reveals=("share",))], label="Whose are they?")
    share = MoneyField(label="Your share", called="your share")
    amount = MoneyField(label="How much?", called="how much you have")


class Benefits(DesignForm):
    benefits = ChoicesField(
        [
            Group("Old age", (Choice("pc", "Pension Credit"),)),
            Choice("pip", "Personal Independence Payment"),
            Divider(),
            Choice("none", "None of these", alone=True),
        ],
        label="Which?",
    )


@pytest.mark.parametrize(("sent", "given"), [("yes", True), ("no", False)])
def test_yes_and_no_are_given_as_true_and_false(sent, given):
    assert YesNoField().clean(sent) is given


@pytest.mark.parametrize(("known", "shown"), [(True, "yes"), (False, "no"), (None, None)])
def test_an_answer_known_already_is_shown_as_chosen(known, shown):
    assert Savings(initial={"has_savings": known})["has_savings"].value() == shown


def test_no_answer_where_none_need_be_is_neither_yes_nor_no():
    assert YesNoField(required=False).clean("") is None


def test_questions_inside_an_answer_that_was_not_chosen_do_not_count():
    form = Savings({"has_savings": "no", "amount": "nonsense", "with_whom": "both", "share": "1"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"has_savings": False, "with_whom": None, "share": None, "amount": None}


def test_questions_inside_an_answer_that_was_chosen_must_be_answered():
    form = Savings({"has_savings": "yes", "with_whom": "me"})
    assert form.error_summary() == [{"text": "Enter how much you have", "href": "#amount"}]


def test_a_question_inside_a_question_inside_counts_only_when_both_were_chosen():
    form = Savings({"has_savings": "yes", "with_whom": "both", "amount": "1"})
    assert form.error_summary() == [{"text": "Enter your share", "href": "#share"}]


def test_an_answer_that_was_not_offered_is_refused():
    assert Benefits({"benefits": ["pip", "<script>"]}).errors["benefits"] == ["Select from the answers shown"]


def test_several_answers_come_in_the_order_they_are_offered():
    form = Benefits({"benefits": ["pip", "pc"]})
    assert form.is_valid() and form.cleaned_data["benefits"] == ["pc", "pip"]


def test_none_of_these_cannot_be_chosen_with_another():
    told = Benefits({"benefits": ["pip", "none"]}).errors["benefits"]
    assert told == ["Select “None of these”, or select the others, but not both"]


def test_answers_offered_to_one_page_are_not_offered_to_the_next():
    one, next_one = Benefits(), Benefits()
    one.fields["benefits"].offer([("a", "A")])
    assert [choice.value for choice in one.fields["benefits"].all_choices()] == ["a"]
    assert [choice.value for choice in next_one.fields["benefits"].all_choices()] == ["pc", "pip", "none"]


def test_a_box_that_must_be_ticked_says_so():
    class Declared(DesignForm):
        true = TickField(label="It is true", error_messages={"required": "Tick the box if it is true"})

    assert Declared({}).error_summary() == [{"text": "Tick the box if it is true", "href": "#true"}]
    assert Declared({"true": "on"}).is_valid()


def test_an_error_of_the_whole_form_comes_first_and_without_a_link():
    form = Benefits({"benefits": ["pip"]})
    form.add_error(None, "Somebody else has changed this")
    form.add_error("benefits", "Choose again")
    assert form.error_summary() == [
        {"text": "Somebody else has changed this"},
        {"text": "Choose again", "href": "#benefits"},
    ]


def test_text_over_its_limit_is_told_the_limit_and_line_ends_count_once():
    field = LongTextField(called="your reasons", max_length=5)
    assert field.clean("ab\r\ncd") == "ab\ncd"
    with pytest.raises(Exception, match="Your reasons must be 5 characters or less"):
        field.clean("abcdef")


def test_a_line_of_text_over_its_limit_is_told_the_limit_by_name():
    field = TextField(called="100% of your name", max_length=5)
    with pytest.raises(Exception, match="100% of your name must be 5 characters or less"):
        field.clean("abcdef")

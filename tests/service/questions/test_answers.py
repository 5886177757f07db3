"""Answers: each stands by itself, and changing one loses no other."""

from datetime import date

import pytest

from farthing.base.refusal import Refusal
from farthing.service.questions.answers import Answers, Item
from farthing.service.questions.pages import case_of
from farthing.service.questions.refusals import objections

TODAY = date(2026, 11, 25)


def test_choosing_kinds_again_keeps_what_was_told_of_them():
    told = (
        Answers()
        .having("capital", ["bank_account"])
        .with_item("capital", "i1", Item("bank_account", {"value": "5.00"}, True))
    )
    again = told.having("capital", ["bank_account", "shares"])
    assert again.lists["capital"].items["i1"].said == {"value": "5.00"}
    assert [item.kind for item in again.lists["capital"].items.values()] == ["bank_account", "shares"]


def test_a_kind_no_longer_chosen_goes_with_all_that_was_told_and_passed_of_it():
    told = Answers().having("capital", ["bank_account", "shares"])
    told = told.with_item("capital", "i2", Item("shares", {}, True)).passing("capital.i2")
    gone = told.having("capital", ["bank_account"])
    assert "capital.i2" not in (*gone.passed, *gone.trail)
    back = gone.having("capital", ["bank_account", "shares"])
    assert not back.lists["capital"].items["i2"].is_done
    assert "capital.i2" not in back.passed


def test_answering_takes_back_that_it_was_passed():
    assert Answers().passing("born").saying("born", "1941-03-27").passed == ()
    assert Answers().passing("capital").having("capital", []).passed == ()
    assert Answers().saying("born", "1941-03-27").passing("born").said == {}


def test_the_trail_is_the_order_of_answering_each_page_once():
    told = Answers().saying("setting", "own_home").having("capital", []).saying("setting", "care_home").passing("born")
    assert told.trail == ("setting", "capital", "born")


def test_a_list_still_being_described_is_not_told_yet():
    told = Answers().having("capital", ["bank_account"])
    assert "capital" not in told.case("cambridgeshire", TODAY)
    assert told.described().case("cambridgeshire", TODAY)["capital"] == []


def test_what_is_refused_of_an_item_names_the_page_of_that_item():
    told = Answers().having("capital", ["bank_account", "shares"])
    told = told.with_item("capital", "i1", Item("bank_account", {"value": "1.00"}, True))
    told = told.with_item("capital", "i2", Item("shares", {"value": "1.00", "owners": "2", "owned_percent": "5"}, True))
    with pytest.raises(Refusal) as refused:
        case_of(told, "cambridgeshire", TODAY)
    (found,) = objections(refused.value, told)
    assert (found.page, found.fact) == ("capital.i2", "owned_percent")
    assert "not both" in found.says

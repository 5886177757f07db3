"""Sentences about the person, put to the person."""

import re

import pytest

from farthing.law import law
from farthing.service.questions.voice import spoken


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("The person pays £3.00 a week.", "You pay £3.00 a week."),
        ("Estimate: the person pays nothing.", "Estimate: you pay nothing."),
        ("The person is not responsible for any child.", "You are not responsible for any child."),
        ("The person may be missing Pension Credit.", "You may be missing Pension Credit."),
        ("The partner is below State Pension age.", "Your partner is below State Pension age."),
        ("Left to the person a week", "Left to you a week"),
        ("The person would pay their own top-up.", "You would pay your own top-up."),
        ("The person's share counts.", "Your share counts."),
        ("Nothing is paid for the home.", "Nothing is paid for the home."),
    ],
)
def test_it_speaks_to_the_person(written, said):
    assert spoken(written, "you") == said
    assert spoken(written, "them") == written


def test_no_sentence_shown_with_an_answer_comes_out_in_broken_english():
    facts = law().facts.values()
    shown = {fact.meaning for fact in facts} | {fact.presuming for fact in facts}
    shown |= {rule.remark for rule in law().rules.values()}
    wrong = re.compile(r"\b[Yy]ou (?:\w+s|is|has|was)\b(?<!this)|the person\b")
    assert not [said for said in (spoken(each, "you") for each in shown if each) if wrong.search(said)]

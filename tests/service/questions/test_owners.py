"""Whose name a thing is in is asked in plain words, and comes out as the number the law counts by."""

import pytest

from farthing.law import law
from farthing.service.questions.forms import FactsForm, initial

FACTS = [law().lists["capital"].facts["owners"]]


def form(data: dict[str, str] | None, **options: object) -> FactsForm:
    return FactsForm(FACTS, data, about="you", **options)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"owners": "1"}, {"owners": "1"}),
        ({"owners": "2"}, {"owners": "2"}),
        ({"owners": "more", "owners_number": "4"}, {"owners": "4"}),
        ({}, {}),
        ({"owners": "2", "owners_number": "9"}, {"owners": "2"}),
    ],
)
def test_names_become_the_number_of_owners(sent, said):
    answered = form(sent)
    assert answered.is_valid()
    assert answered.said() == said


@pytest.mark.parametrize("sent", [{"owners": "more"}, {"owners": "more", "owners_number": "2"}, {"owners": "nobody"}])
def test_more_names_than_two_are_counted_or_asked_for_again(sent):
    assert not form(sent).is_valid()


@pytest.mark.parametrize("number", ["1", "2", "5"])
def test_what_was_told_is_shown_again_and_says_the_same(number):
    shown = initial(FACTS, {"owners": number})
    assert form({name: str(value) for name, value in shown.items()}).is_valid()
    again = form({name: str(value) for name, value in shown.items()})
    again.is_valid()
    assert again.said() == {"owners": number}


def test_a_couple_is_asked_in_words_a_couple_uses():
    assert "Both our names, as a couple" in str([each for _, each in form(None).fields["owners"].choices])

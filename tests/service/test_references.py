"""References are never the same twice in a council's lifetime, and a slip in one is noticed."""

from unittest.mock import Mock

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from farthing.service.references import LENGTH, LETTERS, LONGEST, new_reference, read_reference, references_drawn_from

DRAWN = st.text(LETTERS, min_size=LENGTH, max_size=LENGTH)


@st.composite
def references(draw: st.DrawFn) -> str:
    """A reference of any kind."""
    letters = iter(draw(DRAWN))
    with references_drawn_from(Mock(choice=lambda _: next(letters))):
        return new_reference(draw(st.sampled_from(["FA", "P", "L", "SV", "J", "ME"])))


@given(references(), st.sampled_from(["", " ", "-", " - ", "."]))
def test_a_reference_is_read_however_it_is_typed(reference: str, between: str) -> None:
    typed = between.join(reference.split("-"))
    assert read_reference(typed) == read_reference(typed.lower()) == reference
    assert len(reference) <= LONGEST


@given(references(), st.integers(-LENGTH - 1, -1), st.sampled_from(LETTERS))
def test_a_letter_mistaken_for_another_is_noticed(reference: str, place: int, other: str) -> None:
    letters = list(reference.replace("-", ""))
    assume(letters[place] != other)
    letters[place] = other
    assert read_reference("".join(letters)) is None


@given(references(), st.integers(-LENGTH - 1, -2))
def test_two_neighbours_that_changed_places_are_noticed(reference: str, place: int) -> None:
    letters = list(reference.replace("-", ""))
    assume(letters[place] != letters[place + 1])
    letters[place], letters[place + 1] = letters[place + 1], letters[place]
    assert read_reference("".join(letters)) is None


@pytest.mark.parametrize(
    "typed", ["", "FA", "Mrs Fotheringay", "CB1 1AA", "943 476 5919", "12/03/1941", "7K3M-2QXT-H4WR", "\0"]
)
def test_what_is_no_reference_is_read_as_none(typed: str) -> None:
    assert read_reference(typed) is None


def test_in_ten_million_references_two_are_hardly_ever_the_same():
    assert 10_000_000**2 / 2 / len(LETTERS) ** LENGTH < 1 / 200
    assert len({new_reference("L") for _ in range(1_000)}) == 1_000

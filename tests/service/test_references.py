"""References are never the same twice in a council's lifetime, and a slip in one is noticed."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from farthing.service.references import LETTERS, LONGEST, new_reference, read_reference

PREFIXES = st.sampled_from(["FA", "P", "L", "SV", "J", "ME"])


@given(PREFIXES, st.data())
def test_a_reference_is_read_however_it_is_typed(prefix: str, data: st.DataObject) -> None:
    reference = new_reference(prefix)
    assert reference.startswith(f"{prefix}-") and len(reference) <= LONGEST
    between = data.draw(st.sampled_from(["", " ", "-", " - ", "."]))
    typed = between.join(reference.split("-"))
    assert read_reference(data.draw(st.sampled_from([typed, typed.lower()]))) == reference


@given(PREFIXES, st.integers(1, 12), st.sampled_from(LETTERS))
def test_a_letter_mistaken_for_another_is_noticed(prefix: str, place: int, other: str) -> None:
    letters = new_reference(prefix).replace("-", "")
    at = len(prefix) + place - 1
    assume(letters[at] != other)
    assert read_reference(letters[:at] + other + letters[at + 1 :]) is None


@given(PREFIXES, st.integers(1, 11))
def test_two_neighbours_that_changed_places_are_noticed(prefix: str, place: int) -> None:
    letters = new_reference(prefix).replace("-", "")
    at = len(prefix) + place - 1
    assume(letters[at] != letters[at + 1])
    assert read_reference(letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]) is None


@pytest.mark.parametrize(
    "typed", ["", "FA", "Mrs Fotheringay", "CB1 1AA", "943 476 5919", "12/03/1941", "7K3M-2QXT-H4WR", "\0"]
)
def test_what_is_no_reference_is_read_as_none(typed: str) -> None:
    assert read_reference(typed) is None


def test_a_hundred_thousand_references_are_all_different() -> None:
    assert len({new_reference("L") for _ in range(100_000)}) == 100_000

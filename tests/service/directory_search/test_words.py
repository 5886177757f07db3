"""Words by their stems, in plain letters; how far two are apart; what a listing is found by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farthing.service.directory.entry import Offer
from farthing.service.directory.search import listing_words
from farthing.service.directory.spelling import apart, nearest
from farthing.service.directory.terms import kinds_of_help
from farthing.service.directory.words import (
    LONGEST_WORD,
    alternatives,
    folded,
    stem,
    tokens,
    words_and_stems,
    words_with_synonyms,
)
from tests.service.directory_search.listings import entry


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("O'Brien", "obrien"),
        ("O’Brién", "obrien"),  # noqa: RUF001
        ("home-care & CLEANING", "home care cleaning"),
        ("Łódź Straße Ægir", "lodz strasse aegir"),
        ("St. Ives", "st ives"),
        ("1\u00a02\t3", "1 2 3"),
        ("'\"*()%_\0😀", ""),
    ],
)
def test_a_text_is_folded_to_plain_small_letters(text, plain):
    assert folded(text) == plain


@given(st.text())
def test_whatever_is_folded_holds_letters_a_to_z_and_figures_alone_and_stays_so(text):
    for word in folded(text).split():
        assert word.isascii() and word.isalnum() and word == word.lower() and len(word) <= LONGEST_WORD
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(("word", "other"), [("gardening", "gardens"), ("cooked", "cooking"), ("meals", "meal")])
def test_endings_are_taken_off(word, other):
    assert stem(word) == stem(other)


def test_words_that_say_nothing_are_passed_over():
    assert tokens("Somebody to help me with the shopping, and for my dog") == ["help", "shopping", "dog"]


def test_an_index_keeps_each_word_once_with_its_stem():
    assert words_and_stems("Gardening, garden and gardening") == "gardening garden"


def test_several_words_are_one_thing_where_they_are_declared_so():
    taken, ways = alternatives([stem("sitting"), stem("service"), stem("dog")])
    assert taken == 2 and (stem("respite"),) in ways
    assert alternatives(["knit", "respit"]) == (1, [("knit",)])


def test_every_declared_word_is_one_that_is_not_passed_over_and_fits():
    assert words_with_synonyms()
    assert all(tokens(word) == [word] for word in words_with_synonyms())


@pytest.mark.parametrize(
    ("one", "other", "by"),
    [
        ("care", "care", 0),
        ("care", "cares", 1),
        ("care", "crae", 1),
        ("care", "dare", 1),
        ("care", "", 3),
        ("abcd", "wxyz", 3),
    ],
)
def test_the_distance_counts_what_is_added_left_out_changed_or_swapped(one, other, by):
    assert apart(one, other, most=2) == by


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_the_distance_is_the_same_both_ways_and_none_only_of_a_word_to_itself(one, other):
    assert apart(one, other, most=6) == apart(other, one, most=6)
    assert (apart(one, other, most=6) == 0) == (one == other)


@given(st.text("abcdefg", max_size=8), st.text("abcdefg", max_size=8), st.integers(0, 3))
def test_a_distance_that_is_no_longer_counted_is_above_the_most(one, other, most):
    counted, whole = apart(one, other, most=most), apart(one, other, most=8)
    assert counted == whole if whole <= most else counted > most


def test_a_short_word_is_taken_for_no_other_and_a_longer_one_for_the_nearest():
    assert nearest("cat", ["car"]) == []
    assert nearest("shoping", ["shipping", "shopping", "hopping"])[0] == "shopping"
    assert nearest("xylophone", ["shopping"]) == []


def test_a_listing_is_found_by_its_name_its_place_what_it_says_and_whom_it_helps():
    written = entry(
        "Bramble Invented",
        about="Knitting together",
        offers=(Offer("personal_care", says="mornings"),),
        helps=("dementia",),
        languages=("en", "pl"),
    )
    name, words = listing_words(written, "St Ives")
    assert name.split() == ["bramble", "brambl", "invented", "invent"]
    assert {"ives", "knitting", "knit", "mornings", "washing", "dementia", "polish"} <= set(words.split())
    assert "english" not in words.split() and "cb1" not in words.split()


def test_a_listing_with_terms_that_are_no_longer_declared_is_still_found_by_the_rest():
    assert "gone" not in kinds_of_help()
    assert (
        listing_words(entry("A", offers=(Offer("gone"),), helps=("gone",), languages=("xx",)), "Ely")[1].split()[0]
        == "ely"
    )


def test_neither_telephone_nor_address_is_searched():
    written = entry("A", phone="01632960901", email="secretly@enterprise.example", website="https://hidden.example")
    for words in listing_words(written, "Ely"):
        assert not {"01632960901", "secretly", "hidden", "cb1", "2ab"} & set(words.split())

"""A letter is handed exactly what it declares: nothing missing, nothing more, each of its kind, and all of it printed."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest

from farthing.base.refusal import Problem, Refusal
from farthing.letters import Letter, letter, letters, render
from farthing.letters.fields import COLOUR, FLAG, SVG, Field, Lines, Many, Record
from tests.letters.reading_back import AT, EVERY_LETTER, elements, words

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0H9"/></svg>'


def problems_of(name: str, data: dict[str, Any]) -> tuple[Problem, ...]:
    with pytest.raises(Refusal) as refused:
        render(name, data, at=AT)
    return refused.value.problems


def filled(fields: tuple[Field, ...], token: Callable[[], str]) -> dict[str, Any]:
    """A value for every field, also for those that may have none, each text another token."""
    return {field.name: _filled(field.kind, token) for field in fields}


def _filled(kind: Any, token: Callable[[], str]) -> Any:
    if isinstance(kind, Record):
        return filled(kind.fields, token)
    if isinstance(kind, Many):
        return [filled(kind.fields, token) for _ in range(2)]
    if isinstance(kind, Lines):
        return [token(), token()]
    return {COLOUR: "#1d5b79", FLAG: False, SVG: DRAWING}[kind] if kind in (COLOUR, FLAG, SVG) else token()


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to every named field in an example, at any depth."""
    if isinstance(value, dict):
        for name, inside in value.items():
            yield (*path, name)
            yield from places(inside, (*path, name))
    elif isinstance(value, list):
        for number, inside in enumerate(value):
            yield from places(inside, (*path, number))


def written(path: tuple[Any, ...]) -> str:
    """A path as a refusal writes it: chapters[0].lines[1].law."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


@pytest.mark.parametrize("name", letters())
def test_the_example_is_what_the_letter_declares(name):
    letter(name).check(letter(name).example)


@pytest.mark.parametrize(("name", "form"), EVERY_LETTER)
def test_every_text_handed_in_is_printed(name, form):
    tokens = list[str]()

    def token() -> str:
        tokens.append(f"Q{len(tokens):03}Z")
        return tokens[-1]

    pdf = render(name, filled(letter(name).fields, token), form=form, at=AT)
    said = words(pdf) + " ".join(alternative for _, alternative in elements(pdf))
    assert [each for each in tokens if each not in said] == []


@pytest.mark.parametrize("name", letters())
def test_each_field_left_out_is_refused_by_its_place(name):
    for path in places(letter(name).example):
        data = deepcopy(dict(letter(name).example))
        _holder(data, path).pop(path[-1])
        with pytest.raises(Refusal) as refused:
            letter(name).check(data)
        assert [(each.field, each.problem) for each in refused.value.problems] == [(written(path), "is missing")]


@pytest.mark.parametrize("name", letters())
def test_a_field_nobody_declared_is_refused_wherever_it_stands(name):
    for path in places(letter(name).example):
        data = deepcopy(dict(letter(name).example))
        _holder(data, path)["shoe_size"] = "nine"
        with pytest.raises(Refusal) as refused:
            letter(name).check(data)
        place = written((*path[:-1], "shoe_size"))
        assert [each.field for each in refused.value.problems] == [place]


def _holder(data: Any, path: tuple[Any, ...]) -> Any:
    for part in path[:-1]:
        data = data[part]
    return data


def test_all_that_is_wrong_is_said_at_once():
    data = {**letter("decision").example, "pays": 8615, "starts": None, "chapters": "none", "extra": "text"}
    del data["date"]
    assert {each.field for each in problems_of("decision", data)} == {"pays", "starts", "chapters", "extra", "date"}


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("pays", 8615, "is not text: 8615"),
        ("pays", "", "is empty"),
        ("pays", "  ", "is empty"),
        ("pays", None, "is not text: None"),
        ("pays", "£1\n£2", "has a character that cannot be printed: U+000A"),
        ("pays", "\x00", "has a character that cannot be printed: U+0000"),
        ("salutation", "Dear \u202eMrs", "has a character that cannot be printed: U+202E"),
        ("salutation", "Dear \ud800", "has a character that cannot be printed: U+D800"),
        ("headline", "You pay", "is not a list of lines: 'You pay'"),
        ("headline", [], "has 0 lines"),
        ("chapters", {}, "is not a list: {}"),
        ("decided_by", "Sam", "is not a group of name, role: 'Sam'"),
    ],
)
def test_a_value_of_another_kind_is_refused_with_what_is_wrong(field, value, problem):
    found = problems_of("decision", {**letter("decision").example, field: value})
    assert [(each.field, each.problem) for each in found] == [(field, problem)]
    assert found[0].what_to_do


@pytest.mark.parametrize(
    ("place", "value"), [("colour", "blue"), ("colour", "#12345"), ("logo", {"svg": "logo.png", "alt": "Logo"})]
)
def test_a_council_that_is_drawn_wrongly_is_refused(place, value):
    council = {**letter("decision").example["council"], place: value}
    found = problems_of("decision", {**letter("decision").example, "council": council})
    assert found[0].field.startswith(f"council.{place}")


def test_a_flag_is_true_or_false_and_never_a_word():
    to = {**letter("decision").example["to"], "estate": "no"}
    found = problems_of("decision", {**letter("decision").example, "to": to})
    assert [each.field for each in found] == ["to.estate"]


def test_a_letter_nobody_wrote_is_refused_with_those_there_are():
    with pytest.raises(Refusal, match="decision_easy_read"):
        render("valentine", {}, at=AT)


def test_every_field_says_what_it_means():
    def meanings(fields: tuple[Field, ...]) -> Iterator[str]:
        for field in fields:
            yield field.meaning
            yield from meanings(field.kind.fields) if isinstance(field.kind, Record | Many) else ()

    every: list[Letter] = list(letters().values())
    assert all(len(meaning) > 5 for each in every for meaning in meanings(each.fields))

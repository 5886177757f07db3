"""What does not fit is made to fit or refused: long, many, hostile, in other letters; nothing is lost or runs over."""

import pytest

from farthing.base.refusal import Refusal
from farthing.letters import Form, letters
from farthing.letters.notify import letter_problems
from tests.letters.reading_back import elements, pages, printed, words
from tests.letters.test_zones import ON_ANOTHER_PAGE, ON_THE_FIRST_PAGE, ink_outside

TO, COUNCIL = (letters()["decision"].example[name] for name in ("to", "council"))
HOSTILE = [
    '#import "x": *', "*bold*", "_slanted_", "<script>alert(1)</script>", "$x^2$", "= Heading", "#panic()", "\\", "`raw`",
    "//comment", "@reference", "<label>", '"}],', "#sys.inputs", "~", "[content]", "{code}", "- point", "...", "'quoted'",
]  # fmt: skip
IN_OTHER_LETTERS = ["Zoë Łukasiewicz", "Ñandú Çelik", "Αθηνά Παππά", "Иван Петров", "Siân O'Næss-Ðung", "q̃uỳnh"]


def with_lines(count: int) -> list[dict[str, object]]:
    """A working of one chapter with so many lines."""
    line = {"note": "every week", "law": "SI 2014/2672 reg 14", "why": "What the law says of it, in a sentence."}
    return [{"name": "Income", "lines": [{**line, "label": f"Line {n}", "amount": f"£{n}.17"} for n in range(count)]}]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_printed_as_it_is_written(name):
    pdf = printed("decision", to={**TO, "name": name}, salutation=f"Dear {name}")
    assert f"Dear {name}" in words(pdf)
    assert pages(pdf)[0].count(name) >= 2


@pytest.mark.parametrize("name", IN_OTHER_LETTERS)
def test_a_name_in_other_letters_is_printed(name):
    assert f"Dear {name}" in words(printed("decision", salutation=f"Dear {name}"))


def test_a_name_written_from_right_to_left_is_printed_whole():
    said = words(printed("decision", headline=["שלום", "Answer"]))
    assert set("שלום") <= set(said)


@pytest.mark.parametrize("name", ["山田", "مريم", "Smile 😀", "A \ufffd B", "Snow ☃"])
def test_a_character_the_font_does_not_have_is_refused_and_no_box_is_printed(name):
    with pytest.raises(Refusal) as refused:
        printed("decision", to={**TO, "name": name})
    problem = refused.value.problems[0]
    assert problem.field == "to.name"
    assert "has a character the letter's font does not have" in problem.problem


@pytest.mark.parametrize("address", [["The Example House of Nowhere " * 5, "ZZ99 9ZZ"], ["A line"] * 9])
def test_an_address_that_does_not_fit_the_window_is_refused(address):
    with pytest.raises(Refusal, match="to does not fit: the address"):
        printed("decision", to={**TO, "address": address})


@pytest.mark.parametrize("form", Form)
def test_a_council_that_does_not_fit_the_first_page_is_refused(form):
    with pytest.raises(Refusal, match="council does not fit: the council's name"):
        printed("decision", form, council={**COUNCIL, "name": "The Council of the Example " * 8})
    contact = {**COUNCIL["contact"], "telephone": "01632 960 001 " * 40}
    with pytest.raises(Refusal, match="council does not fit: the council's contact"):
        printed("decision", form, council={**COUNCIL, "contact": contact})


@pytest.mark.parametrize("size", ["900 60", "60 200", "200 100"])
def test_a_logo_of_any_shape_stays_in_its_zone(size):
    width, height = size.split()
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}"><rect width="{width}" height="{height}"/></svg>'
    )
    pdf = printed("decision", council={**COUNCIL, "logo": {"svg": svg, "alt": "The arms of Exampleshire"}})
    assert ink_outside(pdf, 0, ON_THE_FIRST_PAGE) == []
    assert ("Figure", "The arms of Exampleshire") in elements(pdf)


@pytest.mark.parametrize("form", Form)
def test_words_without_a_gap_are_broken_before_the_margin(form):
    long = "Pneumono" * 25
    chapters = [{"name": long, "lines": [{"label": long, "amount": "£1.00", "note": long, "law": long, "why": long}]}]
    pdf = printed("decision", form, headline=[long], salutation=long, pays=long, chapters=chapters)
    for number in range(len(pages(pdf))):
        assert ink_outside(pdf, number, ON_ANOTHER_PAGE if number else ON_THE_FIRST_PAGE) == []
    assert words(pdf).replace(" ", "").count(long) >= 8


@pytest.mark.parametrize("form", Form)
def test_a_working_of_forty_lines_goes_on_overleaf_under_the_same_headings(form):
    pdf = printed("decision", form, chapters=with_lines(40))
    said = words(pdf)
    assert [n for n in range(40) if f"Line {n} (every week)" not in said or f"£{n}.17" not in said] == []
    with_rows = [page for page in pages(pdf) if "(every week)" in page]
    assert len(with_rows) > 1
    assert all("Amount" in page for page in with_rows)
    assert [kind for kind, _ in elements(pdf)].count("Table") == 3
    assert letter_problems(pdf) == []


def test_more_than_ten_pages_are_printed_and_sent_by_other_means():
    pdf = printed("decision", Form.LARGE_PRINT, chapters=with_lines(120))
    assert "£119.17" in words(pdf)
    (problem,) = letter_problems(pdf)
    assert "pages and Notify takes 10" in problem.problem
    assert "other means" in problem.what_to_do


def test_a_drawing_that_is_broken_is_refused():
    with pytest.raises(Refusal, match="drawing cannot be read"):
        printed("estimate", chart={"svg": "<svg><path", "alt": "A line"})


def test_the_words_in_a_drawing_are_printed_whatever_font_it_asks_for():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30">'
        '<text x="5" y="20" font-family="Helvetica, sans-serif">Nought</text></svg>'
    )
    assert "Nought" in words(printed("estimate", chart={"svg": svg, "alt": "A word"}))


def test_a_letter_with_nothing_optional_to_say_has_no_empty_parts():
    nothing = {"supersedes": None, "chapters": [], "assumed": [], "remarks": [], "bill": [], "may_change": []}
    said = words(printed("decision", **nothing))
    for heading in (
        "How we worked it out",
        "What we assumed",
        "What else to know",
        "What may change",
        "What is different",
    ):
        assert heading not in said

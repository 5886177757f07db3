"""A letter fits the window envelope: each part of the first page in its own zone, the margins white, as Notify asks."""

import pypdfium2
import pytest

from farthing.letters import Form, envelope, letters
from farthing.letters.notify import address_problems, letter_problems
from tests.letters.reading_back import EVERY_LETTER, Mark, marks, pages, printed

Zone = tuple[float, float, float, float]
LOGO, ADDRESS, CONTACT, TEXT = (15, 5, 125, 30), (24.6, 39.5, 120, 66.3), (125, 5, 195, 95), (15, 95, 195, 292)
ON_THE_FIRST_PAGE = (LOGO, ADDRESS, CONTACT, TEXT)
ON_ANOTHER_PAGE = ((15, 5, 195, 292),)
SENT = [(name, form) for name, form in EVERY_LETTER if letters()[name].example["to"]]
SEVEN_LINES = [
    "The Very Long Example House Name",
    "Flat 12b",
    "1 Nowhere Road",
    "Little Example",
    "Exampleton",
    "ZZ99 9ZZ",
]
PIXELS_IN_A_MILLIMETRE = 4


def inside(mark: Mark, zone: Zone) -> bool:
    left, top, right, bottom = zone
    return left <= mark.left and mark.right <= right and top <= mark.top and mark.bottom <= bottom


def ink_outside(pdf: bytes, number: int, zones: tuple[Zone, ...]) -> list[tuple[int, int]]:
    """Where, in whole millimetres, a page is not white outside the zones, drawings and lines included."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[number].render(scale=PIXELS_IN_A_MILLIMETRE * 25.4 / 72).to_pil().convert("L")
    for zone in zones:
        picture.paste(255, tuple(round(side * PIXELS_IN_A_MILLIMETRE) for side in zone))
    width, pixels = picture.width, picture.tobytes()
    dark = {divmod(place, width) for place, pixel in enumerate(pixels) if pixel < 128}
    return sorted({(x // PIXELS_IN_A_MILLIMETRE, y // PIXELS_IN_A_MILLIMETRE) for y, x in dark})


@pytest.mark.parametrize(("name", "form"), SENT)
def test_everything_stands_inside_the_zones(name, form):
    pdf = printed(name, form)
    for number in range(len(pages(pdf))):
        zones = ON_ANOTHER_PAGE if number else ON_THE_FIRST_PAGE
        assert [mark for mark in marks(pdf, number) if not any(inside(mark, zone) for zone in zones)] == []
        assert ink_outside(pdf, number, zones) == []


@pytest.mark.parametrize(("name", "form"), [each for each in EVERY_LETTER if each not in SENT])
def test_a_letter_that_goes_to_no_address_keeps_its_margins(name, form):
    pdf = printed(name, form)
    assert [ink_outside(pdf, number, ON_ANOTHER_PAGE) for number in range(len(pages(pdf)))] == [[]] * len(pages(pdf))


@pytest.mark.parametrize(("name", "form"), SENT)
def test_the_window_shows_the_address_line_by_line_and_nothing_else(name, form):
    assert in_the_window(printed(name, form)) == envelope(letters()[name].example["to"])


@pytest.mark.parametrize("form", Form)
def test_an_address_of_seven_lines_stays_in_the_window(form):
    to = {"name": "Mrs Bartholomea Invented-Fictional", "address": SEVEN_LINES, "estate": False}
    pdf = printed("decision", form, to=to)
    assert in_the_window(pdf) == envelope(to)
    assert ink_outside(pdf, 0, ON_THE_FIRST_PAGE) == []


def test_a_very_long_name_is_set_smaller_and_stays_on_its_line():
    long = "Mrs Bartholomea Anastasia Wilhelmina Invented-Fictional of Example"
    to = {"name": long, "address": SEVEN_LINES[1:], "estate": False}
    pdf = printed("decision", to=to)
    assert in_the_window(pdf) == envelope(to)
    assert ink_outside(pdf, 0, ON_THE_FIRST_PAGE) == []


def test_after_a_death_the_window_names_the_personal_representatives():
    shown = in_the_window(printed("review_outcome"))
    assert " ".join(shown[:2]) == "The personal representatives of the estate of Mr Edwin Pretend"


@pytest.mark.parametrize(("name", "form"), SENT)
def test_notify_would_take_every_example(name, form):
    assert letter_problems(printed(name, form)) == []
    assert address_problems(envelope(letters()[name].example["to"])) == []


def test_the_check_finds_a_mark_in_the_margin():
    assert ink_outside(printed("decision"), 0, (LOGO, ADDRESS, TEXT)) != []
    assert ink_outside(printed("decision"), 1, ()) != []


def in_the_window(pdf: bytes) -> list[str]:
    """The lines that show through the envelope's window, with three millimetres around it, as Notify reads them."""
    left, top, right, bottom = ADDRESS
    millimetre = 72 / 25.4
    with pypdfium2.PdfDocument(pdf) as document:
        height, text = document[0].get_height(), document[0].get_textpage()
        box = ((left - 3) * millimetre, height - (bottom + 3) * millimetre, (right + 3) * millimetre)
        found = text.get_text_bounded(*box, height - (top - 3) * millimetre)
    return [line for line in found.replace("\r\n", "\n").split("\n") if line.strip()]

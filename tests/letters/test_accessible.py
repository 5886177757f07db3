"""A letter can be read by everybody: by its tags, its headings, its words for pictures, and in large print by its type."""

from io import BytesIO
from itertools import pairwise

import page
import pikepdf
import pytest

from farthing.letters import Form, letters
from tests.letters.reading_back import EVERY_LETTER, elements, marks, pages, printed

RULES = {"ua1": 104, "2a": 154}
WINDOW = (24.6, 39.5, 120, 66.3)


@pytest.mark.parametrize("standard", RULES)
@pytest.mark.parametrize(("name", "form"), EVERY_LETTER)
def test_every_letter_keeps_every_rule_of_the_accessible_and_the_lasting_pdf(name, form, standard):
    report = page.validate_pdf_bytes(printed(name, form), profile=standard)
    assert [(failed.rule_id, failed.message) for failed in report.failures] == []
    assert report.is_compliant
    assert report.rules.total >= RULES[standard]


def test_the_check_finds_a_letter_whose_title_was_taken_away():
    stripped = BytesIO()
    with pikepdf.open(BytesIO(printed("decision"))) as pdf:
        with pdf.open_metadata() as metadata:
            del metadata["dc:title"]
        pdf.save(stripped)
    assert not page.validate_pdf_bytes(stripped.getvalue(), profile="ua1").is_compliant


@pytest.mark.parametrize(("name", "form"), EVERY_LETTER)
def test_a_letter_says_its_title_and_its_language(name, form):
    with pikepdf.open(BytesIO(printed(name, form))) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"]) in " ".join(pages(printed(name, form))[0].split())


@pytest.mark.parametrize(("name", "form"), EVERY_LETTER)
def test_headings_start_at_the_first_level_and_miss_none_out(name, form):
    levels = [int(kind[1]) for kind, _ in elements(printed(name, form)) if kind[0] == "H" and kind[1:].isdigit()]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(("name", "form"), EVERY_LETTER)
def test_every_table_has_header_cells_and_every_picture_words(name, form):
    found = elements(printed(name, form))
    kinds = [kind for kind, _ in found]
    assert kinds.count("THead") == kinds.count("Table")
    assert kinds.count("TH") >= 2 * kinds.count("Table")
    assert all(alternative for kind, alternative in found if kind == "Figure")


def test_easy_read_has_a_sign_beside_what_it_says():
    signs = {alternative for kind, alternative in elements(printed("decision_easy_read")) if kind == "Figure"}
    assert {"A coin with a pound sign", "A town hall", "A calendar with one day marked", "An envelope"} <= signs


@pytest.mark.parametrize("name", letters())
def test_in_large_print_nothing_but_the_address_and_a_drawing_is_smaller_than_eighteen_points(name):
    small = smaller_than(18, name, Form.LARGE_PRINT)
    assert small == ("£0£100£200£300£0£14,250£23,250£86.15now" if name == "estimate" else "")


def test_easy_read_is_big_in_its_standard_form_too():
    assert smaller_than(14, "decision_easy_read", Form.STANDARD) == ""


def test_the_standard_form_is_smaller_than_large_print():
    assert smaller_than(18, "decision", Form.STANDARD) != ""


def smaller_than(points: int, name: str, form: Form) -> str:
    """What is set smaller, outside the envelope's window."""
    pdf, left, top, right, bottom = printed(name, form), *WINDOW
    found = list[str]()
    for number in range(len(pages(pdf))):
        for mark in marks(pdf, number):
            in_window = number == 0 and left <= mark.left <= right and top <= mark.top <= bottom
            if not in_window and mark.size < points - 0.01:
                found.append(mark.character)
    return "".join(found)

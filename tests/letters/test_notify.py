"""What Notify would refuse is found before it is sent: an address it cannot read, a file it will not print."""

from io import BytesIO

import pikepdf
import pytest

from farthing.letters import envelope
from farthing.letters.notify import MOST_BYTES, MUST_NOT_START, address_problems, letter_problems
from tests.letters.reading_back import printed

GOOD = ["Mrs Olive Invented", "1 Nowhere Road", "Exampleton", "ZZ99 9ZZ"]


def changed(change) -> bytes:
    """The decision letter after something was done to its PDF."""
    saved = BytesIO()
    with pikepdf.open(BytesIO(printed("decision"))) as pdf:
        change(pdf)
        pdf.save(saved)
    return saved.getvalue()


def said(lines: list[str]) -> str:
    return "; ".join(each.problem for each in address_problems(lines))


@pytest.mark.parametrize(
    "last",
    ["ZZ99 9ZZ", "zz99 9zz", "ZZ999ZZ", "M1 1AA", "EC1A 1BB", "BFPO 57", "France", "IRELAND", "Malta"],
)
def test_an_address_that_ends_with_a_postcode_or_a_country_is_good(last):
    assert address_problems([*GOOD[:-1], last]) == []


@pytest.mark.parametrize("last", ["Exampleton", "England", "PE29", "ZZ99 9Z", "12345", "ZZ99 9ZZ.", "United Kingdom"])
def test_an_address_that_ends_otherwise_is_refused(last):
    assert "ends with neither a UK postcode nor a country" in said([*GOOD[:-1], last])


@pytest.mark.parametrize("count", [3, 7])
def test_from_three_to_seven_lines_are_good(count):
    assert address_problems([*["A line"] * (count - 1), "ZZ99 9ZZ"]) == []


@pytest.mark.parametrize("count", [1, 2, 8])
def test_fewer_and_more_lines_are_refused(count):
    assert f"has {count} lines" in said([*["A line"] * (count - 1), "ZZ99 9ZZ"])


def test_no_lines_at_all_are_refused():
    assert "has 0 lines" in said([])


@pytest.mark.parametrize("first", MUST_NOT_START)
def test_a_line_that_starts_with_a_character_notify_refuses_is_found_by_its_number(first):
    (problem,) = address_problems([GOOD[0], f"{first}1 Nowhere Road", *GOOD[2:]])
    assert problem.field == "address[1]"
    assert problem.problem.endswith(first)


def test_an_empty_line_is_found():
    assert [each.field for each in address_problems([GOOD[0], " ", *GOOD[2:]])] == ["address[1]"]


def test_an_estate_is_addressed_on_two_lines():
    to = {"name": "Mr Edwin Pretend", "address": GOOD[1:], "estate": True}
    assert envelope(to) == ["The personal representatives of", "the estate of Mr Edwin Pretend", *GOOD[1:]]
    assert envelope(None) == []


def test_a_good_letter_has_no_problems():
    assert letter_problems(printed("decision")) == []


def test_a_letter_that_is_no_pdf_is_refused():
    (problem,) = letter_problems(b"Dear Mrs Invented")
    assert "cannot be read as a PDF" in problem.problem


def test_a_page_that_is_not_upright_a4_is_refused():
    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].rotate(90, relative=True)

    def widen(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].mediabox = [0, 0, 612, 792]

    assert [each.field for each in letter_problems(changed(turn))] == ["page 2"]
    assert [each.field for each in letter_problems(changed(widen))] == ["page 1"]


def test_a_font_that_is_not_carried_is_refused():
    def lose(pdf: pikepdf.Pdf) -> None:
        for font in pdf.pages[0].resources["/Font"].values():
            for inside in font["/DescendantFonts"]:
                descriptor = inside["/FontDescriptor"]
                for key in ("/FontFile2", "/FontFile3"):
                    if key in descriptor:
                        del descriptor[key]

    problems = letter_problems(changed(lose))
    assert problems
    assert all("without carrying it" in each.problem for each in problems)


def test_more_than_two_megabytes_are_refused():
    def fatten(pdf: pikepdf.Pdf) -> None:
        pdf.Root["/Fat"] = pdf.make_stream(bytes(range(256)) * (MOST_BYTES // 256))

    def save(pdf: pikepdf.Pdf) -> bytes:
        saved = BytesIO()
        pdf.save(saved, compress_streams=False)
        return saved.getvalue()

    with pikepdf.open(BytesIO(printed("decision"))) as pdf:
        fatten(pdf)
        (problem,) = letter_problems(save(pdf))
    assert "bytes and Notify takes 2,097,152" in problem.problem

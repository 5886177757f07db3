"""A payment number is made as the collector has it, and its barcode is read back from the printed invoice by a real reader."""

import re
from copy import deepcopy
from functools import cache

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from farthing.base.refusal import Refusal
from farthing.exchange.payment_barcode import CheckRule, Layout, Symbology, barcode, is_right, payment_number
from farthing.letters import Form, letters
from tests.letters.reading_back import pages, printed
from tests.letters.test_zones import ON_ANOTHER_PAGE, ink_outside

COLLECTOR = Layout("98265100", 19, CheckRule.LUHN, with_amount=False, symbology=Symbology.GS1_128)
WITH_AMOUNT = Layout("9826", 27, CheckRule.LUHN, with_amount=True, symbology=Symbology.CODE_128)
UNCHECKED = Layout("91", 10, CheckRule.NONE, with_amount=False, symbology=Symbology.GS1_128)
LONGEST = Layout("9826", 48, CheckRule.LUHN, with_amount=True, symbology=Symbology.GS1_128)
LAYOUTS = [COLLECTOR, WITH_AMOUNT, UNCHECKED, LONGEST]

PREFIXES = st.text("0123456789", min_size=1, max_size=8)
SOME_LAYOUTS = st.builds(
    Layout,
    prefix=PREFIXES,
    length=st.integers(20, 48),
    check_rule=st.sampled_from(CheckRule),
    with_amount=st.booleans(),
    symbology=st.sampled_from(Symbology),
)


def test_a_number_is_the_prefix_the_account_in_its_place_and_a_check_digit():
    assert payment_number(COLLECTOR, "417") == "9826510000000004178"
    assert payment_number(UNCHECKED, "417") == "9100000417"


def test_a_number_has_the_amount_in_pence_where_the_layout_wants_it():
    number = payment_number(WITH_AMOUNT, "417", 27535)
    assert (number[:4], number[4:18], number[18:26]) == ("9826", "00000000000417", "00027535")


@given(SOME_LAYOUTS, st.integers(0, 999), st.integers(1, 99_999_999))
def test_a_number_that_was_made_is_right_and_with_any_one_digit_changed_it_is_not(layout, account, amount):
    number = payment_number(layout, str(account), amount)
    assert len(number) == layout.length
    assert is_right(number, layout)
    for place, digit in enumerate(number):
        other = number[:place] + str((int(digit) + 1) % 10) + number[place + 1 :]
        assert is_right(other, layout) is (layout.check_rule is CheckRule.NONE and place >= len(layout.prefix))


@pytest.mark.parametrize(
    "number", ["", "98265100", "9826510000000004170", "\u0669826510000000004178", "982651000000000417 "]
)
def test_what_is_no_number_of_the_layout_is_not_right_and_has_no_barcode(number):
    assert not is_right(number, COLLECTOR)
    with pytest.raises(Refusal, match="is not of the layout"):
        barcode(number, COLLECTOR)


@pytest.mark.parametrize(
    ("account", "amount", "field"),
    [
        ("FA-417", 1, "account_number"),
        ("", 1, "account_number"),
        ("\u0664\u0661\u0667", 1, "account_number"),
        ("123456789012345", 1, "account_number"),
        ("417", None, "amount"),
        ("417", 0, "amount"),
        ("417", -1, "amount"),
        ("417", 100_000_000, "amount"),
    ],
)
def test_what_does_not_fit_the_number_is_refused(account, amount, field):
    with pytest.raises(Refusal) as refused:
        payment_number(WITH_AMOUNT, account, amount)
    assert [each.field for each in refused.value.problems] == [field]
    assert refused.value.problems[0].what_to_do


@pytest.mark.parametrize(
    ("prefix", "length", "field"),
    [("98A", 19, "prefix"), ("", 19, "prefix"), ("98", 49, "length"), ("98", 3, "length")],
)
def test_a_layout_that_cannot_be_kept_is_refused(prefix, length, field):
    with pytest.raises(Refusal) as refused:
        Layout(prefix, length, CheckRule.LUHN, with_amount=False, symbology=Symbology.CODE_128)
    assert [each.field for each in refused.value.problems] == [field]


def test_the_same_number_is_drawn_the_same_again_and_no_barcode_is_wider_than_readers_take():
    number = payment_number(COLLECTOR, "417")
    assert barcode(number, COLLECTOR) == barcode(number, COLLECTOR)
    width = re.search(r'width="([0-9]+)\.[0-9]mm"', barcode(payment_number(LONGEST, "1", 1), LONGEST))
    assert width is not None and int(width[1]) < 165


@cache
def invoice(layout: Layout, form: Form) -> tuple[bytes, str]:
    """An invoice with the barcode of a number, and the number."""
    number = payment_number(layout, "417", 27535)
    slip = deepcopy(letters()["invoice"].example["slip"])
    slip["reference"] = number
    slip["barcode"] = {"svg": barcode(number, layout), "alt": f"Barcode of the payment number {number}"}
    return printed("invoice", form, slip=slip), number


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("dots_an_inch", [150, 200, 300, 600])
def test_the_barcode_of_a_printed_invoice_is_read_back(layout, form, dots_an_inch):
    pdf, number = invoice(layout, form)
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[len(document) - 1].render(scale=dots_an_inch / 72, grayscale=True).to_pil()
    (found,) = zxingcpp.read_barcodes(picture, text_mode=zxingcpp.TextMode.Plain)
    assert found.text == number
    mark = {Symbology.GS1_128: "]C1", Symbology.CODE_128: "]C0"}[layout.symbology]
    assert found.symbology_identifier == mark


@pytest.mark.parametrize("form", Form)
def test_the_widest_barcode_stays_inside_the_margins_of_the_slip(form):
    pdf, _ = invoice(LONGEST, form)
    assert ink_outside(pdf, len(pages(pdf)) - 1, ON_ANOTHER_PAGE) == []


def test_the_barcode_in_the_example_is_of_the_number_printed_beside_it():
    slip = letters()["invoice"].example["slip"]
    number = slip["reference"].replace(" ", "")
    assert number == payment_number(COLLECTOR, "417")
    assert slip["barcode"]["svg"].strip() == barcode(number, COLLECTOR)

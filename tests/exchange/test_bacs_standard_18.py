"""A Bacs file stands as the standard has it, pays exactly what it was handed, and reads back whole or not at all."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farthing.base.days import day
from farthing.base.refusal import Refusal
from farthing.exchange.bacs_standard_18 import read, write
from farthing.exchange.payments import Payment, totals_by_day
from tests.exchange.drawn import PAYERS, PAYMENTS
from tests.exchange.invented import (
    BRIEN,
    COUNCIL,
    FIRST_DAY,
    MADE_ON,
    ONE_DAY,
    SECOND_DAY,
    SEVERAL_DAYS,
    SOCIETY,
    WORKING_DAYS,
)


def written(payments=ONE_DAY, originator=COUNCIL) -> bytes:
    return write(payments, originator, made_on=MADE_ON, working_days=WORKING_DAYS)


def lines(content: bytes) -> list[str]:
    return content.decode("ascii").split("\r\n")[:-1]


def at(line: str, first: int, last: int) -> str:
    """The characters of a line from one position to another, counted from 1 as the standard counts."""
    return line[first - 1 : last]


def test_the_lines_stand_in_order_and_each_is_as_long_as_its_kind():
    one, several = lines(written()), lines(written(SEVERAL_DAYS))
    assert [line[:4] for line in one if len(line) == 80] == ["VOL1", "HDR1", "HDR2", "UHL1", "EOF1", "EOF2", "UTL1"]
    assert [len(line) for line in one] == [80] * 4 + [100] * 4 + [80] * 3
    assert [len(line) for line in several] == [80] * 4 + [106] * 7 + [80] * 3


def test_the_labels_say_who_which_file_and_when():
    vol1, hdr1, hdr2, uhl1, *_ = lines(written())
    assert (at(vol1, 5, 10), at(vol1, 42, 47), at(vol1, 80, 80)) == ("000007", "123456", "1")
    assert (at(hdr1, 5, 5), at(hdr1, 6, 11), at(hdr1, 12, 12), at(hdr1, 16, 21)) == ("A", "123456", "S", "123456")
    assert (at(hdr1, 22, 27), at(hdr1, 28, 31), at(hdr1, 32, 35)) == ("000007", "0001", "0001")
    assert (at(hdr1, 42, 47), at(hdr1, 48, 53), at(hdr1, 55, 60)) == (" 26125", " 26134", "000000")
    assert (at(hdr2, 5, 5), at(hdr2, 6, 10), at(hdr2, 11, 15), at(hdr2, 51, 52)) == ("F", "02000", "00100", "00")
    assert (at(uhl1, 5, 10), at(uhl1, 11, 16), at(uhl1, 21, 28)) == (" 26127", "999999", "00000000")
    assert (at(uhl1, 29, 37), at(uhl1, 38, 40), at(uhl1, 41, 80).strip()) == ("1 DAILY  ", "001", "")


def test_a_payment_stands_in_its_places():
    record = lines(written())[4]
    assert (at(record, 1, 6), at(record, 7, 14), at(record, 15, 15)) == ("089999", "66374958", "0")
    assert (at(record, 16, 17), at(record, 18, 23), at(record, 24, 31)) == ("99", "107999", "88837491")
    assert (at(record, 32, 35), at(record, 36, 46)) == ("    ", "00000008000")
    assert at(record, 47, 64) == "EXAMPLE COUNCIL".ljust(18)
    assert at(record, 65, 82) == "DP0000101".ljust(18)
    assert at(record, 83, 100) == "SIAN O BRIEN".ljust(18)


def test_the_contra_record_takes_the_sum_from_the_payer():
    contra = lines(written())[7]
    assert (at(contra, 1, 14), at(contra, 15, 17), at(contra, 18, 31)) == ("10799988837491", "017", "10799988837491")
    assert at(contra, 36, 46) == f"{8_000 + 123_456_78 + 1:011}"
    assert at(contra, 65, 82).strip() == "CONTRA"


def test_the_trailer_counts_and_sums_both_sides():
    utl1 = lines(written(SEVERAL_DAYS))[-1]
    total = sum(payment.amount for payment in SEVERAL_DAYS)
    assert (at(utl1, 5, 17), at(utl1, 18, 30)) == (f"{total:013}", f"{total:013}")
    assert (at(utl1, 31, 37), at(utl1, 38, 44), at(utl1, 53, 59)) == ("0000002", "0000005", "0000000")


def test_the_end_labels_repeat_the_first_ones():
    for content in (written(), written(SEVERAL_DAYS)):
        every = lines(content)
        assert [line[4:] for line in every[-3:-1]] == [line[4:] for line in every[1:3]]


def test_several_days_each_have_their_payments_then_their_contra():
    every = lines(written(SEVERAL_DAYS))
    assert (at(every[2], 11, 15), at(every[3], 5, 10), at(every[3], 29, 37)) == ("00106", " 26127", "4 MULTI  ")
    records = [(at(record, 16, 17), at(record, 101, 106)) for record in every[4:-3]]
    assert records == [("99", " 26127")] * 3 + [("17", " 26127")] + [("99", " 26131")] * 2 + [("17", " 26131")]


def test_a_long_name_is_cut_and_a_building_society_is_told_the_roll_number():
    records = lines(written())[4:7]
    assert at(records[1], 83, 100) == "BARTHOLOMEW FEATHE"
    assert at(records[2], 65, 82).rstrip() == SOCIETY.roll_number


@pytest.mark.parametrize("payments", [ONE_DAY, SEVERAL_DAYS])
def test_a_file_reads_back_as_what_was_paid(payments):
    file = read(written(payments))
    assert (file.originator, file.made_on) == (COUNCIL_AS_WRITTEN, MADE_ON)
    assert file.total == sum(payment.amount for payment in payments)
    assert file.payments == tuple(as_written(payment) for payment in sorted(payments, key=lambda each: each.day))


COUNCIL_AS_WRITTEN = replace(COUNCIL, account=replace(COUNCIL.account, name="EXAMPLE COUNTY COU"))


def as_written(payment: Payment) -> Payment:
    account = replace(payment.to, name=payment.to.name[:18].rstrip(), roll_number="")
    return replace(payment, reference=payment.to.roll_number or payment.reference, to=account)


@given(payments=PAYMENTS, payer=PAYERS)
def test_every_file_pays_what_it_was_handed_and_reads_back(payments, payer):
    content = written(payments, payer)
    file = read(content)
    assert totals_by_day(file.payments) == totals_by_day(payments)
    assert file.payments == tuple(as_written(payment) for payment in sorted(payments, key=lambda each: each.day))
    assert file.originator.file_serial == payer.file_serial
    assert written(payments, payer) == content


@given(payments=PAYMENTS, data=st.data())
def test_a_file_cut_off_anywhere_is_refused(payments, data):
    content = written(payments)
    kept = data.draw(st.integers(0, len(content) - 1))
    with pytest.raises(Refusal):
        read(content[:kept])


@given(place=st.integers(0, 10_000), figure=st.sampled_from(b"0123456789"))
def test_an_amount_or_total_that_was_altered_is_refused(place, figure):
    content = written(SEVERAL_DAYS)
    every = content.split(b"\r\n")
    where = [
        sum(len(line) + 2 for line in every[:number]) + position
        for number, line in enumerate(every[:-1])
        for position in (range(35, 46) if len(line) == 106 else range(4, 44) if line[:4] == b"UTL1" else ())
    ]
    altered = bytearray(content)
    altered[where[place % len(where)]] = figure
    if bytes(altered) == content:
        assert read(content)
    else:
        with pytest.raises(Refusal):
            read(bytes(altered))


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        (b"VOL1", b"VOL2", "line 1 is not a line of 80 characters as VOL1 has them"),
        (b"UHL1 26127", b"UHL1 26367", "line 4 has a day its year does not have"),
        (b"UHL1 26127", b"UHL1 2612X", "line 4 has no day where one should stand"),
        (b"1 DAILY", b"2 DAILY", "line 4 is neither '1 DAILY' nor '4 MULTI'"),
        (b"F0200000100", b"F0200000106", "elsewhere it is"),
        (b"66374958099", b"66374958018", "line 5 has the transaction code 18"),
        (b"00000008000", b"0000000800 ", "line 5 has something other than figures where amount stands"),
        (b"O BRIEN", "Ó BRIEN".encode("latin-1"), "line 5 has a character that is not ASCII"),
        (b"VOL1000007", b"VOL1000008", "line 2 gives serial as 000007, and elsewhere it is 000008"),
    ],
)
def test_a_file_that_was_altered_is_refused_by_its_line(old, new, wrong):
    assert old in written()
    with pytest.raises(Refusal) as refused:
        read(written().replace(old, new, 2 if old == b"F0200000100" else 1))
    assert wrong in str(refused.value)


def test_payments_of_a_day_without_their_contra_are_refused():
    every = written(SEVERAL_DAYS).split(b"\r\n")
    contra = next(number for number, line in enumerate(every) if line[15:17] == b"17")
    with pytest.raises(Refusal, match="before the contra record"):
        read(b"\r\n".join(every[:contra] + every[contra + 1 :]))


def test_a_day_too_far_ahead_is_refused():
    last = day("2026-06-05")
    assert last - WORKING_DAYS.moved(MADE_ON, 1) <= 31
    assert written((Payment("DP1", 1, BRIEN, last),))
    with pytest.raises(Refusal, match="more than 31 days after 6 May 2026"):
        written((Payment("DP1", 1, BRIEN, day("2026-06-08")),))


def test_days_too_far_apart_are_refused():
    first, last = Payment("DP1", 1, BRIEN, FIRST_DAY), Payment("DP2", 1, BRIEN, FIRST_DAY + 39)
    assert date.fromordinal(last.day).isoformat() == "2026-06-15"
    assert written((first, last))
    with pytest.raises(Refusal, match="more than 39 days"):
        written((first, replace(last, day=last.day + 1)))


def test_payments_are_sorted_by_day_and_otherwise_keep_their_order():
    references = [payment.reference for payment in read(written(SEVERAL_DAYS[::-1])).payments]
    in_order = [payment for payment in SEVERAL_DAYS[::-1] if payment.day == FIRST_DAY]
    in_order += [payment for payment in SEVERAL_DAYS[::-1] if payment.day == SECOND_DAY]
    assert references == [payment.to.roll_number or payment.reference for payment in in_order]

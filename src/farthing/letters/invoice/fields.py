"""An invoice for a period of care: each week of it, what else is owed, how to pay, and a slip to pay with."""

from farthing.letters.fields import LINES, TEXT, Field, Many, Record
from farthing.letters.parts import (
    ADJUSTMENTS,
    BALANCE,
    BY_WHAT,
    CARE_OF,
    CHALLENGE,
    HEADLINE,
    LAW_EDITION,
    NUMBER,
    PERIOD,
    PICTURE,
    TOP,
    TOTAL,
    WEEKS,
)

FIELDS = (
    *TOP,
    HEADLINE,
    NUMBER,
    CARE_OF,
    PERIOD,
    Field("due", TEXT, "the day by which it is to be paid"),
    WEEKS,
    ADJUSTMENTS,
    BALANCE,
    TOTAL,
    Field(
        "ways_to_pay",
        Many(
            Field("name", TEXT, "the way to pay"),
            Field("how", LINES, "what to do, a sentence each"),
        ),
        "every way the council takes money",
    ),
    Field("cannot_pay", LINES, "what help there is for somebody who cannot pay, a sentence each"),
    BY_WHAT,
    LAW_EDITION,
    CHALLENGE,
    Field(
        "slip",
        Record(
            Field("account_name", TEXT, "the name of the council's account"),
            Field("bank", TEXT, "the bank that keeps it"),
            Field("sort_code", TEXT, "its sort code"),
            Field("account_number", TEXT, "its account number"),
            Field("reference", TEXT, "the payment number, in the groups it is read in"),
            Field("amount", TEXT, "the amount to pay"),
            Field("code_line", TEXT, "the line a bank's machine reads, laid out as the bank asks").or_none(),
            Field("barcode", PICTURE, "the payment number as a barcode, in its printed size").or_none(),
        ),
        "the slip to pay with at a bank, a Post Office or a shop; none where there is nothing to pay",
    ).or_none(),
)

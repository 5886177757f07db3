"""A credit note, which takes an invoice back: each of its lines with the sign turned round, and why."""

from farthing.letters.fields import LINES, TEXT, Field
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
    TOP,
    TOTAL,
    WEEKS,
)

FIELDS = (
    *TOP,
    HEADLINE,
    NUMBER,
    Field("invoice", TEXT, "the number of the invoice that is taken back"),
    Field("invoice_date", TEXT, "the day that invoice was issued"),
    CARE_OF,
    PERIOD,
    Field("credited", TEXT, "what is taken back in all, below nought"),
    Field("because", LINES, "why the invoice is taken back, a sentence each"),
    WEEKS,
    ADJUSTMENTS,
    BALANCE,
    TOTAL,
    Field("next", LINES, "what happens now: a new invoice, money paid back, a sentence each"),
    BY_WHAT,
    LAW_EDITION,
    CHALLENGE,
)

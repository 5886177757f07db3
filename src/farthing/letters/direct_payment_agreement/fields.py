"""A direct payment agreement: what is paid, into which account, on what conditions of the law, and who signs.

The conditions are handed in, each with its law. What the law sets: Care Act 2014 ss31 to 33 (used only for the needs in
the plan, s33(3); stopped where its conditions are no longer met, s33(4); repaid where they are broken, s33(5)), and the
Care and Support (Direct Payments) Regulations 2014 (SI 2014/2871): reg 3 (not for near relatives in the household,
unless the council finds it necessary) and reg 7 (a review within six months, then at least every twelve).
"""

from farthing.letters.fields import LINES, TEXT, Field, Lines, Many, Record
from farthing.letters.parts import CHALLENGE, HEADLINE, LAW_EDITION, SIGNATURES, STARTS, TOP

FIELDS = (
    *TOP,
    HEADLINE,
    Field("care_of", TEXT, "the person whose care the payment is for"),
    Field("paid_to", TEXT, "who receives it, and as what: the person, a nominee, an authorised person"),
    STARTS,
    Field("budget", TEXT, "the whole of the direct payment, before the contribution"),
    Field("contribution", TEXT, "what the person pays into the account"),
    Field("net", TEXT, "what the council pays into the account"),
    Field("paid", LINES, "how often and when it is paid, a sentence each"),
    Field(
        "single_payments",
        Many(
            Field("label", TEXT, "what it is for"),
            Field("amount", TEXT, "the amount"),
            Field("when", TEXT, "when it is paid"),
        ),
        "payments made once: to start with, or for one purpose",
    ),
    Field(
        "account",
        Record(
            Field("name", TEXT, "the name of the account"),
            Field("ending", TEXT, "the end of its number, enough to know it by"),
            Field("rules", LINES, "how it is kept, a sentence each"),
        ),
        "the account kept for the direct payment alone",
    ),
    Field("spent_on", Lines(least=1), "what it may be spent on, by the plan"),
    Field("not_spent_on", Lines(least=1), "what it may not be spent on"),
    Field(
        "conditions",
        Many(
            Field("says", TEXT, "the condition, in a sentence"),
            Field("law", TEXT, "the law behind it"),
        ),
        "the conditions the payment is made on",
    ),
    Field("council_does", LINES, "what the council must do: pay on time, help, review, a sentence each"),
    Field("reviews", LINES, "when the account is looked at, and what to send, a sentence each"),
    Field("surplus", LINES, "what becomes of money left over, a sentence each"),
    Field("ending", LINES, "how the payment is paused, changed and ended, a sentence each"),
    LAW_EDITION,
    CHALLENGE,
    SIGNATURES,
)

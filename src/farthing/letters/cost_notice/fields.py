"""What care will cost, told in writing before it begins: the whole cost, what the person pays of it, and from when."""

from farthing.letters.fields import LINES, TEXT, Field, Many, Record
from farthing.letters.parts import (
    BILL,
    CHALLENGE,
    COUNCIL_PAYS,
    HEADLINE,
    LAW_EDITION,
    MAY_CHANGE,
    PAYS,
    STARTS,
    TOP,
    TOTAL,
)

FIELDS = (
    *TOP,
    HEADLINE,
    STARTS,
    TOTAL,
    PAYS,
    COUNCIL_PAYS,
    Field(
        "services",
        Many(
            Field("label", TEXT, "the service"),
            Field("provider", TEXT, "who gives it"),
            Field("starts", TEXT, "the day it begins"),
            Field("planned", TEXT, "how much of it is planned"),
            Field("rate", TEXT, "what a unit of it costs"),
            Field("cost", TEXT, "what it costs a week as planned"),
        ),
        "the care that is about to begin",
    ),
    Field("by_what", LINES, "what the person's part rests on: a decision, an estimate, a sentence each"),
    MAY_CHANGE,
    BILL,
    Field("choices", LINES, "what else the person may do: ask for other care, refuse it, a sentence each"),
    LAW_EDITION,
    CHALLENGE,
    Field(
        "acknowledgement",
        Record(
            Field("by", TEXT, "the day by which an answer is asked for"),
            Field("how", LINES, "how to answer, a sentence each"),
            Field("name", TEXT, "who is to sign"),
        ),
        "how the person says that the notice was read",
    ),
)

"""A decision on what a person pays, in short sentences and big type, with simple signs."""

from farthing.letters.fields import TEXT, Field, Many
from farthing.letters.parts import (
    BILL,
    CHALLENGE,
    COUNCIL_PAYS,
    DECIDED_BY,
    LAW_EDITION,
    MAY_CHANGE,
    PAYS,
    STARTS,
    SUPERSEDES,
    TOP,
)

SUMS = Field(
    "sums",
    Many(
        Field("label", TEXT, "one step of the sum, in a few plain words"),
        Field("amount", TEXT, "its amount, as it is printed"),
    ),
    "the sum in a few steps",
)

FIELDS = (
    *TOP, PAYS, COUNCIL_PAYS, STARTS, SUPERSEDES, SUMS, BILL, MAY_CHANGE, DECIDED_BY, LAW_EDITION, CHALLENGE
)  # fmt: skip

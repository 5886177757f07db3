"""A personal budget: what the care costs, the person's part, the council's part, and how each part is taken.

The statement that the Care Act 2014 s26(1) asks for: the cost of meeting the needs, what the adult must pay towards it,
and what the council must pay (https://www.legislation.gov.uk/ukpga/2014/23/section/26).
"""

from farthing.letters.fields import LINES, TEXT, Field, Many
from farthing.letters.parts import (
    CHALLENGE,
    COUNCIL_PAYS,
    DECIDED_BY,
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
            Field("label", TEXT, "the service, and how much of it"),
            Field("taken_as", TEXT, "how it is taken"),
            Field("cost", TEXT, "what it costs a week"),
        ),
        "what the budget is for",
    ),
    Field(
        "parts",
        Many(
            Field("way", TEXT, "how a part is taken: as a direct payment, arranged, in an individual service fund"),
            Field("amount", TEXT, "the whole of the part"),
            Field("pays", TEXT, "what the person pays into it"),
            Field("council_pays", TEXT, "what the council pays into it"),
            Field("how", LINES, "how it works, a sentence each"),
        ),
        "each way in which a part of the budget is taken",
    ),
    Field("choice", LINES, "how to take it in another way, a sentence each"),
    MAY_CHANGE,
    DECIDED_BY,
    LAW_EDITION,
    CHALLENGE,
)

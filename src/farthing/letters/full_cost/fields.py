"""The full cost is charged because the person did not give their details: what follows, and how to change one's mind."""

from farthing.letters.fields import LINES, Field
from farthing.letters.parts import (
    BILL,
    CHALLENGE,
    CHAPTERS,
    DECIDED_BY,
    HEADLINE,
    LAW_EDITION,
    PAYS,
    STARTS,
    SUPERSEDES,
    TOP,
)

FIELDS = (
    *TOP,
    HEADLINE,
    PAYS,
    STARTS,
    Field("because", LINES, "why the full cost is charged, with the law behind it, a sentence each"),
    Field("not_given", LINES, "the details that were not given, one a line"),
    Field("change_of_mind", LINES, "how to give the details after all, and what follows, a sentence each"),
    SUPERSEDES,
    CHAPTERS,
    BILL,
    DECIDED_BY,
    LAW_EDITION,
    CHALLENGE,
)

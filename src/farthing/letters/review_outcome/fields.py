"""What came of looking at a decision again: what was asked, what was found, what is different."""

from farthing.letters.fields import LINES, TEXT, Field
from farthing.letters.parts import CHALLENGE, DECIDED_BY, HEADLINE, LAW_EDITION, STARTS, SUPERSEDES, TOP

FIELDS = (
    *TOP,
    HEADLINE,
    Field("asked_on", TEXT, "the day the review was asked for"),
    Field("reviewed", TEXT, "the reference and the day of the decision that was looked at again"),
    Field("asked", LINES, "what the person said was wrong, in their words, a line each"),
    Field("found", LINES, "what the council found and why, a sentence each"),
    SUPERSEDES,
    STARTS.or_none(),
    Field("next", LINES, "what happens next, a sentence each"),
    DECIDED_BY,
    LAW_EDITION,
    CHALLENGE,
)

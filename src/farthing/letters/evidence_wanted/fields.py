"""The council asks to see papers: which, why, by when, how to send them, and what happens without them."""

from farthing.letters.fields import LINES, TEXT, Field, Many
from farthing.letters.parts import HEADLINE, TOP

FIELDS = (
    *TOP,
    HEADLINE,
    Field(
        "wanted",
        Many(
            Field("what", TEXT, "what the council needs to see"),
            Field("such_as", TEXT, "papers that would show it").or_none(),
            Field("why", TEXT, "why it is needed"),
        ),
        "what the council needs to see",
    ),
    Field("by", TEXT, "the day by which it is wanted"),
    Field("how_to_send", LINES, "the ways to send it, one a line"),
    Field("without_it", LINES, "what happens if it does not come, a sentence each"),
)

"""An application has come: what the council was told, what it still wants to see, and when it will answer."""

from farthing.letters.fields import LINES, TEXT, Field, Many
from farthing.letters.parts import HEADLINE, TOP

FIELDS = (
    *TOP,
    HEADLINE,
    Field("received", TEXT, "the day the application came"),
    Field("answer_by", TEXT, "the day by which the council means to answer"),
    Field("wanted", LINES, "what the council still needs to see, one a line"),
    Field("next", LINES, "what happens next, a sentence each"),
    Field(
        "told",
        Many(
            Field("label", TEXT, "what was asked"),
            Field("answer", TEXT, "what was answered"),
        ),
        "what the person told the council",
    ),
)

"""An estimate of what somebody would pay, with its working; it need not be anybody's by name."""

from farthing.letters.fields import LINES, Field
from farthing.letters.parts import (
    ABOUT,
    ASSUMED,
    CHAPTERS,
    COUNCIL,
    DATE,
    HEADLINE,
    LAW_EDITION,
    MAY_CHANGE,
    PICTURE,
    REFERENCE,
    REMARKS,
    SALUTATION,
    TO,
)

FIELDS = (
    COUNCIL,
    TO.or_none(),
    ABOUT,
    REFERENCE.or_none(),
    DATE,
    SALUTATION.or_none(),
    HEADLINE,
    CHAPTERS,
    ASSUMED,
    REMARKS,
    MAY_CHANGE,
    Field("chart", PICTURE, "how the charge goes with savings").or_none(),
    Field("next", LINES, "what to do next, a sentence each"),
    Field("advice", LINES, "where to get independent advice, a sentence each"),
    LAW_EDITION,
)

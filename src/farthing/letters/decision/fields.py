"""A decision on what a person pays, with the whole working behind it."""

from farthing.letters.parts import (
    ASSUMED,
    BILL,
    CHALLENGE,
    CHAPTERS,
    COUNCIL_PAYS,
    DECIDED_BY,
    HEADLINE,
    LAW_EDITION,
    MAY_CHANGE,
    PAYS,
    REMARKS,
    STARTS,
    SUPERSEDES,
    TOP,
)

FIELDS = (
    *TOP,
    HEADLINE,
    STARTS,
    PAYS,
    COUNCIL_PAYS,
    SUPERSEDES,
    CHAPTERS,
    ASSUMED,
    REMARKS,
    BILL,
    MAY_CHANGE,
    DECIDED_BY,
    LAW_EDITION,
    CHALLENGE,
)

"""From when, and until when, the law and the notice of its cost let a service be charged for."""

from datetime import date

from farthing.law import figures
from farthing.law.charge.facts import SERVICE

FREE_AT_FIRST = "free_reablement_days"


def is_known(kind: str) -> bool:
    """Whether the law has a kind of service."""
    return kind in SERVICE


def in_words(kind: str) -> str:
    """A kind of service as the law's table says it."""
    return SERVICE.says(kind)


def is_ever_charged(kind: str) -> bool:
    """Whether a kind of service may be charged for at all. Adaptations are charged once, and not here."""
    row = SERVICE.rows[kind]
    return not row.get("never") and not row.get("adaptation")


def first_day_not_free(kind: str, starts_on: date) -> int:
    """The first day, as a number, on which a service is not free as reablement is in its first weeks."""
    starts = starts_on.toordinal()
    if not SERVICE.rows[kind].get("first_weeks"):
        return starts
    return starts + int(figures()[FREE_AT_FIRST].on(starts).value)

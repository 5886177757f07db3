"""What each council has settled where the law leaves it a choice. A council is a folder of data, found by its place."""

from farthing.councils.policy import (
    NO_LIMIT,
    SCHEME_STARTED,
    Contact,
    Council,
    Filled,
    Page,
    Setting,
    council,
    councils,
    read_council,
)

__all__ = [
    "NO_LIMIT",
    "SCHEME_STARTED",
    "Contact",
    "Council",
    "Filled",
    "Page",
    "Setting",
    "council",
    "councils",
    "read_council",
]

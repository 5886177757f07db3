"""The digest that ties an event to the one before it."""

import hashlib
import json
from datetime import UTC

from farthing.service.audit.models import Event

FIRST = "0" * 64
"""What stands for the digest before the first event."""


def digest_of(event: Event) -> str:
    """The digest an event must have: over everything it says and the digest before it, written in one way only."""
    said = {
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": event.actor,
        "action": event.action,
        "about": event.about,
        "details": event.details,
        "previous": event.previous,
    }
    written = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()

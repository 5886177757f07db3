"""What comes due for the audit: noting outside the database how far its chain has come."""

import logging
from datetime import timedelta

from farthing.service.audit import selectors
from farthing.service.jobs.due import Now, due

log = logging.getLogger(__name__)


@due(every=timedelta(days=1))
def note_latest_event(now: Now) -> None:
    """Write the latest event's digest to the log: kept elsewhere, it proves that no event up to it was cut off."""
    if latest := selectors.latest():
        log.info("The audit's event %d has the digest %s", latest.pk, latest.digest)

"""What comes due for assessments: files of evidence that nothing names, and those held back by a silent scanner."""

from datetime import timedelta

from farthing.service.assessments.services import evidence
from farthing.service.jobs.due import Now, due


@due(every=timedelta(hours=6))
def sweep_orphans(now: Now) -> None:
    """Delete the files that no evidence names."""
    evidence.sweep_orphans(now())


@due(every=timedelta(minutes=10))
def check_held_back(now: Now) -> None:
    """Ask the virus scanner again about the files that are held back."""
    evidence.check_held_back(now())

"""What comes due for assessments: estimates kept long enough, files of evidence that nothing names or that are held back."""

from datetime import timedelta

from farthing.service.assessments.services import estimates, evidence
from farthing.service.jobs.due import Now, due


@due(every=timedelta(hours=6))
def sweep_orphans(now: Now) -> None:
    """Delete the files that no evidence names."""
    evidence.sweep_orphans(now())


@due(every=timedelta(minutes=10))
def check_held_back(now: Now) -> None:
    """Ask the virus scanner again about the files that are held back."""
    evidence.check_held_back(now())


@due(every=timedelta(hours=1))
def delete_expired_estimates(now: Now) -> None:
    """Delete the saved estimates whose time is over."""
    estimates.delete_expired(at=now())

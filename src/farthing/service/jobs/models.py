"""Jobs, with how far each is, and turns: when each thing that comes due again and again is next to be done."""

from typing import ClassVar

from django.db import models

from farthing.service.references import LONGEST, new_reference


def job_reference() -> str:
    """A new reference for a job; it says nothing about whom the job is for."""
    return new_reference("J")


class JobState(models.TextChoices):
    """How far a job has come."""

    WAITING = "waiting", "Waiting to start"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Could not be done"


class Job(models.Model):
    """Work that goes on behind the pages.

    ``what`` says it in words. ``work`` and ``arguments`` name the function that does it; they are empty for a job that
    its caller does itself. ``total`` is nought where nobody can say how much there is. ``said`` is for whoever waits,
    without personal data. ``changed_at`` moves with every sign of life.
    """

    reference = models.CharField(max_length=LONGEST, unique=True, default=job_reference, editable=False)
    what = models.CharField(max_length=200)
    work = models.CharField(max_length=200, blank=True)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING, db_index=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    said = models.CharField(max_length=500, blank=True)
    result = models.JSONField(null=True)
    made_by = models.CharField(max_length=254)
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen, so that its page need not be asked for again."""
        return self.state in (JobState.DONE, JobState.FAILED)

    @property
    def hundredths(self) -> int | None:
        """How much is done, in hundredths of the whole; None where nobody can say how much there is."""
        return min(100, self.done * 100 // self.total) if self.total else None


class Turn(models.Model):
    """When a thing that comes due again and again is next to be done."""

    name = models.CharField(max_length=200, unique=True)
    next_at = models.DateTimeField()

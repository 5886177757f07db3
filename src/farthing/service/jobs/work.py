"""What a job may run: functions that say of themselves that they are a job's work."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import import_string

from farthing.base.refusal import Problem, Refusal
from farthing.service.jobs.models import Job


@dataclass(frozen=True, slots=True)
class Work:
    """A function that does a job, and how often it is tried.

    ``does`` is handed the job and its arguments and gives what the job's page shows as its result, ready for JSON. It may
    be stopped at any instant and run again from the start, so what is done already must do no harm when done again.
    """

    says: str
    most_tries: int
    does: Callable[..., Any]

    @property
    def path(self) -> str:
        """Where the function is, as a job keeps it."""
        return f"{self.does.__module__}.{self.does.__qualname__}"


def work(says: str, *, most_tries: int = 3) -> Callable[[Callable[..., Any]], Work]:
    """Make a function a job's work. ``says`` is the job in words: "Print the letters that wait"."""
    return lambda does: Work(says, most_tries, does)


def work_of(job: Job) -> Work:
    """The work a job names. Raises ``Refusal`` where that is no work, so that a table's row can run nothing else."""
    try:
        found = import_string(job.work)
    except ImportError:
        found = None
    if not isinstance(found, Work):
        raise Refusal(Problem("work", f"is not the work of a job: {job.work!r}", "Queue the job again"))
    return found

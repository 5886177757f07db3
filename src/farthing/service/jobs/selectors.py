"""Reading jobs back."""

from farthing.service.jobs.models import Job, JobState


def job_for(reference: str) -> Job | None:
    """The job of a reference, for its page: refresh the page until ``is_over``."""
    return Job.objects.filter(reference=reference).first()


def recent(*, most: int = 50) -> list[Job]:
    """The latest jobs, the newest first."""
    return list(Job.objects.all()[:most])


def unfinished() -> list[Job]:
    """The jobs that wait or run, the newest first."""
    return list(Job.objects.filter(state__in=(JobState.WAITING, JobState.RUNNING)))

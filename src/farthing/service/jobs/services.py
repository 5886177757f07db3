"""Queueing jobs, telling how far they are, and running them: tried again when they stop, given up after a few tries."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from traceback import format_tb
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from farthing.base.refusal import Refusal
from farthing.service import clock
from farthing.service.jobs.models import Job, JobState
from farthing.service.jobs.work import Work, work_of

log = logging.getLogger(__name__)

FIRST_WAIT = timedelta(minutes=1)
"""How long a job waits after its first try; each further wait is four times as long."""

NO_SIGN_OF_LIFE = timedelta(minutes=15)
"""A running job that has not moved for so long has lost its worker."""


def queue(work: Work, *, by: str, at: datetime, total: int = 0, **arguments: Any) -> Job:
    """Queue work for the worker, in the caller's transaction. ``arguments`` are ready for JSON and hold references only."""
    with transaction.atomic():
        job = Job.objects.create(
            what=work.says, work=work.path, arguments=arguments, total=total, made_by=by, made_at=at, changed_at=at
        )
        _enqueue(job)
    return job


def begin(what: str, *, by: str, at: datetime, total: int = 0) -> Job:
    """Begin a job that its caller does itself, so that others can see how far it is."""
    return Job.objects.create(
        what=what, total=total, made_by=by, made_at=at, started_at=at, changed_at=at, tries=1, state=JobState.RUNNING
    )


Advance = Callable[[int, int], None]
"""Told how many are done, and of how many."""


def advance(job: Job, done: int, *, at: datetime, said: str = "", total: int | None = None) -> None:
    """Tell how much of a job is done by now, and how much there is where that is known only now."""
    job.done, job.said, job.changed_at = done, said, at
    job.total = job.total if total is None else total
    _running(job).update(done=job.done, said=job.said, total=job.total, changed_at=at)


def telling(job: Job, what: str) -> Advance:
    """What tells of a job how many of how many are done; ``what`` are they."""

    def tell(done: int, total: int) -> None:
        advance(job, done, at=clock.now(), said=f"{done:,} of {total:,} {what}", total=total)

    return tell


def finish(job: Job, *, at: datetime, said: str = "", result: Any = None) -> None:
    """Tell that a job is done."""
    job.state, job.said, job.result, job.ended_at = JobState.DONE, said, result, at
    _running(job).update(state=job.state, said=said, result=result, ended_at=at, changed_at=at)


def fail(job: Job, *, at: datetime, said: str) -> None:
    """Tell that a job will not be done, and why, without personal data."""
    job.state, job.said, job.ended_at = JobState.FAILED, said[:500], at
    _running(job).update(state=job.state, said=job.said, ended_at=at, changed_at=at)


def run(reference: str, *, now: Callable[[], datetime]) -> None:
    """Do a queued job, unless somebody else does it or did it already."""
    at = now()
    with transaction.atomic(durable=True):
        waiting = Job.objects.filter(reference=reference, state=JobState.WAITING)
        if not waiting.update(state=JobState.RUNNING, started_at=at, changed_at=at, tries=F("tries") + 1):
            return
    job = Job.objects.get(reference=reference)
    try:
        work = work_of(job)
        result = work.does(job, **job.arguments)
    except Refusal as refusal:
        log.warning("Job %s (%s) was refused", job.reference, job.work)
        fail(job, at=now(), said=str(refusal))
    except Exception as error:  # whatever it is, the job's page must not go on saying that it runs
        _stopped(job, work.most_tries, error, at=now())
    else:
        finish(job, at=now(), said=job.said, result=result)


def recover(at: datetime) -> int:
    """Queue again the jobs whose worker was lost. Gives how many."""
    lost = Job.objects.filter(state=JobState.RUNNING, changed_at__lt=at - NO_SIGN_OF_LIFE).exclude(work="")
    return sum(_take_up_again(job, at) for job in lost)


def drop_queue_entries(*, before: datetime) -> None:
    """Drop what the queue still holds of runs that started before a moment."""
    DBTaskResult.objects.filter(started_at__lt=before).delete()


def _take_up_again(job: Job, at: datetime) -> bool:
    try:
        most_tries = work_of(job).most_tries
    except Refusal as refusal:  # the work was in an older version of the service
        fail(job, at=at, said=str(refusal))
        return False
    return _try_again(job, most_tries, at=at, said="It was stopped from outside")


def _running(job: Job) -> QuerySet[Job]:
    """The job, for as long as this try of it is the one that counts."""
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, tries=job.tries)


def _stopped(job: Job, most_tries: int, error: Exception, *, at: datetime) -> None:
    kind, places = type(error).__name__, "".join(format_tb(error.__traceback__))  # what it says may name a person
    log.error("Job %s (%s) stopped at try %d: %s\n%s", job.reference, job.work, job.tries, kind, places)
    _try_again(job, most_tries, at=at, said=f"It stopped: {kind}")


def _try_again(job: Job, most_tries: int, *, at: datetime, said: str) -> bool:
    if job.tries >= most_tries:
        fail(job, at=at, said=f"{said}. It was tried {job.tries} times.")
        return False
    with transaction.atomic():
        changed = _running(job).update(state=JobState.WAITING, said=f"{said}. It will be tried again.", changed_at=at)
        if changed:
            _enqueue(job, after=at + FIRST_WAIT * 4 ** (job.tries - 1))
    return bool(changed)


def _enqueue(job: Job, *, after: datetime | None = None) -> None:
    run_job.using(run_after=after).enqueue(job.reference)


@task()
def run_job(reference: str) -> None:
    """The one task the queue holds: do a job, by its reference."""
    run(reference, now=clock.now)

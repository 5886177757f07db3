"""Sealing decisions one after another, each with its letter; then the queue of work that comes of it, worked off by one worker."""

from datetime import datetime
from time import perf_counter
from typing import Any

from desk import desk, is_there
from stopwatch import Row, row, say

DECISIONS = 200
SMALL_JOBS = 300
BATCHES = 5


def measure(database: str, quick: bool) -> list[Row]:
    """Decisions a second, letters a second through the print run, and small jobs a second; nothing where it is not installed."""
    if not is_there(database):
        return []
    decisions, jobs, batches = (4, 4, 2) if quick else (DECISIONS, SMALL_JOBS, BATCHES)
    subject = f"Deciding, and the queue of work, {database}"
    with desk(database):
        return [
            row(subject, "decisions sealed, each with its letter written", **_sealing(decisions, batches)),
            row(subject, "letters of the print run: printed, put in the folder, recorded", **_print_run(decisions)),
            row(subject, "jobs that do nothing, queued and worked off", **_small_jobs(jobs, batches)),
        ]


def _rate(values: list[float], note: str) -> dict[str, Any]:
    return {"unit": "a second", "values": values, "more_is_better": True, "note": note}


def _sealing(decisions: int, batches: int) -> dict[str, Any]:
    from desk_people import every_answer, staff

    from farthing.service import clock
    from farthing.service.assessments.services.decisions import seal
    from tests.service import cases

    (officer,), at = staff(1), clock.now()

    def drafts(count: int) -> list[Any]:
        made = [cases.application(answers=every_answer(), by=officer, at=at) for _ in range(count)]
        return [cases.drafted(cases.verified(each, by=officer, at=at), by=officer, at=at) for each in made]

    say(f"{decisions:,} decisions")
    waiting = drafts(decisions + 1)
    seal(waiting[-1], by=officer, at=at, version=waiting[-1].version)
    found = []
    for batch in range(batches):
        ours = waiting[batch:-1:batches]
        start = perf_counter()
        for each in ours:
            seal(each, by=officer, at=at, version=each.version)
        found.append(len(ours) / (perf_counter() - start))
    return _rate(found, f"one after another, {decisions:,} in all; neither database waits for the disk")


def _print_run(letters: int) -> dict[str, Any]:
    from farthing.service import clock
    from farthing.service.correspondence.models import Delivery, DeliveryState
    from farthing.service.correspondence.printing import send_all_that_wait
    from farthing.service.jobs import services
    from farthing.service.jobs.work import work_of

    say("the print run")
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING).count()
    job = services.queue(send_all_that_wait, by="the bench", at=clock.now())
    start = perf_counter()
    services.run(job.reference, now=clock.now)
    taken = perf_counter() - start
    job.refresh_from_db()
    if job.result != {"sent": waiting} or work_of(job) is not send_all_that_wait:
        raise ValueError(f"the print run sent {job.result} of {waiting}: {job.said}")
    return _rate([waiting / taken], f"{waiting:,} letters, {letters:,} of them just decided, in two processes")


def _small_jobs(jobs: int, batches: int) -> dict[str, Any]:
    from idle_work import do_nothing

    from farthing.service import clock
    from farthing.service.jobs import services, worker
    from farthing.service.jobs.models import Job, JobState

    say(f"{jobs:,} jobs")
    worker.work(once=True)
    found = []
    for _ in range(batches):
        at: datetime = clock.now()
        for _ in range(jobs):
            services.queue(do_nothing, by="the bench", at=at)
        start = perf_counter()
        worker.work(once=True)
        found.append(jobs / (perf_counter() - start))
    if Job.objects.exclude(state=JobState.DONE).exists():
        raise ValueError("the worker left jobs undone")
    return _rate(found, "by one worker, what is due looked at between two jobs")

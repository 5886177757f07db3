"""A job shows how far it is, is tried again when it stops, and is given up after a few tries."""

import json
import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from farthing.base.refusal import Problem, Refusal
from farthing.service.jobs import selectors, services
from farthing.service.jobs.models import Job
from farthing.service.jobs.work import Work, work, work_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
WORTH_TELLING = "Olive Invented"


@work("Count to a number")
def count_up(job: Job, to: int) -> dict[str, int]:
    """Count, telling how far it is."""
    for number in range(1, to + 1):
        services.advance(job, number, at=AT, said=f"{number} of {to}", total=to)
    return {"counted": to}


@work("Stumble", most_tries=3)
def stumble(job: Job, times: int) -> str:
    """Stop so many times, saying something personal, then get there."""
    if job.tries <= times:
        raise RuntimeError(WORTH_TELLING)
    return "there"


@work("Refuse")
def refuse(job: Job) -> None:
    """Refuse, as a door does."""
    raise Refusal(Problem("file", "has no column of names", "Add one"))


def queue(what: Work, **arguments) -> Job:
    return services.queue(what, by="sam@example.gov.uk", at=AT, **arguments)


def run(job: Job, at: datetime = AT) -> Job:
    services.run(job.reference, now=lambda: at)
    return selectors.job_for(job.reference)


def queued() -> list[list[str]]:
    """What the worker's queue holds."""
    return [each.args_kwargs["args"] for each in DBTaskResult.objects.order_by("enqueued_at")]


def test_a_queued_job_is_in_the_queue_by_its_reference_alone():
    job = queue(count_up, to=5)
    assert (job.state, job.what, job.work) == ("waiting", "Count to a number", f"{__name__}.count_up")
    assert queued() == [[job.reference]]


def test_a_job_goes_with_the_transaction_it_belongs_to():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue(count_up, to=5)
        raise ZeroDivisionError
    assert (Job.objects.count(), queued()) == (0, [])


def test_a_job_that_is_done_keeps_its_result_and_how_far_it_came():
    job = run(queue(count_up, to=5))
    assert (job.state, job.done, job.total, job.said, job.result) == ("done", 5, 5, "5 of 5", {"counted": 5})
    assert (job.started_at, job.ended_at, job.is_over, job.hundredths) == (AT, AT, True, 100)


def test_others_see_how_far_a_job_is():
    job = services.begin("Bring in people", by="sam@example.gov.uk", at=AT, total=300)
    services.advance(job, 100, at=AT, said="100 of 300 people")
    seen = selectors.job_for(job.reference)
    assert (seen.state, seen.hundredths, seen.said, seen.is_over) == ("running", 33, "100 of 300 people", False)
    services.finish(job, at=AT, said="All are in")
    assert selectors.job_for(job.reference).state == "done"


def test_nobody_says_how_much_of_an_unknown_whole_is_done():
    assert services.begin("Bring in people", by="x", at=AT).hundredths is None


def test_a_job_is_done_once_however_often_the_queue_holds_it():
    job = run(queue(count_up, to=2))
    again = run(job, AT + timedelta(hours=1))
    assert (again.tries, again.ended_at) == (1, AT)


def test_a_job_that_stops_is_tried_again_after_longer_and_longer_waits():
    job = run(queue(stumble, times=2))
    assert (job.state, job.said) == ("waiting", "It stopped: RuntimeError. It will be tried again.")
    run(job, AT + timedelta(minutes=1))
    waits = [each.run_after - AT for each in DBTaskResult.objects.order_by("enqueued_at")][1:]
    assert waits == [timedelta(minutes=1), timedelta(minutes=5)]
    done = run(job, AT + timedelta(minutes=5))
    assert (done.state, done.result, done.tries) == ("done", "there", 3)


def test_a_job_that_goes_on_stopping_is_given_up_and_says_so():
    job = queue(stumble, times=9)
    for _ in range(3):
        job = run(job)
    assert (job.state, job.said) == ("failed", "It stopped: RuntimeError. It was tried 3 times.")
    assert len(queued()) == 3


def test_what_went_wrong_is_logged_without_what_it_said(caplog):
    with caplog.at_level(logging.INFO):
        run(queue(stumble, times=9))
    assert "in stumble" in caplog.text and "RuntimeError" in caplog.text
    assert WORTH_TELLING not in caplog.text


def test_what_a_job_refuses_is_said_and_not_tried_again():
    job = run(queue(refuse))
    assert (job.state, job.said, len(queued())) == ("failed", "file has no column of names. Add one", 1)


@pytest.mark.parametrize("path", ["os.system", "nowhere.at_all", "farthing.service.jobs.services.run", ""])
def test_a_row_can_run_nothing_but_the_work_of_a_job(path):
    job = queue(count_up, to=1)
    Job.objects.filter(pk=job.pk).update(work=path)
    assert run(job).state == "failed"
    with pytest.raises(Refusal, match="is not the work of a job"):
        work_of(selectors.job_for(job.reference))


def lost(at: datetime, what: Work = count_up) -> Job:
    """A job whose worker was lost at its first try."""
    job = queue(what, **({"to": 3} if what is count_up else {"times": 9}))
    Job.objects.filter(pk=job.pk).update(state="running", tries=1, changed_at=at)
    return job


def test_a_job_whose_worker_was_lost_is_queued_again():
    job = lost(AT)
    assert services.recover(AT + services.NO_SIGN_OF_LIFE) == 0
    assert services.recover(AT + services.NO_SIGN_OF_LIFE + timedelta(seconds=1)) == 1
    assert len(queued()) == 2
    assert run(job).state == "done"


def test_a_job_that_its_worker_loses_every_time_is_given_up():
    job = lost(AT, stumble)
    Job.objects.filter(pk=job.pk).update(tries=3)
    services.recover(AT + timedelta(hours=1))
    assert selectors.job_for(job.reference).said == "It was stopped from outside. It was tried 3 times."


def test_one_lost_job_of_a_work_that_is_gone_keeps_no_other_from_being_queued():
    gone, kept = lost(AT), lost(AT)
    Job.objects.filter(pk=gone.pk).update(work="work.that_is_gone")
    services.recover(AT + timedelta(hours=1))
    states = [selectors.job_for(job.reference).state for job in (gone, kept)]
    assert states == ["failed", "waiting"]


def test_a_worker_that_comes_back_late_changes_nothing():
    late = lost(AT)
    late.refresh_from_db()
    services.recover(AT + timedelta(hours=1))
    run(late)
    services.fail(late, at=AT + timedelta(hours=2), said="late")
    services.advance(late, 1, at=AT + timedelta(hours=2), said="late")
    job = selectors.job_for(late.reference)
    assert (job.state, job.done) == ("done", 3)


def test_a_worker_that_comes_back_late_changes_nothing_of_the_try_that_runs_now():
    late = lost(AT)
    late.refresh_from_db()
    Job.objects.filter(pk=late.pk).update(tries=2)
    services.advance(late, 1, at=AT, said="late")
    services.finish(late, at=AT, said="late")
    job = selectors.job_for(late.reference)
    assert (job.state, job.done, job.said) == ("running", 0, "")


def test_unfinished_and_recent_jobs_are_listed_newest_first():
    first, second, third = queue(count_up, to=1), queue(count_up, to=1), queue(refuse)
    run(second)
    assert selectors.recent() == [third, second, first]
    assert selectors.unfinished() == [third, first]


def test_a_job_holds_only_what_json_holds():
    job = run(queue(count_up, to=1))
    assert json.loads(json.dumps(job.arguments)) == {"to": 1}


def test_old_entries_of_the_queue_are_dropped_and_those_that_wait_are_kept():
    old, new = queue(count_up, to=1), queue(count_up, to=1)
    DBTaskResult.objects.filter(args_kwargs__args=[old.reference]).update(started_at=AT, status="RUNNING")
    services.drop_queue_entries(before=AT + timedelta(days=1))
    assert queued() == [[new.reference]]
    assert selectors.job_for(old.reference)

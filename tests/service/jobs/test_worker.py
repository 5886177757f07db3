"""The worker does what is due and what is queued, beside others of its kind, and stops cleanly when asked to."""

import signal

import pytest

pytestmark = pytest.mark.slow

WORK = "from farthing.service.jobs.worker import work; "
QUEUE = """
from farthing.service.jobs.services import queue
from tests.service.jobs import test_jobs as jobs
queue(jobs.count_up, by="sam@example.gov.uk", at=clock.now(), to=3)
"""
JOBS = """
from farthing.service.jobs.models import Job
tell([[job.state, job.tries, job.done] for job in Job.objects.order_by("id")])
"""
SLOW = """
import time
from farthing.service.jobs import services
from farthing.service.jobs.work import work as as_work
slow_before = services.work_of
def slowly(job):
    found = slow_before(job)
    def does(job, **arguments):
        tell("running")
        time.sleep(SECONDS)
        return found.does(job, **arguments)
    return type(found)(found.says, found.most_tries, does)
services.work_of = slowly
"""


EMPTIED = """
from django_tasks_db.models import DBTaskResult
from farthing.service.jobs.models import Job, Turn
Job.objects.all().delete()
Turn.objects.all().delete()
DBTaskResult.objects.all().delete()
"""


@pytest.fixture(scope="module")
def own(databases, tmp_path_factory):
    """A database of this file's own."""
    with databases.own(tmp_path_factory.mktemp("desk")) as own:
        yield own


@pytest.fixture
def desk(own):
    """The same, with no job in it and everything due."""
    own.run(EMPTIED)
    return own


def printed(desk):
    return list((desk.folder / "letters-to-print").glob("L-*.pdf"))


def slow(seconds: int) -> str:
    return SLOW.replace("SECONDS", str(seconds))


def test_working_once_does_all_that_is_due_and_queued(desk):
    desk.run(QUEUE * 3)
    desk.run(WORK + "work(once=True)")
    assert desk.run(JOBS) == [["done", 1, 3]] * 3


def test_a_letter_written_is_sent_by_the_worker_on_its_next_turn(desk):
    before = printed(desk)
    desk.run("""
from tests.service.correspondence.invented import somebody, written
from farthing.service.correspondence.services import send
send(written(somebody()), at=clock.now())
""")
    desk.run(WORK + "work(once=True)")
    assert len(printed(desk)) == len(before) + 1


def test_the_print_run_shows_how_far_it_is(desk):
    desk.run("""
from tests.service.correspondence.invented import somebody, written
from farthing.service.correspondence.printing import send_all_that_wait
from farthing.service.correspondence.services import send
from farthing.service.jobs.due import run_due
from farthing.service.jobs.services import queue
run_due(clock.now)
for n in range(25): send(written(somebody()), at=clock.now())
queue(send_all_that_wait, by="sam@example.gov.uk", at=clock.now())
""")
    desk.run(WORK + "work(once=True)")
    assert desk.run("""
from farthing.service.jobs.models import Job
tell([[job.state, job.done, job.total, job.said, job.result] for job in Job.objects.all()])
""") == [["done", 25, 25, "25 of 25 letters", {"sent": 25}]]


def test_two_workers_at_once_do_each_job_once(desk):
    desk.run(QUEUE * 20)
    workers = [desk.start(WORK + "work(once=True)") for _ in range(2)]
    for worker in workers:
        _, trouble = worker.communicate(timeout=120)
        assert worker.returncode == 0, trouble
    assert desk.run(JOBS) == [["done", 1, 3]] * 20


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_asked_to_stop_ends_the_job_in_hand_and_takes_no_other(desk, number):
    desk.run(QUEUE * 2)
    worker = desk.start(WORK + slow(2) + "work()")
    assert worker.stdout.readline() == '"running"\n'
    worker.send_signal(number)
    _, trouble = worker.communicate(timeout=60)
    assert worker.returncode == 0, trouble
    assert desk.run(JOBS) == [["done", 1, 3], ["waiting", 0, 0]]


def test_an_idle_worker_stops_at_once(desk):
    worker = desk.start(WORK + "from farthing.service.jobs import stopping; before = stopping.wait\n"
                        "def wait(seconds): tell('idle'); before(3_600)\nstopping.wait = wait\nwork()")  # fmt: skip
    assert worker.stdout.readline() == '"idle"\n'
    worker.terminate()
    worker.communicate(timeout=60)
    assert worker.returncode == 0


def test_a_job_whose_worker_was_killed_is_done_by_another(desk):
    desk.run(QUEUE)
    worker = desk.start(WORK + slow(60) + "work()")
    assert worker.stdout.readline() == '"running"\n'
    worker.kill()
    worker.communicate()
    desk.run(WORK + "work(once=True)")
    assert desk.run(JOBS) == [["running", 1, 0]]
    desk.run("""
from farthing.service.jobs import services
assert services.recover(clock.now() + timedelta(minutes=16)) == 1
from django_tasks_db.models import DBTaskResult
DBTaskResult.objects.filter(status="READY").update(run_after=clock.now())
from farthing.service.jobs.worker import work
work(once=True)
""")
    assert desk.run(JOBS) == [["done", 2, 3]]

"""The worker: does what is due and what is queued, until it is asked to stop. Any number may run at once."""

from uuid import uuid4

from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from farthing.service import clock
from farthing.service.jobs import stopping
from farthing.service.jobs.due import run_due

PAUSE = 2.0
"""How many seconds the worker rests when there is nothing to do."""


def work(*, once: bool = False) -> None:
    """Work until SIGTERM or SIGINT, finishing the step in hand; or ``once``, until nothing waits."""
    with stopping.on_signals():
        while not stopping.asked():
            close_old_connections()
            run_due(clock.now)
            _work_off_queue()
            if once:
                return
            stopping.wait(PAUSE)


def _work_off_queue() -> None:
    """Run queued jobs one by one until none is left, what is due waits no longer than one job."""
    while not stopping.asked():
        worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=uuid4().hex,
        )
        worker.run()
        if not worker._run_tasks:
            return
        run_due(clock.now)

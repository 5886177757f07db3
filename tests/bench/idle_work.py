"""Work for the queue that takes no time, so that the queue itself is measured. A job finds it by its place."""

from farthing.service.jobs.models import Job
from farthing.service.jobs.work import work


@work("Do nothing", most_tries=1)
def do_nothing(job: Job) -> None:
    """Do nothing."""

"""The print run as a job, so that its page shows how many letters are done."""

from farthing.service import clock
from farthing.service.correspondence import sending
from farthing.service.jobs import services as jobs
from farthing.service.jobs.models import Job
from farthing.service.jobs.work import work


@work("Send all the letters that wait")
def send_all_that_wait(job: Job) -> dict[str, int]:
    """Send all that waits now; ``farthing.service.jobs.services.queue`` queues it. Gives how many went."""
    waiting = sending.count_waiting(clock.now())
    jobs.advance(job, 0, total=waiting, at=clock.now())

    def tell(sent: int) -> None:
        if sent % 20 == 0 or sent == waiting:
            jobs.advance(job, sent, at=clock.now(), said=f"{sent} of {waiting} letters")

    return {"sent": sending.send_waiting(clock.now, told=tell)}

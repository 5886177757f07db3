"""What comes due for letters: sending those that wait, and asking what became of those sent."""

from datetime import timedelta

from farthing.service.correspondence import sending
from farthing.service.jobs.due import Now, due


@due(every=timedelta(seconds=15))
def send_letters(now: Now) -> None:
    """Send the letters that wait."""
    sending.send_waiting(now)


@due(every=timedelta(minutes=10))
def ask_after_letters(now: Now) -> None:
    """Ask what became of the letters that were sent."""
    sending.ask_after_sent(now)

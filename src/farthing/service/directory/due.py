"""What comes due for the directory: checks that run out, proofs, concerns not sent, feeds, and words kept long enough."""

from datetime import timedelta

from farthing.service.directory.feeds import due_feeds, read_feed, take_turn
from farthing.service.directory.services import concerns, proofs, running_out, wiping
from farthing.service.jobs.due import Now, due


@due(every=timedelta(hours=6))
def hide_where_a_check_ran_out(now: Now) -> None:
    """Drop the listings that may be shown no longer."""
    running_out.hide(now())


@due(every=timedelta(hours=6))
def remind_of_checks(now: Now) -> None:
    """Remind enterprises of the checks that run out soon."""
    running_out.remind(now())


@due(every=timedelta(minutes=5))
def send_waiting_concerns(now: Now) -> None:
    """E-mail the concerns whose team could not be told before."""
    concerns.send_waiting(now())


@due(every=timedelta(hours=6))
def sweep_orphaned_proofs(now: Now) -> None:
    """Delete the files that no proof names."""
    proofs.sweep_orphans(now())


@due(every=timedelta(minutes=10))
def check_held_back_proofs(now: Now) -> None:
    """Ask the virus scanner again about the files that are held back."""
    proofs.check_held_back(now())


@due(every=timedelta(days=1))
def wipe_what_was_kept_long_enough(now: Now) -> None:
    """Close the enquiries that fell silent, and delete what people wrote once the council keeps it no longer."""
    wiping.close_quiet(now())
    wiping.wipe(now())


@due(every=timedelta(minutes=15))
def read_feeds(now: Now) -> None:
    """Read the directories of other councils whose time has come."""
    for feed in due_feeds(now()):
        if take_turn(feed, at=now()):
            read_feed(feed, at=now())

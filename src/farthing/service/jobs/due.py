"""What comes due again and again. An app says it in a ``due.py`` of its own, which is found by its place."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from traceback import format_tb

from django.core.management import call_command
from django.db import transaction
from django.utils.module_loading import autodiscover_modules

from farthing.service.audit import selectors as audit
from farthing.service.jobs import services, stopping
from farthing.service.jobs.models import Turn

log = logging.getLogger(__name__)

KEEP_QUEUE_ENTRIES = timedelta(days=14)

Now = Callable[[], datetime]
"""Tells the moment whenever it is asked."""


@dataclass(frozen=True, slots=True)
class Due:
    """A thing to be done every so often. Two workers may do it at once, and it may be stopped at any instant."""

    name: str
    every: timedelta
    does: Callable[[Now], object]


_declared: dict[str, Due] = {}


def due(*, every: timedelta) -> Callable[[Callable[[Now], object]], Callable[[Now], object]]:
    """Declare that a function is to be called every so often, with what tells it the moment."""

    def declare(does: Callable[[Now], object]) -> Callable[[Now], object]:
        name = f"{does.__module__}.{does.__qualname__}"
        _declared[name] = Due(name, every, does)
        return does

    return declare


def everything_due() -> list[Due]:
    """All that was declared in the ``due.py`` of any app, by name."""
    autodiscover_modules("due")
    return [_declared[name] for name in sorted(_declared)]


def run_due(now: Now, *, all_of_it: bool = False) -> list[str]:
    """Do what is due, or ``all_of_it``. Gives the names of what was done; what fails stops nothing else."""
    later = set() if all_of_it else set(Turn.objects.filter(next_at__gt=now()).values_list("name", flat=True))
    waiting = [each for each in everything_due() if each.name not in later]
    return [each.name for each in waiting if not stopping.asked() and _run(each, now, all_of_it)]


def _run(each: Due, now: Now, all_of_it: bool) -> bool:
    if not (_take_turn(each, now()) or all_of_it):
        return False
    try:
        each.does(now)
    except Exception as error:
        kind, places = type(error).__name__, "".join(format_tb(error.__traceback__))  # what it says may name a person
        log.error("%s was due and stopped: %s\n%s", each.name, kind, places)
        return False
    return True


def _take_turn(each: Due, at: datetime) -> bool:
    """Whether it is due and nobody else took the turn."""
    with transaction.atomic():
        Turn.objects.get_or_create(name=each.name, defaults={"next_at": at})
        return bool(Turn.objects.filter(name=each.name, next_at__lte=at).update(next_at=at + each.every))


@due(every=timedelta(minutes=1))
def recover_lost_jobs(now: Now) -> None:
    """Queue again the jobs whose worker was lost."""
    services.recover(now())


@due(every=timedelta(days=1))
def drop_old_queue_entries(now: Now) -> None:
    """Drop from the queue what was done, or lost its worker, some time ago; the jobs themselves stay."""
    services.drop_queue_entries(before=now() - KEEP_QUEUE_ENTRIES)


@due(every=timedelta(hours=1))
def drop_ended_sessions(now: Now) -> None:
    """Delete the sessions whose time is over, with the forms kept in them."""
    call_command("clearsessions")


@due(every=timedelta(days=1))
def note_latest_event(now: Now) -> None:
    """Write the audit's latest digest to the log: kept elsewhere, it proves that no event up to it was cut off."""
    if latest := audit.latest():
        log.info("The audit's event %d has the digest %s", latest.pk, latest.digest)

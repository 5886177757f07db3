"""How often a computer may ask: counted in the database, so that every process of the service counts together."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from farthing.base.refusal import Problem
from farthing.service.access.models import CallsInAMinute

CALLS_A_MINUTE = 120
KEPT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to a computer in this minute. ``resets_in`` is in seconds."""

    most: int
    left: int
    resets_in: int
    is_used_up: bool

    @property
    def headers(self) -> dict[str, str]:
        """The limit as other programs read it."""
        said = {"RateLimit-Limit": self.most, "RateLimit-Remaining": self.left, "RateLimit-Reset": self.resets_in}
        return {name: str(value) for name, value in said.items()} | (
            {"Retry-After": str(self.resets_in)} if self.is_used_up else {}
        )

    @property
    def problem(self) -> Problem:
        """Why a call is refused once nothing is left."""
        return Problem(
            "", f"more than {self.most} calls came from this address in a minute", f"Wait {self.resets_in} seconds"
        )


def count_call(computer: str, *, at: datetime) -> Allowance:
    """Count one more call of a computer, named by its digest, and say what is left to it."""
    minute = at.replace(second=0, microsecond=0)
    with transaction.atomic():
        of_this_minute = CallsInAMinute.objects.filter(computer=computer, minute=minute)
        if not of_this_minute.update(calls=F("calls") + 1):
            CallsInAMinute.objects.get_or_create(computer=computer, minute=minute)
            of_this_minute.update(calls=F("calls") + 1)
            CallsInAMinute.objects.filter(minute__lt=minute - KEPT).delete()
        calls = of_this_minute.values_list("calls", flat=True).get()
    return Allowance(CALLS_A_MINUTE, max(CALLS_A_MINUTE - calls, 0), 60 - at.second, calls > CALLS_A_MINUTE)

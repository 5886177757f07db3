"""The one place in the service that looks at the clock: moments in UTC, days in London."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """This moment, in UTC."""
    return timezone.now()


def today() -> date:
    """Today's date in London."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The day in London that a moment lies in."""
    return moment.astimezone(LONDON).date()

"""Events: who saw or did what, each sealed to the one before it. The database itself refuses a change."""

from typing import ClassVar

from django.db import models


class Event(models.Model):
    """One thing that somebody saw or did. ``digest`` covers the event and the digest before it."""

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=254, db_index=True)
    action = models.CharField(max_length=60, db_index=True)
    about = models.CharField(max_length=40, blank=True, db_index=True)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

"""Events: who saw or did what, each sealed to the one before it. The database itself refuses a change."""

from typing import ClassVar

from django.db import models

from farthing.service.audit.actions import ACTIONS


class Event(models.Model):
    """One thing that somebody saw or did.

    ``about`` is the reference of the person, request or letter it was done to. ``details`` hold references, counts and
    names of fields, never what a field holds. ``digest`` covers the event and the digest before it, and no two events
    follow the same one, so the events make one chain.
    """

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=254, db_index=True)
    action = models.CharField(max_length=60, db_index=True)
    about = models.CharField(max_length=40, blank=True, db_index=True)
    details = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    @property
    def words(self) -> str:
        """What follows the actor's name on a timeline: "looked at the case"."""
        return ACTIONS.get(self.action, self.action)

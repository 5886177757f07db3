"""Facts, each with who said so, when, and what evidence proves it. Nothing is overwritten: a later row stands before an earlier."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from farthing.service.assessments.models.evidence import Evidence
from farthing.service.people.models import Person


class Side(models.TextChoices):
    """Whose word a fact is."""

    TOLD = "told", "Told by the person or for them"
    VERIFIED = "verified", "Verified by the council"


class ToldFact(models.Model):
    """One thing said about a person, in the words of the case file.

    ``section`` is "person", "care" or the name of a list ("capital"); ``item`` the key of an item of that list, else "".
    ``value`` is as written in a case file, None for an explicit nothing. An item that is taken away has a row with
    ``fact`` "" and ``gone`` true; a list that was gone through has a row with ``item`` and ``fact`` "".
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="facts")
    section = models.CharField(max_length=40)
    item = models.CharField(max_length=12, blank=True)
    fact = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=200, null=True)
    gone = models.BooleanField(default=False)
    side = models.CharField(max_length=10, choices=Side.choices)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    as_whom = models.CharField(max_length=120)
    said_at = models.DateTimeField()
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, related_name="facts")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["person", "section", "item", "fact"])]

"""Files that people send as evidence. They lie outside every web folder under names of our own."""

from django.conf import settings
from django.db import models

from farthing.service.people.models import Person
from farthing.service.references import LONGEST, new_reference
from farthing.service.uploads.scanner import VirusCheck


def evidence_reference() -> str:
    """A new reference for a piece of evidence."""
    return new_reference("E")


class Evidence(models.Model):
    """A file somebody sent, as it was kept: ``stored_as`` is its name in the evidence folder, drawn at random.

    ``proves`` says what it is for, in the sender's choice of words; ``type`` is what the file is, found by looking into it.
    """

    reference = models.CharField(max_length=LONGEST, unique=True, default=evidence_reference, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="evidence")
    proves = models.CharField(max_length=200)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    stored_as = models.CharField(max_length=64, unique=True)
    type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    virus_check = models.CharField(max_length=20, choices=VirusCheck.choices, default=VirusCheck.NOT_CHECKED)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

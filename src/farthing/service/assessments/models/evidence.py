"""Files that people send as evidence. They lie outside every web folder under names of our own."""

from django.conf import settings
from django.db import models

from farthing.service.people.models import Person
from farthing.service.references import new_reference


def evidence_reference() -> str:
    """A new reference for a piece of evidence."""
    return new_reference("E")


class VirusCheck(models.TextChoices):
    """What a scanner has said of a file. One that is held back, or in which a virus was found, is handed to nobody."""

    NOT_CHECKED = "not_checked", "Not virus-checked"
    CLEAN = "clean", "No virus found"
    HELD_BACK = "held_back", "Held back until it can be checked for viruses"
    INFECTED = "infected", "A virus was found: the file was deleted"


NOT_HANDED_OUT = (VirusCheck.HELD_BACK, VirusCheck.INFECTED)
"""The files that nobody can open."""


class Evidence(models.Model):
    """A file somebody sent, as it was kept: ``stored_as`` is its name in the evidence folder, drawn at random.

    ``proves`` says what it is for, in the sender's choice of words; ``type`` is what the file is, found by looking into it.
    """

    reference = models.CharField(max_length=12, unique=True, default=evidence_reference, editable=False)
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

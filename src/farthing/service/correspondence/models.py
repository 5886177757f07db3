"""Letters as they were written, and each try to send one."""

from typing import ClassVar

from django.db import models

from farthing.service.people.models import LetterForm, Person
from farthing.service.references import LONGEST, new_reference


def letter_reference() -> str:
    """A new reference for a letter; it says nothing about whom it is to."""
    return new_reference("L")


class Letter(models.Model):
    """A letter as it was written: its fields are sealed, and so is its PDF once it has been made.

    ``cause`` names what it was written for ("decision D-7K3M-2QXT-H4WR"); the same letter is not written twice for one cause.
    """

    reference = models.CharField(max_length=LONGEST, unique=True, default=letter_reference, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="letters", null=True)
    name = models.CharField(max_length=40)
    form = models.CharField(max_length=20, choices=LetterForm.choices, default=LetterForm.STANDARD)
    cause = models.CharField(max_length=60)
    fields = models.JSONField()
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=254)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cause", "name"], name="a_letter_once_a_cause"),
        ]


class PrintedLetter(models.Model):
    """A letter's PDF as it was first made: it can be shown as it was sent, whatever becomes of its template."""

    letter = models.OneToOneField(Letter, on_delete=models.PROTECT, related_name="printed")
    content = models.BinaryField()


class DeliveryState(models.TextChoices):
    """How far a letter has come."""

    WAITING = "waiting", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    DELIVERED = "delivered", "Delivered, or handed to the post"
    FAILED = "failed", "Could not be sent"
    RETURNED = "returned", "Came back"


class Delivery(models.Model):
    """A letter on its way by one channel.

    ``outside_reference`` is what the channel calls it. ``said`` is what the channel last answered, or why this channel
    was taken, without personal data. ``try_after`` is when to try next, and once it is sent, when to ask after it.
    ``claim`` names the sender that has it in hand, so that one who comes back late changes nothing.
    """

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=20)
    state = models.CharField(max_length=20, choices=DeliveryState.choices, default=DeliveryState.WAITING, db_index=True)
    outside_reference = models.CharField(max_length=100, blank=True, db_index=True)
    said = models.CharField(max_length=500, blank=True)
    claim = models.CharField(max_length=32, blank=True, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    try_after = models.DateTimeField(db_index=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["letter", "channel"], name="a_letter_once_a_channel"),
        ]

"""Where an officer departs from what the figures alone would say: the law's own discretions, each with its reason."""

from django.conf import settings
from django.db import models

from farthing.service.people.models import Person


class DepartureKind(models.TextChoices):
    """Each kind of departure; the facts it settles are in ``services.departures``."""

    LIGHT_TOUCH = "light_touch", "Light-touch assessment"
    DISREGARD = "disregard", "Leaving something out by discretion"
    HIGHER_PROTECTED_INCOME = "higher_protected_income", "Leaving the person more each week"
    DEPRIVATION = "deprivation", "Something given away: was it to avoid a charge?"
    COST_REFUSED = "cost_refused", "Disability cost not accepted"
    WAIVER = "waiver", "Waiving some or all of the charge"


class Departure(models.Model):
    """A departure proposed by one officer and approved by another. ``settles`` holds the facts it gives the calculation.

    ``settles`` maps "section/item/fact" to a value as written in a case file. A waiver settles no fact: ``waived`` is
    the pence a week that are not charged while it runs.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="departures")
    kind = models.CharField(max_length=30, choices=DepartureKind.choices)
    settles = models.JSONField(default=dict)
    waived = models.BigIntegerField(null=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    reason = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    declined_because = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)

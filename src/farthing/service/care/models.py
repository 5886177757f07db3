"""Needs, services with dated rates, what was delivered, stops, and notices of cost. Days are counted both ends."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from farthing.ledger.care import TakenAs as Taken
from farthing.ledger.care import Unit as PricedBy
from farthing.ledger.care import Why
from farthing.service.people.models import Person
from farthing.service.references import LONGEST, new_reference


def service_reference() -> str:
    """A new reference for a service; it says nothing about whom it is for."""
    return new_reference("SV")


def file_reference() -> str:
    """A new reference for a file of visits, which is known by nothing else: the name it came under may hold anything."""
    return new_reference("VF")


class Unit(models.TextChoices):
    """What a service is priced by."""

    WEEK = PricedBy.WEEK, "By the week"
    DAY = PricedBy.DAY, "By the day"
    NIGHT = PricedBy.NIGHT, "By the night"
    HOUR = PricedBy.HOUR, "By the hour"
    VISIT = PricedBy.VISIT, "By the visit"


class TakenAs(models.TextChoices):
    """How the part of the personal budget that pays for a service is taken."""

    ARRANGED = Taken.ARRANGED, "Arranged by the council"
    DIRECT_PAYMENT = Taken.DIRECT_PAYMENT, "As a direct payment"
    FUND = Taken.FUND, "As an individual service fund"


class StopReason(models.TextChoices):
    """Why care stops for a time. A death is on the person's record."""

    HOSPITAL = Why.HOSPITAL, "In hospital"
    ABSENCE = Why.ABSENCE, "Away from home"
    HOLD = Why.HOLD, "On hold"


class NeedsOutcome(models.Model):
    """What a needs assessment came to. Another one may follow it; none is changed."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="needs_outcomes")
    is_eligible = models.BooleanField()
    decided_on = models.DateField()
    review_by = models.DateField()
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    says = models.TextField(blank=True)
    recorded_at = models.DateTimeField()


class Provider(models.Model):
    """Somebody who gives care."""

    name = models.CharField(max_length=150, unique=True)

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """One service of a person's care and support plan. ``planned`` is minutes or units on each day, Monday first."""

    reference = models.CharField(max_length=LONGEST, unique=True, default=service_reference, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="services")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, null=True, related_name="services")
    kind = models.CharField(max_length=40)
    unit = models.CharField(max_length=10, choices=Unit.choices)
    planned = models.JSONField()
    is_by_delivery = models.BooleanField(default=False)
    taken_as = models.CharField(max_length=30, choices=TakenAs.choices, default=TakenAs.ARRANGED)
    starts_on = models.DateField(db_index=True)
    ends_on = models.DateField(null=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)


class ServiceRate(models.Model):
    """What one unit of a service costs, in pence, from a day on."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="rates")
    since = models.DateField()
    pence = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["service", "since"], name="one_rate_of_a_service_from_a_day"),
            models.CheckConstraint(condition=models.Q(pence__gte=0), name="a_rate_is_not_below_nought"),
        ]


class CostNotice(models.Model):
    """That a person was told in writing, before a service could be charged for, what it costs and what they would pay."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="notices")
    issued_on = models.DateField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    acknowledged_on = models.DateField(null=True)
    acknowledged_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["service", "issued_on"], name="a_cost_is_told_once_a_day"),
        ]


class ChargedWithoutNotice(models.Model):
    """That somebody with a name let a service be charged for without a notice, from a day on, and why."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="charged_without_notice")
    since = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Stop(models.Model):
    """Days on which care stops: of one service, or of all. ``last`` is None while nobody knows when it goes on."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stops")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="stops")
    reason = models.CharField(max_length=10, choices=StopReason.choices)
    first = models.DateField()
    last = models.DateField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()


class VisitsFile(models.Model):
    """A file of visits that was brought in, or begun to be: ``ended_at`` is None while some of it may be left.

    The same bytes are never brought in twice. ``refused`` holds [row, field, problem, what to do] of the first rows that
    were refused, ``rows_refused`` how many there were in all. ``name`` is what whoever brought it in calls it.
    """

    reference = models.CharField(max_length=LONGEST, unique=True, default=file_reference, editable=False)
    name = models.CharField(max_length=80, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    rows_taken = models.PositiveIntegerField(default=0)
    rows_refused = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    is_again: bool = False
    """Whether it was found to be there already just now, so that nothing was taken. Not kept."""

    def __str__(self) -> str:
        return self.name or self.reference


class Visit(models.Model):
    """What was delivered of a service on a day: minutes of one priced by the hour, else units; nought once taken back.

    ``outside_reference`` is the provider's own. ``file`` is None where it was keyed by hand.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="visits")
    day = models.DateField(db_index=True)
    amount = models.PositiveIntegerField()
    outside_reference = models.CharField(max_length=60)
    file = models.ForeignKey(VisitsFile, on_delete=models.PROTECT, null=True, related_name="visits")
    keyed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["service", "outside_reference"], name="a_visit_is_brought_in_once"),
        ]


class VisitChange(models.Model):
    """That somebody put right what was delivered, from one amount to another, and why. To nought is to take it back."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="changes")
    before = models.PositiveIntegerField()
    after = models.PositiveIntegerField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class CareChange(models.Model):
    """That a person's care from a day on was recorded otherwise than before, so that what it costs is worked out again.

    ``number`` counts a person's changes from 1 without a gap: who has seen the highest has seen them all.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="care_changes")
    number = models.PositiveIntegerField()
    since = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "number"], name="changes_of_care_are_numbered"),
        ]

"""Decisions: drafted, checked, sealed. A sealed decision is never edited; another one supersedes it."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from farthing.service.assessments.models.requests import AssessmentRequest
from farthing.service.people.models import Person
from farthing.service.references import LONGEST, new_reference


def decision_reference() -> str:
    """A new reference for a decision."""
    return new_reference("D")


class DraftState(models.TextChoices):
    """How far a draft has come."""

    DRAFT = "draft", "Draft"
    CHECKING = "checking", "Waiting to be checked"
    RETURNED = "returned", "Sent back by the checker"


class DecisionDraft(models.Model):
    """A decision being prepared for one request. ``effective_from`` is any day; the law and figures of that day apply.

    A draft that reaches back further than the council's limit needs ``backdating_approved_by`` before it is sealed.
    """

    request = models.OneToOneField(AssessmentRequest, on_delete=models.CASCADE, related_name="draft")
    state = models.CharField(max_length=20, choices=DraftState.choices, default=DraftState.DRAFT)
    effective_from = models.DateField()
    explanation = models.TextField(blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    returned_because = models.TextField(blank=True)
    backdating_reason = models.TextField(blank=True)
    backdating_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)


class Decision(models.Model):
    """A sealed decision. ``sealed`` holds facts, figures, steps, law and versions as they were; ``digest`` is over it.

    Amounts are whole pence. ``maximum_weekly_contribution`` is null where the full cost is paid. The database refuses
    every change and deletion.
    """

    reference = models.CharField(max_length=LONGEST, unique=True, default=decision_reference, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decisions")
    request = models.OneToOneField(AssessmentRequest, on_delete=models.PROTECT, related_name="decision")
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")
    council = models.CharField(max_length=60)
    effective_from = models.DateField()
    weekly_charge = models.BigIntegerField()
    maximum_weekly_contribution = models.BigIntegerField(null=True)
    pays_full_cost = models.BooleanField()
    waived = models.BigIntegerField(default=0)
    outcome = models.CharField(max_length=30, db_index=True)
    disability_costs_asked = models.BigIntegerField(default=0)
    disability_costs_allowed = models.BigIntegerField(default=0)
    law_edition = models.CharField(max_length=60)
    sealed = models.JSONField()
    digest = models.CharField(max_length=64)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    sealed_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["person", "-sealed_at"])]

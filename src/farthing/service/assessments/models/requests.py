"""What the council is asked to decide: a first application, a change of circumstances, a review."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from farthing.service.access.models import ApiToken
from farthing.service.people.models import Person, Representation
from farthing.service.references import LONGEST, new_reference


def request_reference() -> str:
    """A new reference for a request; it says nothing about whom it is from."""
    return new_reference("FA")


class Kind(models.TextChoices):
    """What is asked for."""

    APPLICATION = "application", "Financial assessment"
    CHANGE = "change", "Change of circumstances"
    REVIEW = "review", "Review of a decision"


class How(models.TextChoices):
    """How the request reached the council."""

    ONLINE = "online", "Online"
    TELEPHONE = "telephone", "By telephone"
    VISIT = "visit", "At a home visit"
    POST = "post", "By post"


class State(models.TextChoices):
    """How far a request has come. Which may follow which is in ``services.requests.MAY_FOLLOW``."""

    DRAFT = "draft", "Being filled in"
    RECEIVED = "received", "Received"
    ASSESSING = "assessing", "Being assessed"
    EVIDENCE_WANTED = "evidence_wanted", "Waiting for evidence"
    CHECKING = "checking", "Being checked"
    DECIDED = "decided", "Decided"
    WITHDRAWN = "withdrawn", "Withdrawn"


OPEN = (State.RECEIVED, State.ASSESSING, State.EVIDENCE_WANTED, State.CHECKING)
"""The states in which the council still owes an answer."""


class AssessmentRequest(models.Model):
    """A request to be assessed, from the first word of a draft to the decision that answers it.

    ``answers`` is the draft's own, as ``questions.answers`` writes them; on submission they become facts told.
    ``decide_by`` is the last day of the guard against late decisions. ``tells_finances`` is false for somebody who has
    chosen, and confirmed, not to give details.
    """

    reference = models.CharField(max_length=LONGEST, unique=True, default=request_reference, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT, db_index=True)
    how = models.CharField(max_length=20, choices=How.choices)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="requests_made")
    acting_as = models.ForeignKey(Representation, on_delete=models.PROTECT, null=True, related_name="requests")
    answers = models.JSONField(default=dict)
    says = models.TextField(blank=True)
    about_decision = models.ForeignKey("Decision", on_delete=models.PROTECT, null=True, related_name="reviews")
    tells_finances = models.BooleanField(default=True)
    begun_at = models.DateTimeField()
    declared_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True, db_index=True)
    decide_by = models.DateField(null=True, db_index=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="requests_assigned"
    )
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "assigned_to", "decide_by"])]

    @property
    def is_open(self) -> bool:
        """Whether the council still owes an answer."""
        return self.state in OPEN


class SentOnce(models.Model):
    """That a program sent an application under a key of its own: sent again, the same application is the answer.

    ``digest`` is over what was sent, so that another application under the same key is noticed.
    """

    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    request = models.OneToOneField(AssessmentRequest, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["token", "key"], name="a_key_is_used_once"),
        ]

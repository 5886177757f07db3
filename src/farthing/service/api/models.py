"""What the interface keeps for itself: how often an address asked, and what was sent once."""

from typing import ClassVar

from django.db import models

from farthing.service.access.models import ApiToken
from farthing.service.assessments.models import AssessmentRequest


class CallsInAMinute(models.Model):
    """How many calls a computer made in one minute. ``computer`` is a digest: the address itself is not kept."""

    computer = models.CharField(max_length=64)
    minute = models.DateTimeField(db_index=True)
    calls = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["computer", "minute"], name="a_computer_once_a_minute"),
        ]


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

"""Estimates that somebody asked to be kept, reached by a link that only they have."""

from django.db import models


class SavedEstimate(models.Model):
    """Answers kept for a while. Only the digest of the link is held, and no name or address."""

    digest = models.CharField(max_length=64, unique=True)
    answers = models.JSONField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

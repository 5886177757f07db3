"""Keeping an estimate for somebody who asks for it, under a link that only they have."""

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from farthing.service.assessments.models import SavedEstimate

KEPT_FOR = timedelta(days=90)
"""From the day of the last change."""


def save(answers: Mapping[str, Any], *, at: datetime) -> str:
    """Keep answers, as plain data. Gives the token of the link; only its digest is held, so it cannot be looked up."""
    token = secrets.token_urlsafe(32)
    SavedEstimate.objects.create(digest=_digest(token), answers=dict(answers), saved_at=at, expires_at=at + KEPT_FOR)
    return token


def change(token: str, answers: Mapping[str, Any], *, at: datetime) -> bool:
    """Keep other answers under the same link, for as long again. False where the link is not known or has expired."""
    living = SavedEstimate.objects.filter(digest=_digest(token), expires_at__gt=at)
    return bool(living.update(answers=dict(answers), saved_at=at, expires_at=at + KEPT_FOR))


@contextmanager
def held(token: str) -> Iterator[None]:
    """Hold an estimate for this change alone, so that what two tabs send at once is written one after the other."""
    with transaction.atomic():
        SavedEstimate.objects.select_for_update().filter(digest=_digest(token)).first()
        yield


def find(token: str, *, at: datetime) -> SavedEstimate | None:
    """The estimate kept under a link; None where the link is not known, has expired, or was deleted."""
    return SavedEstimate.objects.filter(digest=_digest(token), expires_at__gt=at).first()


def delete(token: str) -> None:
    """Delete what is kept under a link. Nothing happens where nothing is."""
    SavedEstimate.objects.filter(digest=_digest(token)).delete()


def delete_expired(*, at: datetime) -> int:
    """Delete every estimate whose time is over; how many there were."""
    return SavedEstimate.objects.filter(expires_at__lte=at).delete()[0]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

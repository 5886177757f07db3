"""Sessions whose time is over do not lie about."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from farthing.service.jobs.due import run_due

pytestmark = pytest.mark.django_db


def test_a_session_whose_time_is_over_is_deleted_and_one_that_runs_is_kept():
    for lasts in (-1, 600):
        session = SessionStore()
        session["typed"] = "kept form"
        session.set_expiry(datetime.now(UTC) + timedelta(seconds=lasts))
        session.save()
    run_due(lambda: datetime.now(UTC), all_of_it=True)
    assert Session.objects.count() == 1

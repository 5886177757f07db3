"""The pages for people, in Cambridgeshire, on a day whose figures are known."""

from datetime import UTC, datetime

import pytest

from farthing.service.directory.models import Enterprise
from tests.service.public.listed import an_entry, listed

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def the_pages_for_people(settings, monkeypatch):
    settings.FARTHING_COUNCIL, settings.FARTHING_COUNCIL_LOOK = "cambridgeshire", ""
    monkeypatch.setattr("farthing.service.clock.now", lambda: NOW)


@pytest.fixture(scope="module")
def _helping_hands(standing):
    return listed(an_entry(name="Invented Helping Hands")).pk


@pytest.fixture
def hands(_helping_hands, db):
    """An enterprise in the directory, listed once for all tests of a file."""
    return Enterprise.objects.get(pk=_helping_hands)

"""The pages for people, in Cambridgeshire, on a day whose figures are known."""

from datetime import UTC, datetime

import pytest

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def the_pages_for_people(settings, monkeypatch):
    settings.FARTHING_COUNCIL, settings.FARTHING_COUNCIL_LOOK = "cambridgeshire", ""
    monkeypatch.setattr("farthing.service.clock.now", lambda: NOW)

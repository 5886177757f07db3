"""The pages for people, in Cambridgeshire, on a day whose figures are known."""

from datetime import UTC, datetime

import pytest

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def the_pages_for_people(settings, monkeypatch):
    settings.ROOT_URLCONF = "tests.service.public.addresses"
    settings.FARTHING_COUNCIL, settings.FARTHING_COUNCIL_LOOK = "cambridgeshire", ""
    monkeypatch.setattr("farthing.service.clock.now", lambda: NOW)


@pytest.fixture
def with_sign_in(settings, the_pages_for_people):
    """With the sign-in beside the pages for people."""
    settings.ROOT_URLCONF = "tests.service.public.addresses_with_sign_in"

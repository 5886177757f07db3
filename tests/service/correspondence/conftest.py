"""A print folder and a Notify for each test."""

import pytest

from tests.service.correspondence.notify_stand_in import KEY, TEMPLATE, stand_in


@pytest.fixture(autouse=True)
def print_folder(tmp_path, settings):
    """An empty print folder, which is how letters go unless a test says otherwise."""
    settings.CHANNEL = "print"
    settings.PRINT_FOLDER = tmp_path / "letters-to-print"
    return settings.PRINT_FOLDER


@pytest.fixture
def notify(settings):
    """A stand-in for Notify, which is how letters go."""
    with stand_in() as listening:
        settings.CHANNEL = "notify"
        settings.NOTIFY = {
            "key": KEY,
            "address": listening.address,
            "email_template": TEMPLATE,
            "callback_token": "the council's token",
        }
        yield listening

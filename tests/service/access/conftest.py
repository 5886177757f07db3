"""A clock that a test can move on, and codes as an app would show them."""

from datetime import datetime, timedelta

import pytest
from django_otp.oath import totp

from farthing.service import clock
from farthing.service.access.models import Account
from farthing.service.access.second_factors import device_of
from tests.browser.fixtures import browser_type_launch_args

__all__ = ["browser_type_launch_args"]


class MovedClock:
    """The service's clock, ahead of the real one by as much as a test says."""

    def __init__(self, really):
        self._really = really
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return self._really() + self._ahead

    def move(self, **by: int) -> None:
        """Move on by ``minutes=30`` and the like."""
        self._ahead += timedelta(**by)


@pytest.fixture
def moved_clock(monkeypatch) -> MovedClock:
    moved = MovedClock(clock.now)
    monkeypatch.setattr(clock, "now", moved)
    return moved


def code_for(account: Account, *, steps_ahead: int = 0) -> str:
    """What the app of an account shows, or will show in so many half minutes: a code counts once."""
    device = device_of(account)
    assert device is not None
    return f"{totp(device.bin_key, t0=-30 * steps_ahead):06d}"

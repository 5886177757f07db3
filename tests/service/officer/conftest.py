"""Browsers of each kind of staff, a clock that stands at the moment of the cases, and a folder for evidence that goes away."""

from datetime import timedelta
from itertools import count

import pytest

from farthing.service import clock
from farthing.service.access.models import Account, Role
from tests.service import cases
from tests.service.access.signed_in import browser_of


@pytest.fixture(autouse=True)
def _evidence_in_a_folder_of_its_own(settings, tmp_path):
    settings.EVIDENCE = tmp_path / "evidence"


@pytest.fixture(autouse=True)
def _the_clock_goes_on_from_the_cases(monkeypatch):
    seconds = count(1)
    monkeypatch.setattr(clock, "now", lambda: cases.AT + timedelta(seconds=next(seconds)))


@pytest.fixture
def officer(db) -> Account:
    return cases.staff(Role.OFFICER)


@pytest.fixture
def desk(officer):
    """The officer's browser."""
    return browser_of(officer)


@pytest.fixture
def colleague(db) -> Account:
    return cases.staff(Role.OFFICER)


@pytest.fixture
def checker(db) -> Account:
    return cases.staff(Role.CHECKER)


@pytest.fixture
def manager(db) -> Account:
    return cases.staff(Role.MANAGER)


@pytest.fixture
def auditor(db) -> Account:
    return cases.staff(Role.AUDITOR)

"""Browsers of each kind of staff, and evidence kept in a folder that goes away."""

import pytest

from farthing.service.access.models import Account, Role
from tests.service import cases
from tests.service.access.signed_in import browser_of


@pytest.fixture(autouse=True)
def _evidence_in_a_folder_of_its_own(settings, tmp_path):
    settings.EVIDENCE = tmp_path / "evidence"


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

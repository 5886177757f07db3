"""Who works on direct payments in these tests, and where files for the bank go."""

import pytest

from farthing.service.access.models import Role
from tests.service import cases
from tests.service.direct_payments.invented import PAYS_FROM, finance


@pytest.fixture
def officer():
    return cases.staff(Role.OFFICER)


@pytest.fixture
def clerk():
    return finance()


@pytest.fixture
def manager():
    return cases.staff(Role.MANAGER)


@pytest.fixture
def pays_from(settings, tmp_path):
    """The council's account and form of file, and a folder of the test's own."""
    settings.PAYS_FROM = dict(PAYS_FROM)
    settings.DATA = tmp_path
    return settings

"""The command that brings in visits says how many rows were taken, and each that was refused with what to do."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from farthing.cli import main
from farthing.ledger.care import Unit
from farthing.service.access.models import Role
from farthing.service.care import services
from farthing.service.care.models import Visit
from tests.service import cases
from tests.service.cases import AT, TODAY

pytestmark = pytest.mark.django_db

DAY = TODAY - timedelta(200)


@pytest.fixture
def clerk():
    return cases.staff(Role.FINANCE)


@pytest.fixture
def file(clerk, tmp_path):
    """A file of two visits, one of them of a day before the service."""
    service = services.plan_service(
        cases.person(by=clerk), kind="home_care", unit=Unit.HOUR, planned=(60,) * 7, pence=2_000, starts_on=DAY,
        is_by_delivery=True, by=clerk, at=AT,
    )  # fmt: skip
    rows = [f"{service.reference},{service.person.reference},{day},30,{day}" for day in (DAY, DAY - timedelta(1))]
    written = tmp_path / "visits.csv"
    written.write_text("\n".join(["service,person,day,minutes,visit", *rows, ""]), encoding="utf-8")
    return written


def ran(file, by):
    return CliRunner().invoke(main, ["service", "import-visits", str(file), "--by", by])


def test_rows_are_taken_and_refused_and_the_exit_status_says_whether_any_was_refused(file, clerk):
    result = ran(file, clerk.email)
    assert result.exit_code == 1 and "1 taken, 1 refused" in result.output
    assert "row 3: day is not a day of this service, which starts on 9 May 2026. Check the day" in result.output
    assert Visit.objects.get().day == DAY


def test_the_same_file_again_takes_nothing_new_and_says_so(file, clerk):
    ran(file, clerk.email)
    assert "Nothing new was taken" in ran(file, clerk.email).output and Visit.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"name\n", None])
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(file, clerk, content):
    file.unlink() if content is None else file.write_bytes(content)
    result = ran(file, clerk.email)
    assert result.exit_code == 1 and not Visit.objects.exists() and "Traceback" not in result.output


def test_who_brings_visits_in_must_be_staff(file):
    assert ran(file, "nobody@council.example").exit_code == 1 and not Visit.objects.exists()

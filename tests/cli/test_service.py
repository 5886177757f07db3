"""What `farthing service` says of its database and does with it."""

from pathlib import Path

import pytest

from tests.databases import Databases

GOES_A_STEP_BACK = """
from django.core.management import call_command
call_command("migrate", "jobs", "0001", verbosity=0, skip_checks=True)
"""

pytestmark = pytest.mark.slow


def test_the_check_says_that_an_empty_database_has_to_be_migrated(databases: Databases, tmp_path: Path):
    with databases.own(tmp_path, "nothing") as own:
        found = own.farthing("service", "check")
        assert found.returncode == 1 and "farthing service migrate" in found.stdout


def test_the_check_finds_a_database_of_an_older_version_and_nothing_wrong_once_it_is_migrated(
    databases: Databases, tmp_path: Path
):
    with databases.own(tmp_path / "data") as own:
        own.run(GOES_A_STEP_BACK)
        found = own.farthing("service", "check")
        assert found.returncode == 1 and "farthing service migrate" in found.stdout
        assert own.farthing("service", "migrate").returncode == 0
        assert own.farthing("service", "check").returncode == 0


def test_who_brings_people_in_must_be_staff(databases: Databases, tmp_path: Path):
    with databases.own(tmp_path / "data") as own:
        refused = own.farthing("service", "import-people", str(tmp_path / "x.csv"), "--by", "nobody@council.example")
        assert refused.returncode == 1 and "is no member of staff" in refused.stderr


def test_an_address_that_is_taken_makes_no_second_administrator(databases: Databases, tmp_path: Path):
    with databases.own(tmp_path / "data") as own:
        asked = ("service", "create-administrator", "ines@council.example", "Ines Invented")
        assert own.farthing(*asked).returncode == 0
        again = own.farthing(*asked)
        assert again.returncode == 1 and "already" in again.stderr


def test_bills_are_drafted_and_released_from_the_command_line_by_the_finance_team_alone(
    databases: Databases, tmp_path: Path
):
    with databases.own(tmp_path / "data", "staff") as own:
        bill = ("service", "bill", "1", "--by")
        refused = own.farthing(*bill, "officer@council.example")
        assert refused.returncode == 1 and "is not of the finance team" in refused.stderr
        drafted = own.farthing(*bill, "finance@council.example")
        assert drafted.returncode == 0 and "to be reviewed" in drafted.stdout and "--release" in drafted.stdout
        released = own.farthing(*bill, "finance@council.example", "--release")
        assert released.returncode == 0 and "of period 1: released" in released.stdout

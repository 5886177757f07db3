"""The service started from the command line answers, and stops whole when it is asked to."""

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.databases import Databases, OwnDatabase

FARTHING = [sys.executable, "-c", "from farthing.cli import main; main()"]
TOLD_TO_SCRIPTS = {"DJANGO_SETTINGS_MODULE", "FARTHING_SECRET_KEY"}
COMMANDS = ["assess", "ask", "rates", "rules", "councils", "doctor", "recheck", "service"]
LOADS_DJANGO = f"""
import sys
from importlib import import_module
for name in {COMMANDS}:
    import_module(f"farthing.cli.{{name}}")
    assert "django" not in sys.modules, name
"""

pytestmark = pytest.mark.slow


def told_of(own: OwnDatabase) -> dict[str, str]:
    """What the service is told of where it runs, and nothing else."""
    return {name: value for name, value in own.environment.items() if name not in TOLD_TO_SCRIPTS}


def parts_of(number: int) -> list[int]:
    """The processes that a process has started, in order."""
    said = subprocess.run(["ps", "--ppid", str(number), "-o", "pid="], capture_output=True, text=True, check=True)
    return [int(each) for each in said.stdout.split()]


def ran(surroundings: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*FARTHING, "service", *arguments]
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)


def a_free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answers(port: int) -> int | None:
    asking = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        asking.request("GET", "/api/v1/councils")
        return asking.getresponse().status
    except OSError:
        return None
    finally:
        asking.close()


def test_no_command_loads_django_before_it_is_called():
    said = subprocess.run([sys.executable, "-c", LOADS_DJANGO], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_and_stops_both_its_parts_when_asked(databases: Databases, tmp_path: Path, asked: signal.Signals):
    port = a_free_port()
    with databases.own(tmp_path) as own:
        started = own.starts_farthing("service", "run", "--port", str(port))
        try:
            assert "Farthing answers at" in started.stdout.readline()
            assert answers(port) == 200
            parts = parts_of(started.pid)
            assert len(parts) == 2
            started.send_signal(asked)
            assert started.wait(40) == 0
            assert answers(port) is None
            assert not any(Path(f"/proc/{number}").exists() for number in parts)
        finally:
            started.terminate()
            started.wait(40)


def test_it_says_so_and_stops_the_other_where_one_part_ends_by_itself(databases: Databases, tmp_path: Path):
    port = a_free_port()
    with databases.own(tmp_path) as own:
        started = own.starts_farthing("service", "run", "--port", str(port))
        assert started.stdout.readline()
        os.kill(parts_of(started.pid)[1], signal.SIGKILL)
        _, said = started.communicate(timeout=60)
        assert started.returncode == 1 and "has stopped by itself" in said
        time.sleep(0.2)
        assert answers(port) is None


def test_it_does_not_run_before_the_database_is_as_wanted(databases: Databases, tmp_path: Path):
    with databases.own(tmp_path, "nothing") as own:
        refused = own.farthing("service", "run", "--port", str(a_free_port()), "--try")
        assert refused.returncode == 1 and "farthing service migrate" in refused.stderr


@pytest.mark.parametrize(
    "address",
    ["nonsense", "oracle://secret@db/farthing", "postgres://secret@[db/farthing", "postgres://secret@db:x/farthing"],
)
def test_an_address_of_a_database_that_is_none_is_refused_in_words_and_not_shown(
    databases: Databases, tmp_path: Path, address: str
):
    with databases.own(tmp_path, "nothing", DATABASE_URL=address) as own:
        said = ran(told_of(own), "check").stderr
    assert "DATABASE_URL is no address of a PostgreSQL database" in said and "leave it out for SQLite" in said
    assert "Traceback" not in said and "secret" not in said


def test_an_empty_address_of_a_database_is_none(databases: Databases, tmp_path: Path):
    with databases.own(tmp_path, "nothing", DATABASE_URL="") as own:
        assert "farthing service migrate" in own.farthing("service", "check").stdout


def test_production_wants_a_secret_an_address_and_no_invented_people(databases: Databases, tmp_path: Path):
    with databases.own(tmp_path, FARTHING_PRODUCTION="yes") as own:
        assert "FARTHING_SECRET_KEY" in ran(told_of(own), "check").stderr
        with_secret = own.told(FARTHING_SECRET_KEY="s" * 60)
        found = with_secret.farthing("service", "check").stdout
        assert "https://" in found and "FARTHING_EMAIL_HOST" in found
        assert "in production" in with_secret.farthing("service", "demonstration", "--people", "1").stderr
        assert "in production" in with_secret.farthing("service", "code", "officer").stderr

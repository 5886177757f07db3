"""The service started from the command line answers, and stops whole when it is asked to."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

FARTHING = [sys.executable, "-c", "from farthing.cli import main; main()"]
LOADS_DJANGO = "import sys; import farthing.cli.{}; print('django' in sys.modules)"

pytestmark = pytest.mark.slow


def told_of(data: Path) -> dict[str, str]:
    """What the service is told of where it runs, and nothing else."""
    apart = {
        name: value for name, value in os.environ.items() if not name.startswith(("FARTHING_", "DJANGO_", "DATABASE_"))
    }
    return {**apart, "FARTHING_DATA": str(data), "FARTHING_COUNCIL": "cambridgeshire"}


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """Where nothing has been set up yet."""
    return told_of(tmp_path / "data")


@pytest.fixture(scope="module")
def set_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that was set up, to copy."""
    data = tmp_path_factory.mktemp("set-up") / "data"
    assert ran(told_of(data), "migrate").returncode == 0
    return data


@pytest.fixture
def ready(set_up: Path, tmp_path: Path) -> dict[str, str]:
    """Where the service was set up, and nobody is in it."""
    return told_of(shutil.copytree(set_up, tmp_path / "data"))


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


@pytest.mark.parametrize("name", ["assess", "ask", "rates", "rules", "councils", "doctor", "recheck", "service"])
def test_no_command_loads_django_before_it_is_called(name: str):
    said = subprocess.run([sys.executable, "-c", LOADS_DJANGO.format(name)], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_and_stops_both_its_parts_when_asked(ready: dict[str, str], asked: signal.Signals):
    port = a_free_port()
    started = subprocess.Popen(
        [*FARTHING, "service", "run", "--port", str(port)], env=ready, stdout=subprocess.PIPE, text=True
    )
    try:
        assert started.stdout is not None and "Farthing answers at" in started.stdout.readline()
        assert answers(port) == 200
        parts = subprocess.run(
            ["ps", "--ppid", str(started.pid), "-o", "pid="], capture_output=True, text=True, check=True
        )
        assert len(parts.stdout.split()) == 2
        started.send_signal(asked)
        assert started.wait(40) == 0
        assert answers(port) is None
        assert not any(Path(f"/proc/{number}").exists() for number in parts.stdout.split())
    finally:
        if started.poll() is None:
            started.terminate()
            started.wait(40)


def test_it_says_so_and_stops_the_other_where_one_part_ends_by_itself(ready: dict[str, str]):
    port = a_free_port()
    command = [*FARTHING, "service", "run", "--port", str(port)]
    started = subprocess.Popen(command, env=ready, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert started.stdout is not None and started.stdout.readline()
    parts = subprocess.run(["ps", "--ppid", str(started.pid), "-o", "pid="], capture_output=True, text=True, check=True)
    os.kill(int(parts.stdout.split()[1]), signal.SIGKILL)
    _, said = started.communicate(timeout=60)
    assert started.returncode == 1 and "has stopped by itself" in said
    time.sleep(0.2)
    assert answers(port) is None


def test_it_does_not_run_before_the_database_is_as_wanted(surroundings: dict[str, str]):
    refused = ran(surroundings, "run", "--port", str(a_free_port()), "--try")
    assert refused.returncode == 1 and "farthing service migrate" in refused.stderr


def test_the_check_finds_what_is_wrong_and_nothing_once_it_is_right(surroundings: dict[str, str]):
    found = ran(surroundings, "check")
    assert found.returncode == 1 and "farthing service migrate" in found.stdout
    ran(surroundings, "migrate")
    assert ran(surroundings, "check").returncode == 0


def test_production_wants_a_secret_an_address_and_no_invented_people(surroundings: dict[str, str]):
    in_production = {**surroundings, "FARTHING_PRODUCTION": "yes"}
    assert "FARTHING_SECRET_KEY" in ran(in_production, "check").stderr
    with_secret = {**in_production, "FARTHING_SECRET_KEY": "s" * 60}
    found = ran(with_secret, "check").stdout
    assert "https://" in found and "FARTHING_EMAIL_HOST" in found
    ran(with_secret, "migrate")
    assert "in production" in ran(with_secret, "demonstration", "--people", "1").stderr
    assert "in production" in ran(with_secret, "code", "officer").stderr


def test_who_brings_people_in_must_be_staff(ready: dict[str, str], tmp_path: Path):
    refused = ran(ready, "import-people", str(tmp_path / "x.csv"), "--by", "nobody@council.example")
    assert refused.returncode == 1 and "is no member of staff" in refused.stderr


def test_an_address_that_is_taken_makes_no_second_administrator(ready: dict[str, str]):
    assert ran(ready, "create-administrator", "ines@council.example", "Ines Invented").returncode == 0
    again = ran(ready, "create-administrator", "ines@council.example", "Ines Invented")
    assert again.returncode == 1 and "already" in again.stderr

"""A real server for a real browser: gunicorn over a data folder of its own, with a database prepared once and copied."""

import email
import email.policy
import fcntl
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
STARTS_WITHIN_SECONDS = 60
PREPARE = {
    "empty": "from tests.browser import staff; staff.make()",
    "demonstration": "from tests.browser import demonstration; demonstration.make()",
}
"""What a data folder is begun with: nobody but a member of staff of each role, or an invented caseload."""


class Server:
    """The service at an address of this machine. What it says goes into ``server.log`` of its folder."""

    def __init__(self, data: Path):
        self.data = data
        self.address = ""

    def start(self) -> None:
        """Start answering, and wait until it does. Raises ``AssertionError`` with what the server said where it does not."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        command = "gunicorn farthing.service.wsgi --workers 2 --no-control-socket --timeout 60 --graceful-timeout 2"
        with (self.data / "server.log").open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *command.split(), "--bind", f"127.0.0.1:{port}"],
                env=environment(self.data, self.address),
                cwd=ROOT,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        ends = time.monotonic() + STARTS_WITHIN_SECONDS
        while not self._answers():
            assert self._process.poll() is None and time.monotonic() < ends, self.log()
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop, and wait until everything has."""
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def log(self) -> str:
        """What the server said."""
        return (self.data / "server.log").read_text(encoding="utf-8", errors="replace")

    def run(self, code: str) -> str:
        """Run Python beside the server, with the same settings and data, and give what it prints."""
        return run(code, self.data, self.address)

    def work(self) -> None:
        """Do what the background worker does, until nothing waits."""
        self.run("from farthing.service.jobs.worker import work; work(once=True)")

    def emails(self, to: str) -> list[str]:
        """The text of every e-mail sent to an address, the oldest first."""
        files = sorted((self.data / "emails").glob("*"), key=lambda file: file.stat().st_mtime_ns)
        found = []
        for file in files:
            for each in file.read_bytes().split(b"-" * 79):
                message = email.message_from_bytes(each.strip(), policy=email.policy.default)
                if to in str(message["To"]):
                    found.append(message.get_content())
        return found

    def link_sent_to(self, to: str) -> str:
        """The address of this server in the newest e-mail to somebody."""
        return re.findall(rf"{re.escape(self.address)}\S+", self.emails(to)[-1])[-1]

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.address}/static/design/farthing.css", timeout=5):
                return True
        except OSError:
            return False


def environment(data: Path, address: str = "http://127.0.0.1") -> dict[str, str]:
    """The environment of the service over a data folder: as in use, but for nothing that this machine has set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FARTHING_", "DATABASE_URL"))}
    ours = {"DATA": str(data), "ADDRESS": address, "DEMONSTRATION": "yes", "COUNCIL": "cambridgeshire"}
    return {
        **kept,
        **{f"FARTHING_{name}": value for name, value in ours.items()},
        "DJANGO_SETTINGS_MODULE": "farthing.service.settings",
    }


def run(code: str, data: Path, address: str = "http://127.0.0.1") -> str:
    """Run Python with the service's settings over a data folder, and give what it prints."""
    ended = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        env=environment(data, address),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def prepared(begun_with: str, shared: Path) -> Path:
    """A data folder begun with one of ``PREPARE``: made once in a folder that every process of a test run shares."""
    shared.mkdir(parents=True, exist_ok=True)
    done, data = shared / f"{begun_with}.done", shared / begun_with
    with (shared / f"{begun_with}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(data, ignore_errors=True)
            data.mkdir()
            run(PREPARE[begun_with], data)
            done.touch()
    return data


@contextmanager
def serving(begun_with: str, shared: Path, own: Path) -> Iterator[Server]:
    """A server over a copy, in folder ``own``, of the data that one of ``PREPARE`` makes."""
    server = Server(shutil.copytree(prepared(begun_with, shared), own))
    (own / "static").mkdir(exist_ok=True)
    server.start()
    try:
        yield server
    finally:
        server.stop()

"""A real server for a real browser: gunicorn over a database and a folder of its own."""

import email
import email.policy
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests.databases import Databases, OwnDatabase

STARTS_WITHIN_SECONDS = 60
COMMAND = "gunicorn farthing.service.wsgi --preload --workers 2 --no-control-socket --timeout 60 --graceful-timeout 2"


class Server:
    """The service at an address of this machine. What it says goes into ``server.log`` of its folder."""

    def __init__(self, own: OwnDatabase, port: int):
        self.own, self.data = own, own.folder
        self.address = own.environment["FARTHING_ADDRESS"]
        self._port = port

    def start(self) -> None:
        """Start answering, and wait until it does. Raises ``AssertionError`` with what the server said where it does not."""
        log = str(self.data / "server.log")
        command = [*COMMAND.split(), "--bind", f"127.0.0.1:{self._port}", "--capture-output", "--error-logfile", log]
        self._process = self.own.start(
            f"import sys; from gunicorn.app.wsgiapp import run; sys.argv = {command!r}; run()"
        )
        ends = time.monotonic() + STARTS_WITHIN_SECONDS
        while not self._answers():
            assert self._process.poll() is None and time.monotonic() < ends, self.log()
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop, and wait until everything has."""
        self._process.terminate()
        self._process.communicate(timeout=10)

    def log(self) -> str:
        """What the server said."""
        return (self.data / "server.log").read_text(encoding="utf-8", errors="replace")

    def run(self, code: str) -> str:
        """Run Python beside the server, with the same settings and data, and give what it prints."""
        return self.own.says(code)

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


@contextmanager
def serving(databases: Databases, begun_with: str, folder: Path, **more: str) -> Iterator[Server]:
    """A server over a database that begins with one of ``tests.databases.BEGUN_WITH``, and over a folder.

    ``more`` is environment.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "static").mkdir(parents=True, exist_ok=True)
    told = {"FARTHING_ADDRESS": f"http://127.0.0.1:{port}", "FARTHING_DEMONSTRATION": "yes", **more}
    with databases.own(folder, begun_with, **told) as own:
        server = Server(own, port)
        server.start()
        try:
            yield server
        finally:
            server.stop()

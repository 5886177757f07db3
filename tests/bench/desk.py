"""The desk as it is measured: a service of its own on a database that goes away, under gunicorn, with people asking at once."""

import logging
import os
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from time import perf_counter, sleep

from cases import SEED
from stopwatch import Row, row, say

from tests import postgres

DATABASES = ("SQLite", "PostgreSQL")
COUNCIL = "cambridgeshire"
AT_ONCE, AT_ONCE_TO_TRY = 20, 2
WORKERS, WORKERS_TO_TRY = 2, 1


@contextmanager
def desk(database: str = "SQLite") -> Iterator[Path]:
    """Set up the service in this process, as a council runs it, on an empty database. Gives the folder of its data.

    A process can do so once on PostgreSQL, and again and again on SQLite. Raises ``SystemExit`` where PostgreSQL is asked
    for and not installed.
    """
    with _folder() as folder, _address(database, folder) as address:
        os.environ.setdefault("FARTHING_SECRET_KEY", secrets.token_urlsafe(50))
        os.environ.update(
            DATABASE_URL=address,
            DJANGO_SETTINGS_MODULE="farthing.service.settings",
            FARTHING_ADDRESS="http://127.0.0.1",
            FARTHING_COUNCIL=COUNCIL,
            FARTHING_DATA=str(folder),
            FARTHING_PRODUCTION="yes",
        )
        import django
        from django.db import connection

        django.setup()
        logging.disable(logging.INFO)
        _migrate(folder / "farthing.sqlite3" if database == "SQLite" else None)
        try:
            yield folder
        finally:
            connection.close()


@contextmanager
def _folder() -> Iterator[Path]:
    """An empty folder that goes away; of one process always the same, because the service has read where its data lies."""
    folder = Path(tempfile.gettempdir()) / f"farthing-bench-{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)  # of a process that was killed
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _migrate(file: Path | None) -> None:
    """Make the tables: of a file of SQLite, once in a run that has a folder of its own, and copied from then on."""
    from django.core.management import call_command
    from django.db import connection

    kept = (
        Path(os.environ["FARTHING_BENCH_FOLDER"]) / "tables.sqlite3" if "FARTHING_BENCH_FOLDER" in os.environ else None
    )
    if file and kept and kept.exists():
        shutil.copyfile(kept, file)
        return
    call_command("migrate", verbosity=0, skip_checks=True)
    if file and kept:
        connection.close()
        shutil.copyfile(file, kept)


@contextmanager
def _address(database: str, folder: Path) -> Iterator[str]:
    if database == "SQLite":
        yield f"sqlite:///{folder / 'farthing.sqlite3'}"
    else:
        with postgres.server() as address:
            yield address


def is_there(database: str) -> bool:
    """Whether a kind of database can be measured on this machine; says so where it cannot."""
    there = database == "SQLite" or postgres.programs() is not None
    if not there:
        say(f"{database} is not installed, so it is left out")
    return there


@dataclass(frozen=True)
class Ask:
    """One page to be asked for. ``holds`` is what it must show."""

    path: str
    holds: str
    cookies: Mapping[str, str]

    def send(self, port: int) -> None:
        """Ask for the page and read it to its end. Raises ``ValueError`` where another one comes."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", self.path, headers=headers)
            response = connection.getresponse()
            page = response.read().decode()
        finally:
            connection.close()
        if response.status != 200 or self.holds not in page:
            raise ValueError(f"{self.path} gave {response.status} without {self.holds!r}: {page[:2000]}")


@dataclass(frozen=True)
class Run:
    """One run: seconds each page took the server, seconds each was waited for, and seconds the whole run took.

    ``processor`` is the seconds of a processor that the server's workers used for them all.
    """

    server: list[float]
    waited: list[float]
    whole: float
    processor: float


@dataclass(frozen=True)
class Served:
    """A running server."""

    port: int
    log: Path
    process: int

    def run(self, asks: Sequence[Sequence[Ask]], *, pages: int, pause: float) -> Run:
        """Let as many people as there are lists of asks ask at once, for so many pages each.

        ``pause`` is how long they read a page before they ask for the next, more or less.
        """
        before, used = len(self._logged()), self._processor()
        start = perf_counter()
        with ThreadPoolExecutor(len(asks)) as people:
            going = [people.submit(self._one_person, place, mine, pages, pause) for place, mine in enumerate(asks)]
            waited = [each for one in going for each in one.result()]
        whole = perf_counter() - start
        return Run(self._logged_since(before, len(waited)), waited, whole, self._processor() - used)

    def _processor(self) -> float:
        """Seconds of a processor that the workers have used so far."""
        workers = Path(f"/proc/{self.process}/task/{self.process}/children").read_text().split()
        return sum(map(_processor_of, workers))

    def _one_person(self, place: int, asks: Sequence[Ask], pages: int, pause: float) -> list[float]:
        reading = Random(SEED + place)
        waited = []
        for number in range(pages):
            sleep(reading.uniform(0.5, 1.5) * pause)
            start = perf_counter()
            asks[number % len(asks)].send(self.port)
            waited.append(perf_counter() - start)
        return waited

    def _logged(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []

    def _logged_since(self, before: int, wanted: int) -> list[float]:
        """What the server says that each request took; the last is written after its answer has gone."""
        for _ in range(100):
            logged = self._logged()[before:]
            if len(logged) >= wanted:
                return [int(each) / 1e6 for each in logged]
            sleep(0.05)
        raise ValueError(f"The server logged {len(logged)} of {wanted} requests")


def _processor_of(process: str) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(folder: Path, *, quick: bool) -> Iterator[Served]:
    """The service under gunicorn, with as many workers as it is run with, for as long as the block."""
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log, errors = folder / "access.log", folder / "server.log"
    command = [sys.executable, "-m", "gunicorn", "farthing.service.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", str(WORKERS_TO_TRY if quick else WORKERS), "--worker-class", "sync"]
    command += ["--no-control-socket", "--log-level", "warning"]
    command += ["--access-logfile", str(log), "--access-logformat", "%(D)s"]
    with errors.open("w") as said, subprocess.Popen(command, stdout=said, stderr=said) as process:
        try:
            _wait_until_there(port, process, errors)
            yield Served(port, log, process.pid)
        except BaseException:
            say(errors.read_text()[-4000:])
            raise
        finally:
            process.terminate()


def _wait_until_there(port: int, process: "subprocess.Popen[bytes]", errors: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(errors.read_text())
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            sleep(0.1)
    raise RuntimeError(f"The server did not start: {errors.read_text()}")


def timed_pages(
    subject: str, page: str, server: Served, asks: Sequence[Sequence[Ask]], *, quick: bool, limit: float | None
) -> list[Row]:
    """How long a page takes with twenty people at once: those who read each page, and those who never pause."""
    rows: list[Row] = []
    server.run(asks, pages=1 if quick else 3, pause=0.0)
    for pause, how, pages in ((1.0, "who read a page for about a second", 15), (0.0, "who never pause", 25)):
        say(f"{page}: {len(asks)} people {how}")
        times, asked, resting = (1, 2, pause / 10) if quick else (5, pages, pause)
        runs = [server.run(asks, pages=asked, pause=resting) for _ in range(times)]
        who = f"{len(asks)} people {how}"
        rate = statistics.median(len(each.waited) / each.whole for each in runs)
        used = sum(each.processor for each in runs) / sum(len(each.waited) for each in runs)
        figure, more = f"{page}, server time, 95th percentile: {who}", f"{used * 1e3:.0f} ms of processor time a page"
        rows.append(_row_of(subject, figure, [each.server for each in runs], limit, more))
        figure, more = f"{page}, waited, 95th percentile: {who}", f"{rate:,.0f} pages a second"
        rows.append(_row_of(subject, figure, [each.waited for each in runs], None, more))
    return rows


def _row_of(subject: str, figure: str, runs: list[list[float]], limit: float | None, more: str) -> Row:
    every = [each for one in runs for each in one]
    note = f"quickest {min(every) * 1e3:.0f} ms, half within {statistics.median(every) * 1e3:.0f} ms; {more}"
    return row(subject, figure, "seconds", [percentile(each) for each in runs], limit=limit, note=note)


def percentile(values: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def queries(action: Callable[[], object]) -> int:
    """How many queries an action in this process makes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as made:
        action()
    return len(made)

"""Running the service: a web server and a worker as processes of their own, started together and stopped together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from types import FrameType

from farthing.base.refusal import Problem, Refusal

WORKERS = 2
READY_WITHIN = 60.0
"""Seconds, on a slow machine."""
STOPPED_WITHIN = 20.0


class AskedToStop(Exception):
    """Raised in the process that watches the others, once it is asked to stop."""


def commands(port: int) -> list[list[str]]:
    """What is run: the web server, and the worker that sends letters and does what is due."""
    server = [
        sys.executable, "-m", "gunicorn", "farthing.service.wsgi:application", "--bind", f"127.0.0.1:{port}",
        "--preload", "--workers", str(WORKERS), "--worker-class", "sync", "--no-control-socket", "--log-level", "warning",
    ]  # fmt: skip
    worker = [sys.executable, "-c", "from farthing.cli import main; main()", "service", "work"]
    return [server, worker]


@contextmanager
def running(port: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The service running at a port and ready to answer; stopped at the end, whatever happened.

    Raises ``Refusal`` where it does not get ready.
    """
    _refuse_taken(port)
    started = [subprocess.Popen(command, start_new_session=True) for command in commands(port)]
    try:
        _wait_until_ready(port, started)
        yield started
    finally:
        _stop(started)


def watch(started: list[subprocess.Popen[bytes]]) -> None:
    """Watch over the processes until this one is asked to stop. Raises ``Refusal`` where one of them ends by itself."""
    with _asking_by_exception():
        try:
            while all(each.poll() is None for each in started):
                time.sleep(0.5)
        except AskedToStop:
            return
    raise Refusal(Problem("", "a part of the service has stopped by itself", "Read what it printed above"))


@contextmanager
def _asking_by_exception() -> Iterator[None]:
    def ask(number: int, frame: FrameType | None) -> None:
        raise AskedToStop

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _refuse_taken(port: int) -> None:
    if _answers(port):
        raise Refusal(Problem("--port", f"{port} is taken by another program", "Give another, such as --port 8001"))


def _wait_until_ready(port: int, started: list[subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + READY_WITHIN
    while not _answers(port):
        if any(each.poll() is not None for each in started) or time.monotonic() > until:
            raise Refusal(Problem("", "the service did not start", "Read what it printed above"))
        time.sleep(0.2)


def _answers(port: int) -> bool:
    asking = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        asking.request("GET", "/", headers={"Host": os.environ.get("FARTHING_HOSTS", "localhost").split(",")[0]})
        return asking.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        asking.close()


def _stop(started: list[subprocess.Popen[bytes]]) -> None:
    for each in started:
        if each.poll() is None:
            each.terminate()
    until = time.monotonic() + STOPPED_WITHIN
    for each in started:
        try:
            each.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            each.kill()
            each.wait()

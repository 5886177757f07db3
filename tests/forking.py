"""Processes that have everything loaded: as real as any started anew, and there in a moment.

One process loads everything and opens nothing. For each script asked of it, it leaves a process of its own, which takes
the environment it is given and reads the settings anew, runs the script, can be killed, and tells how it ended.
"""

import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.db import connections
from django_tasks import task_backends

ROOT = Path(__file__).parents[1]
SETTINGS = "farthing.service.settings"
LOADED = (
    "farthing.service.urls",
    "farthing.service.jobs.worker",
    "farthing.letters.printing",
    "django.test",
    "gunicorn.app.wsgiapp",
    "gunicorn.workers.sync",
)
MOST_ASKED = 1_000_000
"""Bytes of a script and its environment."""


class Forked:
    """A process that runs a script, after the manner of ``subprocess.Popen`` with text."""

    def __init__(self, pid: int, ends: int, stdout: int):
        self.pid, self.returncode = pid, None
        self.stdout = os.fdopen(stdout, encoding="utf-8", errors="replace")
        self._ends, self._stderr = ends, None

    def poll(self, timeout: float = 0) -> int | None:
        """How it ended, less than nought by a signal; None where it runs still."""
        if self.returncode is None and select.select([self._ends], [], [], timeout)[0]:
            self.returncode = int(os.read(self._ends, 20) or b"-9")
            os.close(self._ends)
        return self.returncode

    def wait(self, timeout: float = 120) -> int:
        """Wait until it ends. Raises ``subprocess.TimeoutExpired``, after killing it, where it does not."""
        ended = self.poll(timeout)
        if ended is None:
            self.kill()
            raise subprocess.TimeoutExpired(f"process {self.pid}", timeout)
        return ended

    def communicate(self, timeout: float = 120) -> tuple[str, str]:
        """What it printed, and its trouble, once it has ended."""
        self.wait(timeout)
        with self.stdout, self._stderr:
            self._stderr.seek(0)
            return self.stdout.read(), self._stderr.read()

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it has not ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it ended in between
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to stop."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.send_signal(signal.SIGKILL)


class Forking:
    """Starts scripts, each in an environment of its own, until it is closed."""

    def __init__(self) -> None:
        self._asks, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._asks.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, MOST_ASKED)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.forking", str(theirs.fileno())],
                env={**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS, "FARTHING_SECRET_KEY": "none is needed to load"},
                cwd=ROOT,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )

    def start(self, script: str, environment: dict[str, str]) -> Forked:
        """Start a script in a process of its own."""
        ends, their_ends = os.pipe()
        stdout, their_stdout = os.pipe()
        stderr = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        given = [their_ends, their_stdout, stderr.fileno()]
        socket.send_fds(self._asks, [json.dumps([script, environment]).encode()], given)
        os.close(their_ends)
        os.close(their_stdout)
        pid = self._asks.recv(20)
        assert pid, "the process that has everything loaded did not load"
        started = Forked(int(pid), ends, stdout)
        started._stderr = stderr
        return started

    def close(self) -> None:
        """Start no more; what runs goes on."""
        self._asks.close()
        self._process.wait()


def _serve(asks: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # keepers end by themselves
    while True:
        asked, given, _, _ = socket.recv_fds(asks, MOST_ASKED, 3)
        if not asked:
            return
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _keep(asks, *json.loads(asked), *given)
        for each in given:
            os.close(each)


def _keep(asks: socket.socket, script: str, environment: dict[str, str], ends: int, stdout: int, stderr: int) -> None:
    """Run the script in a process, and tell how it ended."""
    child = os.fork()
    if child:
        asks.send(str(child).encode())
        asks.close()
        os.close(stdout)
        os.close(stderr)
        _, status = os.waitpid(child, 0)
        os.write(ends, str(os.waitstatus_to_exitcode(status)).encode())
        os._exit(0)
    asks.close()
    os.close(ends)
    os.dup2(stdout, 1)
    os.dup2(stderr, 2)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", encoding="utf-8")
    os._exit(_run(script, environment))


def _run(script: str, environment: dict[str, str]) -> int:
    ended = 0
    try:
        _take(environment)
        exec(compile(script, "<script>", "exec"), {"__name__": "__main__"})
    except SystemExit as asked:
        ended = asked.code if isinstance(asked.code, int) else int(asked.code is not None)
    except BaseException:
        traceback.print_exc()
        ended = 1
    connections.close_all()  # as the end of an interpreter would: SQLite then leaves one file behind, and no log beside it
    sys.stdout.flush()
    sys.stderr.flush()
    return ended


def _take(environment: dict[str, str]) -> None:
    """Read the settings anew, as a process does that starts in this environment; nothing else was made of them yet.

    Those that other libraries filled in as they were loaded stay as they are, and passwords are quick to check.
    """
    os.environ.clear()
    os.environ.update(environment)
    before = [name for name in dir(sys.modules.pop(SETTINGS)) if name.isupper()]
    read = import_module(os.environ["DJANGO_SETTINGS_MODULE"])
    for name in before:
        delattr(settings, name)
    for name in dir(read):
        if name.isupper():
            setattr(settings, name, getattr(read, name))
    settings.PASSWORD_HASHERS = ["tests.passwords.Quick"]
    for handler in (connections, caches, task_backends):
        handler.__dict__.clear()
        handler.__init__()


if __name__ == "__main__":
    import django

    django.setup()
    for name in LOADED:
        import_module(name)
    gc.collect()
    gc.freeze()  # what is loaded is garbage in no process: none looks through it, and so makes no copy of it
    _serve(socket.socket(fileno=int(sys.argv[1])))

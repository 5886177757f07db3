"""Processes that have everything loaded: as real as any started anew, and there in a moment.

One process loads Django with the settings of its environment and opens nothing. For each script asked of it, it leaves a
process of its own, which runs the script, can be killed, and tells how it ended.
"""

import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOADED = ("farthing.service.urls", "farthing.service.jobs.worker", "farthing.letters.printing", "django.test")
MOST_OF_A_SCRIPT = 1_000_000


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
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to stop."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.send_signal(signal.SIGKILL)


class Forking:
    """Starts scripts in the settings of one environment, until it is closed."""

    def __init__(self, environment: dict[str, str]):
        self._asks, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._asks.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, MOST_OF_A_SCRIPT)
        command = [sys.executable, "-m", "tests.forking", str(theirs.fileno())]
        self._process = subprocess.Popen(
            command, env=environment, cwd=ROOT, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
        )
        theirs.close()

    def start(self, script: str) -> Forked:
        """Start a script in a process of its own."""
        ends, their_ends = os.pipe()
        stdout, their_stdout = os.pipe()
        stderr = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        given = [their_ends, their_stdout, stderr.fileno()]
        socket.send_fds(self._asks, [script.encode()], given)
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
    while True:
        script, given, _, _ = socket.recv_fds(asks, MOST_OF_A_SCRIPT, 3)
        if not script:
            return
        keeper = os.fork()
        if keeper == 0:
            _keep(asks, script.decode(), *given)
        for each in given:
            os.close(each)
        os.waitpid(keeper, 0)


def _keep(asks: socket.socket, script: str, ends: int, stdout: int, stderr: int) -> None:
    """Leave two processes: one that runs the script, and its parent, which tells how it ended."""
    if os.fork():
        os._exit(0)
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
    os._exit(_run(script))


def _run(script: str) -> int:
    ended = 0
    try:
        exec(compile(script, "<script>", "exec"), {"__name__": "__main__"})
    except SystemExit as asked:
        ended = asked.code if isinstance(asked.code, int) else int(asked.code is not None)
    except BaseException:
        traceback.print_exc()
        ended = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return ended


if __name__ == "__main__":
    from importlib import import_module

    import django

    django.setup()
    for name in LOADED:
        import_module(name)
    _serve(socket.socket(fileno=int(sys.argv[1])))

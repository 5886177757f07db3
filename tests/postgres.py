"""A PostgreSQL of the tests' own, for as long as one command runs: ``python -m tests.postgres COMMAND``.

The server lies in a folder that goes away, listens on this machine only, and is started by its own user where this is
run as root, because PostgreSQL refuses root.
"""

import glob
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, or None where it is not installed."""
    installed = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda file: int(Path(file).parts[4]))
    found = installed[-1] if installed else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def server() -> Iterator[str]:
    """The address of a new, empty database server that ends with the block."""
    folder = programs()
    if folder is None:
        raise SystemExit("PostgreSQL is not installed (sudo apt-get install postgresql)")
    data = tempfile.mkdtemp(prefix="farthing-postgres-")
    as_user = []
    if os.geteuid() == 0:
        shutil.chown(data, USER)
        as_user = ["runuser", "-u", USER, "--"]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    quick = "-c fsync=off -c full_page_writes=off -c max_connections=200"  # the data goes away: nothing to save it for
    options = f"-p {port} -k {data} -c listen_addresses=127.0.0.1 {quick}"

    def run(program: str, *arguments: str) -> None:
        command = [*as_user, str(folder / program), "-D", f"{data}/data", *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=data)

    run("initdb", "-A", "trust", "-U", USER, "--locale=C.UTF-8", "-E", "UTF8")
    run("pg_ctl", "-o", options, "-l", f"{data}/log", "-w", "start")
    try:
        yield f"postgres://{USER}@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-m", "immediate", "-w", "stop")
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    with server() as address:
        done = subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": address}, check=False)
    raise SystemExit(done.returncode)

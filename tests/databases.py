"""Databases of a test's own, of the kind the tests run on, for real processes that commit, collide and are killed.

Each is copied from one that was made once in a test run: by its file on SQLite, as a template on PostgreSQL, whose server
is the tests' own (``tests/postgres.py``).
"""

import fcntl
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier

from tests.forking import Forked, Forking

BEGUN_WITH = {
    "tables": (
        "nothing",
        "from django.core.management import call_command; call_command('migrate', verbosity=0, skip_checks=True); "
        "from django.template import engines; pages = engines['jinja2'].env; "
        "[pages.get_template(name) for name in pages.list_templates()]",
    ),
    "staff": ("tables", "from tests.browser import staff; staff.make()"),
    "demonstration": ("tables", "from tests.browser import demonstration; demonstration.make()"),
}
"""What a database may hold from the first, beside nothing: tables (and compiled templates), staff, an invented caseload.

Each with what it is copied from, and the script that then makes it.
"""

START = """
import json, os, signal, sys
from datetime import UTC, datetime, timedelta
from farthing.service import clock
def die(*given, **named): os.kill(os.getpid(), signal.SIGKILL)
def tell(what): print(json.dumps(what, default=str), flush=True)
"""
"""What every script starts with: ``die`` ends it as a power cut would, ``tell`` hands something to the test."""

CALLS_FARTHING = """
from farthing.cli import main
main()
"""

COPIES_FILES_SINCE = 15_00_00
"""The version of PostgreSQL that copies a template by its files only where it is told to; each before did nothing else."""

IN_MEMORY = "file:farthing?mode=memory&cache=shared"
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR")


class OwnDatabase:
    """The environment that leads a process to the database, and ways to run a script in it."""

    def __init__(self, forking: Forking, folder: Path, address: str | None, **more: str):
        self.folder, self._forking, self._address, self._more = folder, forking, address, more
        self.environment = {
            **{name: os.environ[name] for name in PASSED_ON if name in os.environ},
            "DJANGO_SETTINGS_MODULE": "farthing.service.settings",
            "FARTHING_DATA": str(folder),
            "FARTHING_SECRET_KEY": "for tests",
            "FARTHING_COUNCIL": "cambridgeshire",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            **({"DATABASE_URL": address} if address else {}),
            **more,
        }

    def told(self, **more: str) -> "OwnDatabase":
        """The same database, for processes with more in their environment."""
        return OwnDatabase(self._forking, self.folder, self._address, **self._more, **more)

    def start(self, script: str) -> Forked:
        """Start a script in a process of its own."""
        return self._forking.start(START + script, self.environment)

    def run(self, script: str, *, ends: int = 0) -> Any:
        """Run a script to its end, and give what it told last."""
        said = self.says(script, ends=ends)
        return json.loads(said.splitlines()[-1]) if said else None

    def says(self, script: str, *, ends: int = 0) -> str:
        """Run a script to its end, and give all that it printed."""
        process = self.start(script)
        said, trouble = process.communicate()
        assert process.returncode == ends, trouble
        return said

    def starts_farthing(self, *arguments: str) -> Forked:
        """A command typed in the folder of the test, as a process that has everything loaded."""
        typed = ["farthing", *arguments]
        return self.start(f"import sys; os.chdir({os.getcwd()!r}); sys.argv = {typed!r}" + CALLS_FARTHING)

    def farthing(self, *arguments: str) -> CompletedProcess[str]:
        """What becomes of a command typed in the folder of the test."""
        process = self.starts_farthing(*arguments)
        said, trouble = process.communicate()
        return CompletedProcess(["farthing", *arguments], process.returncode, said, trouble)


class Databases:
    """Makes databases for the tests of a run, whose processes share a folder."""

    def __init__(self, shared: Path):
        self._shared, self._forking = shared, Forking()

    def close(self) -> None:
        """Make no more, and start no more processes."""
        self._forking.close()

    @contextmanager
    def own(self, folder: Path, begun_with: str = "tables", **more: str) -> Iterator[OwnDatabase]:
        """A database that goes away afterwards. What the service keeps in files lies in ``folder``; ``more`` is environment.

        It holds from the first what ``begun_with`` names, or what ``begun_with`` makes where it is a script, run once in all.
        """
        with _database(self._copied(begun_with, folder)) as address:
            yield OwnDatabase(self._forking, folder, address, **more)

    @contextmanager
    def of_this_process(self) -> Iterator[None]:
        """Tables for the process that asks, in memory on SQLite: its connection leads there while this lasts."""
        from django.db import connection

        prepared, template = self._prepared("tables")
        with _database(template) as address:
            connection.close()
            connection.settings_dict["NAME"] = urlsplit(address).path[1:] if address else IN_MEMORY
            connection.ensure_connection()
            if address is None:
                unchanging = f"file:{prepared / 'farthing.sqlite3'}?immutable=1"  # no file is made beside it to read it
                with closing(sqlite3.connect(unchanging, uri=True)) as tables:
                    tables.backup(connection.connection)
            yield
            connection.close()

    def _copied(self, begun_with: str, folder: Path) -> str | None:
        """Copy what is prepared into a folder, and give the name of its template; None where there is nothing to copy."""
        if begun_with == "nothing":
            return None
        prepared, template = self._prepared(begun_with)
        shutil.copytree(prepared, folder, dirs_exist_ok=True)
        return template

    def _prepared(self, begun_with: str) -> tuple[Path, str]:
        """The folder to copy and the name of the template: made once, whichever process of the run comes first."""
        self._shared.mkdir(parents=True, exist_ok=True)
        after, script = BEGUN_WITH.get(begun_with, ("tables", begun_with))
        name = begun_with if begun_with in BEGUN_WITH else sha256(script.encode()).hexdigest()[:16]
        done, folder = self._shared / f"{name}.done", self._shared / name
        template = f"farthing_{name}_{sha256(bytes(folder)).hexdigest()[:16]}"
        with (self._shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(mode=0o750)
                like = self._copied(after, folder)
                with _database(like, name=template, stays=True) as address:
                    OwnDatabase(self._forking, folder, address, FARTHING_DEMONSTRATION="yes").says(script)
                done.touch()
        return folder, template


@contextmanager
def _database(template: str | None, *, name: str = "", stays: bool = False) -> Iterator[str | None]:
    """The address of a new database on the server the tests run on; None where they run on SQLite."""
    if "DATABASE_URL" not in os.environ:
        yield None
        return
    server = urlsplit(os.environ["DATABASE_URL"])
    name = name or f"farthing_{uuid4().hex}"
    like = SQL(" TEMPLATE {}").format(Identifier(template)) if template else SQL("")
    with psycopg.connect(server._replace(path="/postgres").geturl(), autocommit=True) as keeper:
        if template and keeper.info.server_version >= COPIES_FILES_SINCE:
            like += SQL(" STRATEGY FILE_COPY")
        if stays:
            keeper.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
        keeper.execute(SQL("CREATE DATABASE {}").format(Identifier(name)) + like)
        try:
            yield server._replace(path=f"/{name}").geturl()
        finally:
            if not stays:
                keeper.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))

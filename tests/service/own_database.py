"""A database of a test's own, of the kind the tests run on, for real processes that commit, collide and are killed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from django.conf import settings
from psycopg.sql import SQL, Identifier

START = """
import django, json, os, signal, sys
from datetime import UTC, datetime, timedelta
django.setup()
from farthing.service import clock
def die(*given, **named): os.kill(os.getpid(), signal.SIGKILL)
def tell(what): print(json.dumps(what, default=str), flush=True)
"""
"""What every script starts with: ``die`` ends it as a power cut would, ``tell`` hands something to the test."""


@dataclass(frozen=True)
class OwnDatabase:
    """The environment that leads a process to the database, and ways to run a script in it."""

    environment: dict[str, str]
    folder: Path

    def start(self, script: str, **more: str) -> "subprocess.Popen[str]":
        """Start a script in a process of its own."""
        command = [sys.executable, "-c", START + script]
        return subprocess.Popen(command, env={**self.environment, **more}, text=True, stdout=-1, stderr=-1)

    def run(self, script: str, *, ends: int = 0, **more: str) -> Any:
        """Run a script to its end, and give what it told last."""
        process = self.start(script, **more)
        said, trouble = process.communicate(timeout=120)
        assert process.returncode == ends, trouble
        return json.loads(said.splitlines()[-1]) if said else None


@contextmanager
def own_database(folder: Path) -> Iterator[OwnDatabase]:
    """A migrated database that goes away afterwards; ``folder`` holds what the service keeps in files."""
    given = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "farthing.service.settings",
        "FARTHING_DATA": str(folder),
        "FARTHING_SECRET_KEY": "for tests",
        "FARTHING_COUNCIL": settings.FARTHING_COUNCIL,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
    default = settings.DATABASES["default"]
    if default["ENGINE"] != "django.db.backends.postgresql":
        yield _migrated(OwnDatabase(given, folder))
        return
    name, server = f"farthing_{uuid4().hex}", f"{default['USER']}@{default['HOST']}:{default['PORT']}"
    with psycopg.connect(f"postgres://{server}/postgres", autocommit=True) as keeper:
        keeper.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        try:
            yield _migrated(OwnDatabase({**given, "DATABASE_URL": f"postgres://{server}/{name}"}, folder))
        finally:
            keeper.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def _migrated(own: OwnDatabase) -> OwnDatabase:
    own.run("from django.core.management import call_command; call_command('migrate', verbosity=0, skip_checks=True)")
    return own

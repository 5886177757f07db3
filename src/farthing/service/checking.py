"""Whether the service is set up right, and bringing it there."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from farthing import councils
from farthing.base.refusal import Problem, Refusal
from farthing.councils.billing import billing, sends_bills
from farthing.councils.directory import directory, has_directory


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not set up right."""

    says: str
    what_to_do: str


def findings() -> list[Finding]:
    """Everything that is not set up right; empty where all is well."""
    return [*_of_council(), *_of_data(), *_of_database(), *_of_production(), *_of_files(), *_of_django()]


def refuse_unready() -> None:
    """Raise ``Refusal`` where no letter could be written, or the database is not as this version wants it."""
    if found := [*_of_council(), *_of_database()]:
        raise Refusal(*(Problem("", each.says, each.what_to_do) for each in found))


def bring_up_to_date() -> None:
    """Bring the database, and in production the files that pages need, to what this version wants."""
    settings.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    if settings.IN_PRODUCTION:
        call_command("collectstatic", verbosity=0, interactive=False)


def _of_council() -> Iterator[Finding]:
    try:
        found = councils.council(settings.FARTHING_COUNCIL)
    except Refusal as refusal:
        yield from (Finding(f"FARTHING_COUNCIL {each.problem}", each.what_to_do) for each in refusal.problems)
        return
    if not found.contacts:
        whole = ", ".join(each.key for each in councils.councils().values() if each.contacts)
        what_to_do = f"Set it to a council that gives whom to ask, such as {whole}, or give contacts in its folder"
        yield Finding(f"FARTHING_COUNCIL is {found.key}, which has nobody for letters to name", what_to_do)


def _of_data() -> Iterator[Finding]:
    folder = Path(settings.DATA)
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        yield Finding(f"{folder} cannot be written to", "Make the folder, and let the service write in it")
    elif folder.stat().st_mode & 0o007:
        yield Finding(f"{folder} can be read by everybody on this machine", f"Take it from them: chmod 750 {folder}")


def _of_database() -> Iterator[Finding]:
    try:
        executor = MigrationExecutor(connection)
        wanting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Finding(f"The database cannot be reached: {type(error).__name__}", "Check DATABASE_URL")
        return
    if wanting:
        yield Finding("The database is not as this version wants it", "Run: farthing service migrate")


def _of_production() -> Iterator[Finding]:
    if settings.IN_PRODUCTION and settings.DEBUG:
        yield Finding("FARTHING_DEBUG is on in production", "Take it away")
    if settings.IN_PRODUCTION and settings.DEMONSTRATION:
        yield Finding("FARTHING_DEMONSTRATION is on in production", "Take it away")
    if settings.IN_PRODUCTION and not settings.ADDRESS.startswith("https://"):
        yield Finding("FARTHING_ADDRESS does not begin with https://", "Give the address that people reach it at")
    if settings.IN_PRODUCTION and settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        what_to_do = "Set FARTHING_EMAIL_HOST to a mail server, or FARTHING_NOTIFY_MESSAGE_TEMPLATE"
        yield Finding("No e-mail leaves this machine, so nobody can be sent a link to sign in with", what_to_do)


def _of_files() -> Iterator[Finding]:
    """What of a council's own files is wrong, or in production is nothing to rely on: found now, not once it is wanted."""
    key = settings.FARTHING_COUNCIL
    for subject, is_there, read, until in (
        ("directory", has_directory, directory, "nobody can tell of a concern, or be published"),
        ("billing", sends_bills, billing, "no bill can be released"),
    ):
        try:
            found = read(key) if is_there(key) else None
        except Refusal as refusal:
            yield from (Finding(f"{each.field} {each.problem}".strip(), each.what_to_do) for each in refusal.problems)
            continue
        if found and settings.IN_PRODUCTION:
            for name in found.invented:
                what_to_do = f"Put the council's own in {found.place}: until then {until}"
                yield Finding(f"{name} in the council's {subject} is invented", what_to_do)


def _of_django() -> Iterator[Finding]:
    for message in run_checks(include_deployment_checks=settings.IN_PRODUCTION):
        if not message.is_silenced():
            yield Finding(str(message.msg).rstrip("."), str(message.hint or "See the Django documentation").rstrip("."))

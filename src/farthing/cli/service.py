"""farthing service: set up the desk, run it, and look after it. Django is loaded by these commands alone."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from farthing.base.money import shown
from farthing.base.refusal import Problem, Refusal
from farthing.cli import directory
from farthing.cli.desk import desk, load, staff
from farthing.cli.show import console, refuses

SCOPES = ("calculate", "read_applications", "send_applications", "read_decisions")
PORT = 8000


@click.group("service")
def command() -> None:
    """The desk: where people estimate and apply, and officers decide."""


for each in directory.COMMANDS:
    command.add_command(each)


@command.command("check")
@desk
def check() -> None:
    """Check that the service is set up right: settings, database, folders. Exit status 1 if anything is wrong."""
    from farthing.service.checking import findings

    out = console()
    found = findings()
    for each in found:
        out.print(f"{each.says}.", style="bold")
        out.print(f"  {each.what_to_do}.")
    if found:
        raise SystemExit(1)
    out.print("Everything is set up right.")


@command.command("migrate")
@desk
def migrate() -> None:
    """Bring the database, and the files that pages need, to what this version wants."""
    from farthing.service.checking import bring_up_to_date

    bring_up_to_date()
    console().print("The database is as this version wants it.")


@command.command("create-administrator")
@click.argument("email")
@click.argument("name")
@desk
def create_administrator(email: str, name: str) -> None:
    """Make the first administrator (EMAIL, NAME), and print the link at which they choose a password."""
    from farthing.service import clock
    from farthing.service.access.models import Role
    from farthing.service.access.services import make_staff, password_link
    from farthing.service.audit.services import THE_SERVICE

    account = make_staff(email, name, [Role.ADMINISTRATOR], by=THE_SERVICE, at=clock.now())
    out = console()
    out.print(f"{account} is an administrator. Give them this link; it works once, for three days:")
    out.print(password_link(account), soft_wrap=True)


@command.command("import-people")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--by", required=True, help="The e-mail address of the member of staff who brings them in.")
@desk
def import_people(file: Path, by: str) -> None:
    """Bring in people from a CSV file (FILE): rows that cannot be read are refused by their number, the rest is kept.

    Brought in again, nobody is there twice. Exit status 1 if any row was refused.
    """
    from farthing.service import clock
    from farthing.service.people.importing import bring_in, read_rows, write_refused

    report = bring_in(read_rows(file), by=staff(by), at=clock.now())
    out = console()
    out.print(f"{report.added} added, {report.there_already} there already, {len(report.refused)} refused.")
    if report.refused:
        beside = file.with_suffix(".refused.csv")
        write_refused(report, beside)
        out.print(f"Refused rows, and why: {beside}", soft_wrap=True)
        raise SystemExit(1)


@command.command("import-visits")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--by", required=True, help="The e-mail address of the member of staff who brings them in.")
@desk
def import_visits(file: Path, by: str) -> None:
    """Bring in visits from a provider's CSV file (FILE): each row is taken, or refused by its number, with the reason.

    Stopped at any moment and called again, it goes on where it was stopped. Exit status 1 if any row was refused.
    """
    from farthing.service import clock
    from farthing.service.care.visits import bring_in

    clerk, out = staff(by), console()
    try:
        with file.open("rb") as opened:
            found = bring_in(opened, by=clerk, at=clock.now())
    except OSError as error:
        raise Refusal(
            Problem(file.name, f"cannot be read: {error.strerror}", "Check its name and its folder")
        ) from None
    if found.is_again:
        out.print("This file was brought in before. Nothing new was taken.")
    out.print(f"File {found.reference}: {found.rows_taken:,} taken, {found.rows_refused:,} refused.")
    for number, field, problem, what_to_do in found.refused:
        out.print(f"  row {number}: {field} {problem}. {what_to_do}.", markup=False, soft_wrap=True)
    if found.rows_refused:
        raise SystemExit(1)


@command.command("bill")
@click.argument("period", type=click.IntRange(1))
@click.option("--by", required=True, help="The e-mail address of the member of staff who bills.")
@click.option("--release", "is_right", is_flag=True, help="Release the run that was drafted and reviewed.")
@desk
def bill(period: int, by: str, is_right: bool) -> None:
    """Draft the bills of a four-week period (PERIOD, by its number); with --release, send those that were reviewed.

    Stopped at any moment and called again, it goes on where it was stopped.
    """
    from farthing.service import clock
    from farthing.service.billing.drafting import draft
    from farthing.service.billing.releasing import release
    from farthing.service.billing.selectors import open_run, totals
    from farthing.service.billing.services import begin_run_here, release_run_here

    clerk, run = _finance(by), open_run()
    if run is None or run.period != period or run.person is not None:
        run = begin_run_here(period, by=clerk, at=clock.now())
    if run.state == "drafting":
        with _progress("Drafting") as advance:
            draft(run, now=clock.now, advance=advance)
    if is_right:
        if run.state == "review":
            release_run_here(run, by=clerk, at=clock.now())
        with _progress("Releasing") as advance:
            release(run, now=clock.now, advance=advance)
    out = console()
    out.print(f"Run {run.reference} of period {period}: {run.get_state_display().lower()}.")
    for each in totals(run):
        out.print(f"  {each.state.label}: {each.people:,} people, {shown(each.total)}")
    if run.state == "review":
        out.print("Look through it on the page Billing. Then call this again with --release.")


@command.command("demonstration")
@click.option("--people", type=click.IntRange(1, 300), default=300, help="How many people to invent; 300 if left out.")
@desk
def demonstration(people: int) -> None:
    """Load an invented council: people who do not exist, in every state a case can be in, and staff to sign in as."""
    _load_demonstration(people)
    _print_sign_ins()


@command.command("code")
@click.argument("role")
@desk
def code(role: str) -> None:
    """Print the code of this moment for a role (ROLE) of the demonstration, for signing in without an app."""
    from django.conf import settings

    from farthing.service import clock
    from farthing.service.demonstration.staff import sign_ins

    if settings.IN_PRODUCTION:
        raise Refusal(Problem("", "this is a service in production", "Codes come from each one's own app"))
    found = [each for each in sign_ins() if role in (each.role, each.email)]
    if not found:
        roles = ", ".join(dict.fromkeys(str(each.role) for each in sign_ins()))
        raise Refusal(Problem("", f"there is no role {role!r}", f"Give one of: {roles}"))
    console().print(found[0].code(clock.now()))


@command.command("run")
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, help="The port to answer at; 8000 if left out.")
@click.option("--demonstration", "invented", is_flag=True, help="Set up and load the invented council first.")
@click.option("--try", "only_try", is_flag=True, help="Start, see that it answers, and stop again.")
@refuses
def run(port: int, invented: bool, only_try: bool) -> None:
    """Run the web server and the worker on this machine until Ctrl-C or SIGTERM; both stop together."""
    os.environ.setdefault("FARTHING_ADDRESS", f"http://localhost:{port}")
    if invented:
        os.environ["FARTHING_DEMONSTRATION"] = "yes"
    load()
    from django.conf import settings

    from farthing.service.checking import bring_up_to_date, refuse_unready
    from farthing.service.people.selectors import anybody
    from farthing.service.running import running, watch

    if invented:
        bring_up_to_date()
    refuse_unready()
    if invented and not anybody():
        _load_demonstration(300)
    out = console()
    with running(port) as started:
        out.print(f"Farthing answers at {settings.ADDRESS}. Ctrl-C stops it.", style="bold", soft_wrap=True)
        out.print(f"Its data is in {settings.DATA}.", soft_wrap=True)
        if invented:
            _print_sign_ins()
        if not only_try:
            watch(started)
    out.print("Stopped.")


@command.command("work")
@click.option("--once", is_flag=True, help="Stop when nothing waits any more.")
@desk
def work(once: bool) -> None:
    """Send letters, and do queued and regular work, until stopped. Any number may run at once."""
    from farthing.service.jobs import worker

    worker.work(once=once)
    console().print("Nothing waits." if once else "Stopped.")


@command.command("run-due")
@click.option("--all", "all_of_it", is_flag=True, help="Do all regular work, due or not.")
@desk
def run_due(all_of_it: bool) -> None:
    """Do once what is due: send letters that wait, ask after those sent, drop what has expired."""
    from farthing.service import clock
    from farthing.service.jobs import due

    done = due.run_due(clock.now, all_of_it=all_of_it)
    out = console()
    for name in done:
        out.print(name.removeprefix("farthing.service."), soft_wrap=True)
    out.print(f"{len(done)} things were due.")


@command.command("verify-audit")
@desk
def verify_audit() -> None:
    """Verify the audit record from its first event to its last. Exit status 1 if any was changed or is missing."""
    from farthing.service.audit.selectors import verify

    broken = verify()
    if broken is not None:
        what_to_do = "Keep the database as it is, and compare it with a backup"
        raise Refusal(Problem(f"event {broken.pk}", "was changed, or does not follow the one before it", what_to_do))
    console().print("The audit record is whole.")


@command.command("recheck")
@desk
def recheck() -> None:
    """Read every sealed decision's case again, by today's law and program on its own day, and list what would change.

    Nothing is changed. Exit status 1 if anything would come out otherwise.
    """
    from farthing.service.assessments.rechecking import recheck_decisions

    out = console()
    read = changed = 0
    for found in recheck_decisions():
        read, changed = read + 1, changed + bool(found)
        for each in found:
            out.print(f"{each.case} {each.field}: {each.before} → {each.after}", markup=False, soft_wrap=True)
    out.print(f"{read} decisions read again; {changed} would come out otherwise.")
    if changed:
        raise SystemExit(1)


@command.command("token")
@click.argument("name")
@click.option("--scope", "scopes", type=click.Choice(SCOPES), multiple=True, required=True, help="What it may do.")
@click.option("--by", required=True, help="The e-mail address of the administrator who makes it.")
@click.option("--days", type=click.IntRange(1, 3650), help="For how many days it works; without end if left out.")
@desk
def token(name: str, scopes: tuple[str, ...], by: str, days: int | None) -> None:
    """Make a token with which another program (NAME) calls the interface, and print it once."""
    from datetime import timedelta

    from farthing.service import clock
    from farthing.service.access.models import Scope
    from farthing.service.access.services import make_token

    at = clock.now()
    ends = at + timedelta(days=days) if days else None
    _, raw = make_token(name, [Scope(each) for each in scopes], by=staff(by), at=at, expires_at=ends)
    out = console()
    out.print("The token, which cannot be read again:")
    out.print(raw, soft_wrap=True)


def _finance(email: str) -> Any:
    from farthing.service.access.models import Role

    found = staff(email)
    if Role.FINANCE not in found.roles:
        raise Refusal(Problem("--by", f"{email!r} is not of the finance team", "Have an administrator give the role"))
    return found


@contextmanager
def _progress(words: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on the terminal, and what tells it how many are done, of how many."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task(words, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _load_demonstration(people: int) -> None:
    from farthing.service import clock
    from farthing.service.checking import refuse_unready
    from farthing.service.demonstration.loading import load

    refuse_unready()
    with _progress("Inventing a council") as told:
        load(clock.now(), people=people, told=told)


def _print_sign_ins() -> None:
    from rich import box
    from rich.table import Table

    from farthing.service.demonstration.staff import PASSWORD, sign_ins

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("Role", "E-mail", "Key for an authenticator app"):
        table.add_column(heading, overflow="fold")
    for each in sign_ins():
        table.add_row(each.role.label, each.email, each.key)
    out = console()
    out.print(table)
    out.print(f"Everybody's password: {PASSWORD}")
    out.print(f"Without an app: '{_called()} service code officer' prints the code of the moment.", soft_wrap=True)


def _called() -> str:
    """How this program was called, to be typed again."""
    return os.path.relpath(sys.argv[0]) if os.sep in sys.argv[0] else sys.argv[0]

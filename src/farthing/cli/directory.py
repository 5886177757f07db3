"""farthing service: what looks after the directory of care micro-enterprises."""

from pathlib import Path

import click

from farthing.base.refusal import Problem, Refusal
from farthing.cli.desk import desk, staff
from farthing.cli.show import console


@click.command("import-postcodes")
@click.argument("file", type=click.Path(path_type=Path))
@desk
def import_postcodes(file: Path) -> None:
    """Bring in postcodes from a CSV file (FILE) of the ONS Postcode Directory, the NSPL or Code-Point Open.

    Those known before are written over; a row that cannot be read is refused by its number. Exit status 1 if any was.
    """
    from farthing.service import clock
    from farthing.service.directory.postcodes import import_postcodes

    found, out = import_postcodes(file, at=clock.now()), console()
    out.print(f"{found.kept:,} kept, {found.without_a_place:,} without a place, {found.rows_refused:,} refused.")
    for number, problem in found.refused:
        out.print(f"  row {number}: {problem}.", markup=False, soft_wrap=True)
    if found.rows_refused:
        raise SystemExit(1)


@click.command("add-feed")
@click.argument("name")
@click.argument("url")
@click.option("--licence", required=True, help="The licence it is published under.")
@click.option("--every-hours", type=click.IntRange(1, 720), default=24, help="How often it is read; 24 if left out.")
@click.option("--by", required=True, help="The e-mail address of the member of staff who adds it.")
@desk
def add_feed(name: str, url: str, licence: str, every_hours: int, by: str) -> None:
    """Add another council's directory (NAME) to those that are read, by the address of its Open Referral feed (URL)."""
    from farthing.service import clock
    from farthing.service.directory import feeds

    clerk = staff(by)
    feeds.add_feed(name, url, licence=licence, every_hours=every_hours, by=clerk.actor, at=clock.now())
    console().print(f"{name} is read every {every_hours} hours from now on.", markup=False)


@click.command("read-feed")
@click.argument("name")
@desk
def read_feed(name: str) -> None:
    """Read another council's directory (NAME) now. Exit status 1 where it could not be read to its end."""
    from farthing.service import clock
    from farthing.service.directory import feeds

    out = console()
    read = feeds.read_feed(
        feeds.feed_named(name), at=clock.now(), tell=lambda text: out.print(f"  {text}.", markup=False)
    )
    if read.problem:
        raise Refusal(Problem(name, read.problem, "What was there is kept. Ask whoever looks after that directory"))
    out.print(
        f"{read.found:,} found: {read.new:,} new, {read.changed:,} changed, {read.already_here:,} here already, "
        f"{read.left_out:,} left out. {read.gone:,} are gone.",
        soft_wrap=True,
    )


COMMANDS: tuple[click.Command, ...] = (import_postcodes, add_feed, read_feed)
"""In the order people need them."""

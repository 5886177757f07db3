"""The command line: thin commands over the rooms below. A refusal is printed in full and ends with exit status 1."""

from datetime import date
from typing import Any

import click

from farthing import __version__

_COMMANDS = {
    "assess": "farthing.cli.assess",
    "ask": "farthing.cli.ask",
    "caseload": "farthing.cli.caseload",
    "rates": "farthing.cli.rates",
    "rules": "farthing.cli.rules",
    "councils": "farthing.cli.councils",
    "doctor": "farthing.cli.doctor",
    "recheck": "farthing.cli.recheck",
    "service": "farthing.cli.service",
}


class Commands(click.Group):
    """Finds each command in a file of its name, so that one command does not wait for another's libraries."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order people need them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        from importlib import import_module

        place = _COMMANDS.get(cmd_name)
        return import_module(place).command if place else None


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="farthing")
def main() -> None:
    """What care costs, who pays, and why, to the penny: adult social care charging in England."""


class Day(click.ParamType):
    """A date on the command line, as a day number."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read year-month-day."""
        from farthing.base.days import day

        if isinstance(value, int):
            return value
        try:
            return day(str(value))
        except ValueError as error:
            self.fail(f"the date {error}. Write it as year-month-day, such as 2026-05-04.", param, ctx)


def today() -> int:
    """Today as a day number: the one place below the web that looks at the calendar."""
    return date.today().toordinal()

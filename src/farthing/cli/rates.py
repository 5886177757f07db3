"""farthing rates show | due | diff | check"""

import json

import click
from rich import box
from rich.table import Table
from rich.text import Text

from farthing.base.days import in_words, iso
from farthing.case.assessment import whole_plan
from farthing.case.looked_up import figure_data, figure_named, figures_on
from farthing.case.words import said_value
from farthing.cli import Day, today
from farthing.cli.show import console, refuses
from farthing.engine import figures as dated
from farthing.law import FOLDER, figures

WARN_DAYS = 60
"""How long before a figure ends ``check`` starts to say so."""


@click.group("rates")
def command() -> None:
    """The dated figures of the law: what each is, which need a new line, what changed."""


@command.command("show")
@click.argument("name", required=False)
@click.option("--on", type=Day(), help="The day to show figures for; today if left out.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON, for other programs.")
@refuses
def show(name: str | None, on: int | None, as_json: bool) -> None:
    """Show the figures in force on a day, or every value of one figure (NAME)."""
    day = on if on is not None else today()
    if name is not None:
        _show_one(name, as_json)
        return
    if as_json:
        click.echo(json.dumps(figures_on(day), indent=2, ensure_ascii=False))
        return
    known = [(figure, figure.known_on(day)) for figure in figures().values()]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=f"Figures on {in_words(day)}", title_justify="left")
    for heading in ("Figure", "Value", "Since", "Status", "Source", "Law"):
        table.add_column(heading, justify="right" if heading == "Value" else "left", overflow="fold")
    for figure, value in known:
        if value is not None:
            table.add_row(
                figure.name,
                said_value(figure.unit, value.value),
                iso(value.since),
                value.status,
                value.source,
                str(figure.law),
            )
    out = console()
    out.print(table)
    unknown = [figure.name for figure, value in known if value is None]
    if unknown:
        out.print(Text(f"Not known on that day: {', '.join(unknown)}."))


def _show_one(name: str, as_json: bool) -> None:
    figure = figure_named(name)
    if as_json:
        click.echo(json.dumps(figure_data(figure), indent=2, ensure_ascii=False))
        return
    sources = dated.read_sources(FOLDER / "sources.yaml")
    out = console()
    out.print(Text.assemble((name, "bold"), f"  {figure.unit}  {figure.law}"))
    out.print(Text(figure.says))
    for value in figure.dates:
        out.print()
        out.print(
            Text(
                f"{iso(value.since)}  {said_value(figure.unit, value.value)}  ({value.status}, compared {value.checked})"
            )
        )
        for key in value.source.split(","):
            source = sources[key.strip()]
            out.print(
                Text(f"  {source.title}" + (f", {source.address}" if source.address else ""), style="dim"),
                soft_wrap=True,
            )
        if value.note:
            out.print(Text(f"  {value.note}", style="dim"), soft_wrap=True)
    out.print(Text(f"\nKnown until {in_words(figure.known_until)}. Kept in {figure.place}."))


@command.command("due")
@click.argument("on", type=Day(), required=False)
@refuses
def due(on: int | None) -> None:
    """List the figures that have no value on a day (ON; today if left out) and where to write it."""
    day = on if on is not None else today()
    found = dated.due(figures(), day)
    out = console()
    for figure in found:
        out.print(Text.assemble((figure.name, "bold"), f"  {figure.place}"), soft_wrap=True)
    out.print(Text(f"{len(found)} of {len(figures())} figures need a line for {in_words(day)}."))


@command.command("diff")
@click.argument("before", type=Day())
@click.argument("after", type=Day())
@refuses
def diff(before: int, after: int) -> None:
    """Show each figure that differs between two days, old and new."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("Figure", in_words(before), in_words(after), "Change"):
        table.add_column(heading, justify="left" if heading == "Figure" else "right")
    changed = dated.changed(figures(), before, after)
    for figure, old, new in changed:
        table.add_row(
            figure.name,
            said_value(figure.unit, old.value),
            said_value(figure.unit, new.value),
            _change(old.value, new.value),
        )
    out = console()
    out.print(table)
    out.print(Text(f"{len(changed)} figures differ."))


def _change(old: int, new: int) -> str:
    if old == 0:
        return ""
    thousandths = (new - old) * 1000 // old
    return f"{'+' if thousandths >= 0 else '-'}{abs(thousandths) // 10}.{abs(thousandths) % 10}%"


@command.command("check")
@click.option("--on", type=Day(), help="The day to check for; today if left out.")
@refuses
def check(on: int | None) -> None:
    """Check every figure: warn of those that end soon, and end with exit status 1 if one that a charge needs has ended."""
    day = on if on is not None else today()
    ended = [figure for figure in figures().values() if figure.known_until < day]
    soon = [figure for figure in figures().values() if day <= figure.known_until < day + WARN_DAYS]
    derived = [figure for figure in figures().values() if (value := figure.known_on(day)) and value.status == "derived"]
    out = console()
    for figure in soon:
        out.print(Text(f"Ends soon: {figure.name}, on {in_words(figure.known_until)} ({figure.place})"), soft_wrap=True)
    for figure in derived:
        out.print(Text(f"Worked out, not read: {figure.name} ({figure.place})"), soft_wrap=True)
    for figure in ended:
        out.print(
            Text(f"Ended: {figure.name}, on {in_words(figure.known_until)} ({figure.place})", style="bold"),
            soft_wrap=True,
        )
    out.print(
        Text(
            f"{len(figures())} figures: {len(ended)} ended, {len(soon)} end within {WARN_DAYS} days, {len(derived)} worked out."
        )
    )
    if any(figure.name in whole_plan().figures for figure in ended):
        raise SystemExit(1)

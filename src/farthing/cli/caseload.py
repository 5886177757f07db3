"""farthing caseload IN OUT"""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from farthing.base.days import iso
from farthing.base.money import shown
from farthing.base.refusal import Problem, Refusal
from farthing.case.words import share_of
from farthing.cli import Day
from farthing.cli.show import console, refuses
from farthing.law import ANSWERS, BESIDE

if TYPE_CHECKING:
    from farthing.caseload.comparison import AllTotals, Totals


@click.command("caseload")
@click.argument("source", type=click.Path(path_type=Path), metavar="IN")
@click.argument("target", type=click.Path(path_type=Path), metavar="OUT")
@click.option("--council", required=True, help="The council whose choices apply; 'england' for none.")
@click.option("--on", type=Day(), required=True, help="The day to assess for.")
@click.option("--against", type=click.Path(path_type=Path), help="A scenario file: compare what it would change.")
@click.option("--all", "everything", is_flag=True, help="Write every answer the law gives, not only the main ones.")
@click.option("--replace", is_flag=True, help="Write over OUT if it is there.")
@refuses
def command(
    source: Path, target: Path, council: str, on: int, against: Path | None, everything: bool, replace: bool
) -> None:
    """Assess a whole table: Parquet or CSV in, Parquet or CSV out.

    A row that cannot be assessed is refused by its number and the rest goes on; refused rows and the reason for each
    are written to a CSV file beside OUT.
    """
    try:
        from farthing.caseload.files import assess_file
        from farthing.caseload.scenario import described, read_scenario
    except ModuleNotFoundError as error:
        hint = "Install it with: pip install 'farthing[fast]'"
        raise Refusal(Problem("", f"a caseload needs {error.name}, which is not installed", hint)) from None
    scenario = read_scenario(against) if against else None
    columns = (TextColumn("Assessing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("rows", total=None)
        summary = assess_file(
            source, target, council=council, on=iso(on), against=scenario, overwrite=replace,
            answers=None if everything else (*ANSWERS, *BESIDE),
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )  # fmt: skip
    out = console()
    if scenario is not None and summary.totals is not None:
        out.print(Text(scenario.name, style="bold"))
        for change in described(scenario):
            out.print(Text(f"  {change}"), soft_wrap=True)
        _print_totals(out, summary.totals)
    for slot, reason in summary.assumptions.items():
        out.print(Text(f"Assumed: {slot.replace('_', ' ')}. {reason}", style="dim"), soft_wrap=True)
    out.print(f"{summary.answered:,} rows answered, {summary.refused:,} refused. Written to {target}.", soft_wrap=True)
    if summary.refused_to is not None:
        out.print(f"Refused rows, and why: {summary.refused_to}", soft_wrap=True)


def _print_totals(out: Console, totals: "AllTotals") -> None:
    from farthing.caseload.comparison import band_names

    everybody = totals.everybody
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("", "People", "Pay more", "Pay less", "The same", "A year before", "A year after"):
        table.add_column(heading, justify="left" if not heading else "right")
    _add(table, "Everybody", everybody)
    for name, some in (*totals.by_setting.items(), *totals.by_pension_age.items()):
        _add(table, name.replace("_", " "), some)
    out.print(table)
    difference = everybody.after_year - everybody.before_year
    says = "more" if difference >= 0 else "less"
    out.print(f"All together {shown(abs(difference))} a year {says}.")
    out.print(f"Paying the full cost: {everybody.full_cost_before:,} before, {everybody.full_cost_after:,} after.")
    for name, count in zip(band_names(), everybody.bands, strict=True):
        if count:
            out.print(
                f"  {name + ' a week' if name != 'the same' else name}: {count:,} ({share_of(count, everybody.people)})"
            )


def _add(table: Table, name: str, totals: "Totals") -> None:
    counts = (totals.people, totals.pay_more, totals.pay_less, totals.pay_same)
    table.add_row(name, *(f"{each:,}" for each in counts), shown(totals.before_year), shown(totals.after_year))

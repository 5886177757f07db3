"""farthing caseload IN OUT"""

from pathlib import Path

import click

from farthing.base.refusal import Problem, Refusal
from farthing.cli import Day
from farthing.cli.show import console, refuses


@click.command("caseload")
@click.argument("source", type=click.Path(path_type=Path), metavar="IN")
@click.argument("target", type=click.Path(path_type=Path), metavar="OUT")
@click.option("--council", required=True, help="The council whose choices apply; 'england' for none.")
@click.option("--on", type=Day(), required=True, help="The day to assess for.")
@click.option("--against", type=click.Path(path_type=Path), help="A scenario file: compare what it would change.")
@click.option("--replace", is_flag=True, help="Write over OUT if it is there.")
@refuses
def command(source: Path, target: Path, council: str, on: int, against: Path | None, replace: bool) -> None:
    """Assess a whole table: Parquet or CSV in, Parquet or CSV out.

    A row that cannot be assessed is refused by its number and the rest goes on; refused rows are written to a file
    beside OUT.
    """
    try:
        from farthing.caseload import files
    except ImportError as error:
        raise Refusal(
            Problem(
                "",
                f"a caseload needs a library that is not installed ({error.name})",
                "Run 'pip install farthing[fast]'",
            )
        ) from None
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn("Assessing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console()
    ) as bar:
        task = bar.add_task("rows", total=None)

        def progress(done: int, total: int | None) -> None:
            bar.update(task, completed=done, total=total)

        summary = files.assess_file(
            source, target, council=council, on=on, against=against, replace=replace, progress=progress
        )
    out = console()
    out.print(f"{summary.answered:,} rows assessed, {summary.refused:,} refused. Written to {target}.")
    if summary.refused:
        out.print(f"Refused rows, with the reason for each: {summary.refused_to}")
    if summary.comparison is not None:
        for line in summary.comparison.lines():
            out.print(line)

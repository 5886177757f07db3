"""farthing ask CASE"""

import json
from pathlib import Path

import click
from rich.text import Text

from farthing.case.answer import asking_as_data
from farthing.case.assessment import assess
from farthing.case.reading import read_case_file
from farthing.cli import Day
from farthing.cli.show import console, print_headline, refuses


@click.command("ask")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the questions as JSON, for other programs.")
@click.option("--on", type=Day(), help="The day to assess for, instead of the case's own.")
@click.option("--council", help="The council, instead of the case's own.")
@click.option("--all", "every", is_flag=True, help="Print every question that still matters, not only the next.")
@refuses
def command(case: Path, as_json: bool, on: int | None, council: str | None, every: bool) -> None:
    """Ask the next question that could change the answer, and say why.

    CASE is a case file with as much in it as is known.
    """
    assessment = assess(read_case_file(case, on=on), council=council, on=on)
    if as_json:
        click.echo(json.dumps(asking_as_data(assessment), indent=2, ensure_ascii=False))
        return
    out = console()
    print_headline(out, assessment)
    if assessment.is_certain:
        out.print("Nothing more need be asked.")
    for each in assessment.still_to_ask[: None if every else 1]:
        out.print()
        out.print(Text(each.question, style="bold"))
        for said in (each.hint, each.evidence and f"Evidence: {each.evidence}."):
            if said:
                out.print(Text(said))
        out.print(Text(f"Why: {each.why} ({each.law})", style="dim"))
        out.print(Text(f"In the case file: {each.field}", style="dim"))
    left = len(assessment.still_to_ask) - 1
    if left > 0 and not every:
        out.print()
        out.print(Text(f"{left} more may matter after that; --all shows them.", style="dim"))

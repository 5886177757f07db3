"""farthing assess CASE"""

import json
from pathlib import Path

import click

from farthing.case.answer import as_data
from farthing.case.assessment import assess
from farthing.case.reading import read_case_file
from farthing.cli import Day
from farthing.cli.show import console, print_assessment, print_steps, refuses


@click.command("assess")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON, for other programs.")
@click.option("--on", type=Day(), help="The day to assess for, instead of the case's own.")
@click.option("--council", help="The council, instead of the case's own.")
@click.option("--explain", is_flag=True, help="Print every step with its sentence, inputs and law.")
@click.option("--estimate", is_flag=True, help="Take stated assumptions for what was not told.")
@refuses
def command(case: Path, as_json: bool, on: int | None, council: str | None, explain: bool, estimate: bool) -> None:
    """Work out what one person pays, and why.

    CASE is a case file in YAML or JSON. Exit status: 0 with an answer, 1 where the case is refused, 2 where more must be
    told before there is an answer.
    """
    assessment = assess(read_case_file(case, on=on), council=council, on=on, estimate=estimate)
    if as_json:
        click.echo(json.dumps(as_data(assessment), indent=2, ensure_ascii=False))
    else:
        out = console()
        print_assessment(out, assessment)
        if explain:
            print_steps(out, assessment)
    if not assessment.is_certain:
        raise SystemExit(2)

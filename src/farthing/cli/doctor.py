"""farthing doctor CASE"""

from pathlib import Path

import click
from rich.text import Text

from farthing.case.assessment import assess
from farthing.case.doctor import examine
from farthing.case.reading import read_case_file
from farthing.cli import Day
from farthing.cli.show import console, print_headline, refuses


@click.command("doctor")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--on", type=Day(), help="The day to assess for, instead of the case's own.")
@click.option("--council", help="The council, instead of the case's own.")
@refuses
def command(case: Path, on: int | None, council: str | None) -> None:
    """Take a second look at a case: what is unlikely, what is missing, and whether every reading agrees.

    CASE is a case file. Exit status 1 only where the case is refused; findings are for a person to weigh.
    """
    assessment = assess(read_case_file(case, on=on), council=council, on=on)
    out = console()
    print_headline(out, assessment)
    findings = examine(assessment)
    for finding in findings:
        out.print()
        out.print(
            Text.assemble((finding.field, "bold"), " " if finding.field else "", finding.says + "."), soft_wrap=True
        )
        out.print(Text(f"  {finding.what_to_do}."), soft_wrap=True)
    if not findings:
        out.print("Nothing unlikely was found, and every reading of the law agrees.")
    for each in assessment.still_to_ask:
        out.print()
        out.print(Text.assemble((each.field, "bold"), " is not told. ", each.question), soft_wrap=True)

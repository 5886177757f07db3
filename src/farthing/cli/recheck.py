"""farthing recheck FOLDER"""

import json
from pathlib import Path

import click
from rich.text import Text

from farthing.case.recheck import differences, store, stored_cases
from farthing.cli.show import console, refuses


@click.command("recheck")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--store", "keep", is_flag=True, help="Store today's answers in place of the old ones.")
@refuses
def command(folder: Path, keep: bool) -> None:
    """Read stored cases again and list every answer that would change.

    FOLDER holds case files, each with its answer beside it: jane.yaml and jane.answer.json, as 'assess --json' prints
    it. Exit status 1 if any answer differs or has not been stored yet.
    """
    out = console()
    cases = stored_cases(folder)
    changed = 0
    for each in cases:
        found = list(differences(each))
        changed += bool(found)
        if each.answer is None and not keep:
            out.print(
                Text.assemble((each.case.name, "bold"), " has no stored answer; --store stores today's."),
                soft_wrap=True,
            )
        elif each.answer is not None:
            for difference in found:
                said = f" {difference.field}: {_said(difference.before)} → {_said(difference.after)}"
                out.print(Text.assemble((difference.case, "bold"), said), soft_wrap=True)
        if keep and found:
            store(each)
    stored = ", and stored" if keep and changed else ""
    out.print(Text(f"{len(cases)} cases read again; {changed} would be answered otherwise{stored}."))
    if changed and not keep:
        raise SystemExit(1)


def _said(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

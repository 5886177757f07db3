"""farthing councils [KEY]"""

import json

import click
from rich.text import Text

from farthing.case.looked_up import council_data, slots_data
from farthing.cli import Day, today
from farthing.cli.show import console, refuses
from farthing.councils import council as find_council
from farthing.councils import councils


@click.command("councils")
@click.argument("key", required=False)
@click.option("--on", type=Day(), help="Show the choices in force on this day instead of today.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON, for other programs.")
@refuses
def command(key: str | None, on: int | None, as_json: bool) -> None:
    """List the councils, or show what one (KEY) has settled where the law leaves a choice."""
    day = on if on is not None else today()
    found = [find_council(key)] if key else list(councils().values())
    if as_json:
        listed = [council_data(each, day) for each in found]
        click.echo(json.dumps(listed, indent=2, ensure_ascii=False))
        return
    out = console()
    for each in found:
        out.print(Text.assemble((each.key, "bold"), f"  {each.name}"))
        out.print(Text(f"  {each.says}"), soft_wrap=True)
        for slot in slots_data(each.on(day)).values() if key else ():
            out.print()
            out.print(Text.assemble(f"  {slot['says']} ", (slot["shown"], "bold")), soft_wrap=True)
            out.print(Text(f"  {slot['why']} ({slot['law']})", style="dim"), soft_wrap=True)
    if not key:
        out.print()
        out.print(Text("farthing councils KEY shows one council's choices.", style="dim"))

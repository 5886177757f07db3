"""farthing councils [KEY]"""

import json
from typing import Any

import click
from rich.text import Text

from farthing.case.words import plain_value, said_value
from farthing.cli import Day, today
from farthing.cli.show import console, refuses
from farthing.councils import NO_LIMIT, Filled, councils
from farthing.councils import council as find_council
from farthing.law import law


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
        listed = [
            {"council": each.key, "name": each.name, "says": each.says, "slots": _slots(each.on(day))} for each in found
        ]
        click.echo(json.dumps(listed, indent=2, ensure_ascii=False))
        return
    out = console()
    for each in found:
        out.print(Text.assemble((each.key, "bold"), f"  {each.name}"))
        out.print(Text(f"  {each.says}"), soft_wrap=True)
        for slot in _slots(each.on(day)).values() if key else ():
            out.print()
            out.print(Text.assemble(f"  {slot['says']} ", (slot["shown"], "bold")), soft_wrap=True)
            out.print(Text(f"  {slot['why']} ({slot['law']})", style="dim"), soft_wrap=True)
    if not key:
        out.print()
        out.print(Text("farthing councils KEY shows one council's choices.", style="dim"))


def _slots(filled: Filled) -> dict[str, dict[str, Any]]:
    """Each slot with its value on the day, and the page that states it, the reason it is assumed, or why it has none."""
    found = {}
    for name, slot in law().slots.items():
        setting, page = filled.settings.get(name), filled.page_of(name)
        value = setting.value if setting else None
        if page is not None:
            why = f"{page.title}, {page.address}"
        elif setting is not None and setting.assumed:
            why = f"Assumed: {setting.assumed}"
        else:
            why = setting.unpublished or "" if setting else "Not settled yet on this day."
        shown = "not published" if value is None else "none" if value == NO_LIMIT else said_value(slot.unit, value)
        found[name] = {
            "says": slot.says, "value": None if value == NO_LIMIT else plain_value(slot.unit, value), "shown": shown,
            "why": why, "law": str(slot.law),
        }  # fmt: skip
    return found

"""farthing rules [NAME]"""

import json
from typing import Any

import click
from rich.text import Text

from farthing.base.days import iso
from farthing.case.looked_up import rule_data, rules_found, unit_name
from farthing.cli.show import console, refuses
from farthing.engine.rules import Rule
from farthing.law import law


@click.command("rules")
@click.argument("name", required=False)
@click.option("--unchecked", is_flag=True, help="List only what rests on a citation that nobody has read yet.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON, for other programs.")
@refuses
def command(name: str | None, unchecked: bool, as_json: bool) -> None:
    """List the rules of the law, or show one (NAME, or part of a citation such as "reg 25")."""
    found = rules_found(name)
    if unchecked:
        found = [rule for rule in found if not _is_checked(rule)]
    if as_json:
        click.echo(json.dumps([rule_data(rule) for rule in found], indent=2, ensure_ascii=False))
        return
    out = console()
    for rule in found:
        mark = "" if _is_checked(rule) else "  (not checked)"
        out.print(
            Text.assemble((rule.name, "bold"), f"  {unit_name(rule)}  ", (rule.cited + mark, "dim")), soft_wrap=True
        )
        out.print(Text(f"  {rule.says}"), soft_wrap=True)
        if name and len(found) == 1:
            out.print(Text(f"  needs {', '.join(rule.needs)}"), soft_wrap=True)
            users = [other.name for other in law().rules.values() if rule.name in other.needs]
            out.print(Text(f"  used by {', '.join(users) or 'the answer'}"), soft_wrap=True)
            out.print(Text(f"  written in {rule.place}, in force since {iso(rule.since)}"))
    kinds = _unchecked_kinds() if unchecked and not name else []
    if kinds:
        out.print(Text("\nKinds whose treatment rests on a citation nobody has read yet", style="bold"))
        for table, kind, cited in kinds:
            out.print(Text(f"  {table}: {kind}  {cited}"), soft_wrap=True)
    out.print(Text(f"\n{len(found)} rules" + (f" and {len(kinds)} kinds" if kinds else "") + ".", style="dim"))


def _is_checked(rule: Rule) -> bool:
    return all(citation.checked for citation in rule.law)


def _unchecked_kinds() -> list[tuple[str, str, str]]:
    found = []
    for held in law().lists.values():
        for fact in held.facts.values():
            rows: dict[str, Any] = getattr(fact.unit, "rows", {})
            found += [(held.name, kind, str(row["law"])) for kind, row in rows.items() if not row.get("checked", True)]
    return found

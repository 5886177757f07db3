"""farthing rules [NAME]"""

import json
from difflib import get_close_matches
from typing import Any

import click
from rich.text import Text

from farthing.base.days import iso
from farthing.base.refusal import Problem, Refusal
from farthing.cli.show import console, refuses
from farthing.engine.kinds import Choices
from farthing.engine.rules import Rule
from farthing.law import law


@click.command("rules")
@click.argument("name", required=False)
@click.option("--unchecked", is_flag=True, help="List only what rests on a citation that nobody has read yet.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON, for other programs.")
@refuses
def command(name: str | None, unchecked: bool, as_json: bool) -> None:
    """List the rules of the law, or show one (NAME, or part of a citation such as "reg 25")."""
    found = _found(name)
    if unchecked:
        found = [rule for rule in found if not _is_checked(rule)]
    if as_json:
        click.echo(json.dumps([_data(rule) for rule in found], indent=2, ensure_ascii=False))
        return
    out = console()
    for rule in found:
        mark = "" if _is_checked(rule) else "  (not checked)"
        out.print(Text.assemble((rule.name, "bold"), f"  {_unit(rule)}  ", (rule.cited + mark, "dim")), soft_wrap=True)
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


def _found(name: str | None) -> list[Rule]:
    rules = law().rules
    if name is None:
        return list(rules.values())
    if name in rules:
        return [rules[name]]
    cited = [rule for rule in rules.values() if name.lower() in rule.cited.lower()]
    if cited:
        return cited
    near = get_close_matches(name, rules, 3)
    hint = f"Did you mean {', '.join(near)}" if near else "'farthing rules' lists them all"
    raise Refusal(Problem("", f"there is no rule called {name!r}, and none cites it", hint))


def _is_checked(rule: Rule) -> bool:
    return all(citation.checked for citation in rule.law)


def _unit(rule: Rule) -> str:
    return rule.unit.name if isinstance(rule.unit, Choices) else str(rule.unit)


def _unchecked_kinds() -> list[tuple[str, str, str]]:
    found = []
    for held in law().lists.values():
        for fact in held.facts.values():
            rows: dict[str, Any] = getattr(fact.unit, "rows", {})
            found += [(held.name, kind, str(row["law"])) for kind, row in rows.items() if not row.get("checked", True)]
    return found


def _data(rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule.name,
        "says": rule.says,
        "unit": _unit(rule),
        "law": [{"law": citation.law, "checked": citation.checked} for citation in rule.law],
        "since": iso(rule.since),
        "each": rule.each,
        "needs": list(rule.needs),
        "place": rule.place,
    }

"""What may be looked up, as data for other programs: figures by date, rules by name or provision, councils' choices."""

from difflib import get_close_matches
from typing import Any

from farthing.base.days import iso
from farthing.base.refusal import Problem, Refusal
from farthing.case.words import plain_value, said_value
from farthing.councils import NO_LIMIT, Council, Filled
from farthing.engine.figures import Figure, read_sources
from farthing.engine.kinds import Choices
from farthing.engine.rules import Rule
from farthing.law import FOLDER, figures, law


def figures_on(day: int) -> dict[str, Any]:
    """Every figure that is known on a day, by name."""
    known = [(figure, figure.known_on(day)) for figure in figures().values()]
    listed = {
        figure.name: {"value": plain_value(figure.unit, value.value), "unit": figure.unit, "since": iso(value.since),
                      "source": value.source, "status": value.status, "law": str(figure.law)}
        for figure, value in known if value is not None
    }  # fmt: skip
    return {"on": iso(day), "figures": listed}


def figure_named(name: str) -> Figure:
    """A figure by its name. Raises ``Refusal`` where there is none, with the nearest."""
    if name in figures():
        return figures()[name]
    near = get_close_matches(name, figures(), 1)
    hint = f"Did you mean '{near[0]}'" if near else "The list of figures has the names"
    raise Refusal(Problem("", f"there is no figure called {name!r}", hint))


def figure_data(figure: Figure) -> dict[str, Any]:
    """Every value a figure has had, with where each was read."""
    sources = read_sources(FOLDER / "sources.yaml")
    values = [
        {"since": iso(value.since), "value": plain_value(figure.unit, value.value), "status": value.status,
         "source": [f"{key.strip()}: {sources[key.strip()].title}" for key in value.source.split(",")],
         "checked": value.checked, "note": value.note}
        for value in figure.dates
    ]  # fmt: skip
    return {"figure": figure.name, "says": figure.says, "unit": figure.unit, "law": str(figure.law),
            "known_until": iso(figure.known_until), "values": values}  # fmt: skip


def rules_found(search: str | None) -> list[Rule]:
    """The rule of that name, or those that cite what is searched for; every rule where nothing is.

    Raises ``Refusal`` where there is none, with the nearest names.
    """
    rules = law().rules
    if search is None:
        return list(rules.values())
    if search in rules:
        return [rules[search]]
    cited = [rule for rule in rules.values() if search.lower() in rule.cited.lower()]
    if cited:
        return cited
    raise _no_rule(search, ", and none cites it")


def rule_named(name: str) -> Rule:
    """A rule by its name. Raises ``Refusal`` where there is none, with the nearest."""
    if name in law().rules:
        return law().rules[name]
    raise _no_rule(name, "")


def rule_data(rule: Rule) -> dict[str, Any]:
    """What a rule says, what it needs, and where the law says so."""
    return {
        "rule": rule.name,
        "says": rule.says,
        "unit": unit_name(rule),
        "law": [{"law": citation.law, "checked": citation.checked} for citation in rule.law],
        "since": iso(rule.since),
        "each": rule.each,
        "needs": list(rule.needs),
        "place": rule.place,
    }


def unit_name(rule: Rule) -> str:
    """A rule's unit; for one of a set of choices, what the set is called."""
    return rule.unit.name if isinstance(rule.unit, Choices) else str(rule.unit)


def council_data(council: Council, day: int) -> dict[str, Any]:
    """What a council has settled on a day where the law leaves it a choice."""
    return {"council": council.key, "name": council.name, "says": council.says, "slots": slots_data(council.on(day))}


def slots_data(filled: Filled) -> dict[str, dict[str, Any]]:
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


def _no_rule(name: str, nor: str) -> Refusal:
    near = get_close_matches(name, law().rules, 3)
    hint = f"Did you mean {', '.join(near)}" if near else "The list of rules has the names"
    return Refusal(Problem("", f"there is no rule called {name!r}{nor}", hint))

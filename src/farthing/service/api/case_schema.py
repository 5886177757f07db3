"""The case file as a JSON Schema, made from the declarations of the facts, so that it says what the door of the law reads."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from farthing.engine.facts import Fact, ItemList
from farthing.engine.kinds import Choices
from farthing.law import law
from farthing.law.allowances.facts import PREMIUMS

Declared = dict[str, Any]

AMOUNT: Declared = {"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,2})?$", "examples": ["216.50"]}
DAY: Declared = {"type": "string", "format": "date"}
CASE = {"$ref": "#/components/schemas/Case"}
CASE_ABOUT_THE_PERSON = {"$ref": "#/components/schemas/CaseToldToTheCouncil"}


@cache
def case_schema() -> Declared:
    """A case: one person, one day, one council."""
    place = {
        "council": {"type": "string", "maxLength": 60, "description": "A council of GET /councils"},
        "on": {**DAY, "description": "The day assessed for; decides which figures apply"},
    }
    return _object({**place, **_parts(of_council=True)}, required=("council", "on")) | {
        "title": "Case", "description": "What is known of one person. What is left out was not told.",
    }  # fmt: skip


@cache
def told_schema() -> Declared:
    """A case as a person tells it to the council, without what the council finds itself, and without a day."""
    return _object(_parts(of_council=False)) | {
        "title": "CaseToldToTheCouncil", "description": "What the person says of themselves, their care and their money.",
    }  # fmt: skip


def _parts(*, of_council: bool) -> dict[str, Declared]:
    sections: dict[str, dict[str, Declared]] = {}
    for fact in law().facts.values():
        if of_council or not fact.of_council:
            sections.setdefault(fact.section, {})[fact.name] = _or_nothing(_fact(fact))
    sections["person"]["premiums"] = _or_nothing({"type": "array", "items": {"enum": list(PREMIUMS)}})
    top: dict[str, Declared] = {}
    for held in law().lists.values():
        if of_council or not held.of_council:
            place = sections.setdefault(held.section, {}) if held.section else top
            place[held.name] = _or_nothing(_list(held, of_council=of_council))
    return {**{name: _or_nothing(_object(fields)) for name, fields in sections.items()}, **top}


def _list(held: ItemList, *, of_council: bool) -> Declared:
    facts = {name: fact for name, fact in held.facts.items() if of_council or not fact.of_council}
    required = [name for name, fact in facts.items() if fact.required and fact.wanted is None]
    fields = {name: _fact(fact) if name in required else _or_nothing(_fact(fact)) for name, fact in facts.items()}
    return {"type": "array", "items": _object(fields, required=required), "description": held.says}


def _fact(fact: Fact) -> Declared:
    return {**_value(fact), "description": fact.question}


def _value(fact: Fact) -> Declared:
    if isinstance(fact.unit, Choices):
        return {"enum": list(fact.unit.names)}
    if fact.unit == "yes/no":
        return {"anyOf": [{"type": "boolean"}, {"type": "string", "pattern": "^([Tt]rue|[Ff]alse|[Yy]es|[Nn]o)$"}]}
    if fact.unit == "date":
        return DAY
    if "£" in fact.unit:
        return {"anyOf": [AMOUNT, {"type": "number", "minimum": 0}]}
    limits = {"minimum": fact.least or 0} | ({"maximum": fact.most} if fact.most is not None else {})
    return {"anyOf": [{"type": "integer", **limits}, {"type": "string", "pattern": "^[0-9]{1,9}$"}]}


def _object(fields: dict[str, Declared], required: Iterable[str] = ()) -> Declared:
    found: Declared = {"type": "object", "properties": fields, "additionalProperties": False}
    return {**found, "required": list(required)} if required else found


def _or_nothing(declared: Declared) -> Declared:
    said = {name: declared[name] for name in ("description",) if name in declared}
    return {**said, "anyOf": [{name: value for name, value in declared.items() if name not in said}, {"type": "null"}]}

"""Small invented caseloads: rows as plain Python, the same as a table of each kind, and as a case file."""

import json
import random
from typing import Any

import pyarrow as pa

from farthing.engine.facts import Fact
from farthing.engine.kinds import Choices
from farthing.law import law

ON = "2026-05-04"
COUNCIL = "england"

JANE: dict[str, Any] = {
    "reference": "jane",
    "born": "1941-03-02",
    "partner": "none",
    "responsible_for_children": 0,
    "pension_age_before_april_2016": True,
    "premiums": [],
    "setting": "own_home",
    "weekly_cost": "287.50",
    "capital": [{"kind": "bank_account", "value": "15800.00"}],
    "income": [
        {"kind": "state_pension", "amount": "184.90", "every": "week"},
        {"kind": "occupational_pension", "amount": "310.00", "every": "month"},
    ],
    "housing_costs": [{"kind": "council_tax", "amount": "1460.00", "every": "year"}],
    "disability_related_expenditure": [],
}
"""A row that is answered: copy it and change a thing."""

CARE_HOME = {
    "setting": "care_home", "moved_in": "2026-01-10", "usual_rate": "1000.00", "fee": "1300.00", "nursing": "none",
    "weekly_cost": None,
}  # fmt: skip
"""What to change in ``JANE`` to have her in a care home."""


def row(**changes: Any) -> dict[str, Any]:
    """Jane with some things different."""
    return {**JANE, **changes}


def table(rows: list[dict[str, Any]], money: str = "decimal") -> pa.Table:
    """The rows as a table with just the columns they use. Money as "decimal", "text" or "pence"."""
    names = list(dict.fromkeys(name for each in rows for name in each))
    fields = [field(name, rows, money) for name in names]
    columns = [pa.array([plain(each.get(f.name), f.type) for each in rows], f.type) for f in fields]
    return pa.table(columns, schema=pa.schema(fields))


def field(name: str, rows: list[dict[str, Any]], money: str) -> pa.Field:
    """The field of a column as a table of that sort would have it."""
    if name == "reference":
        return pa.field(name, pa.string())
    if name == "premiums":
        return pa.field(name, pa.list_(pa.string()))
    if name in law().facts:
        return _fact_field(law().facts[name], money)
    facts = law().lists[name].facts
    used = [fact for fact in facts if any(fact in item for each in rows for item in each.get(name) or () if item)]
    required = [fact.name for fact in facts.values() if fact.required and not fact.wanted]
    held = [_fact_field(facts[fact], money) for fact in facts if fact in (*used, *required)]
    return pa.field(name, pa.list_(pa.struct(held)))


def _fact_field(fact: Fact, money: str) -> pa.Field:
    if isinstance(fact.unit, Choices):
        return pa.field(fact.name, pa.dictionary(pa.int32(), pa.string()) if money != "text" else pa.string())
    if fact.unit == "yes/no":
        return pa.field(fact.name, pa.bool_())
    if fact.unit == "date":
        return pa.field(fact.name, pa.date32() if money != "text" else pa.string())
    if "£" not in fact.unit:
        return pa.field(fact.name, pa.int64())
    if money == "pence":
        return pa.field(fact.name, pa.int64(), metadata={"unit": "pence"})
    return pa.field(fact.name, pa.decimal128(12, 2) if money == "decimal" else pa.string())


def plain(value: Any, kind: pa.DataType) -> Any:
    """A value as Arrow wants it for its type."""
    from datetime import date
    from decimal import Decimal

    if value is None:
        return None
    if pa.types.is_list(kind):
        return [plain(each, kind.value_type) for each in value]
    if pa.types.is_struct(kind):
        return {each.name: plain(value.get(each.name), each.type) for each in kind}
    if pa.types.is_date32(kind):
        return date.fromisoformat(value)
    if pa.types.is_decimal(kind):
        return Decimal(value)
    if pa.types.is_integer(kind) and isinstance(value, str):
        return int(Decimal(value) * 100)
    return value


def as_case(each: dict[str, Any]) -> str:
    """A row as a case file in JSON; what is None is left out."""
    case: dict[str, Any] = {}
    for name, value in each.items():
        if value is None or name == "reference":
            continue
        declared: Any = law().facts.get(name) or law().lists.get(name)
        section = "person" if name == "premiums" else declared.section
        if name in law().lists:
            value = [{key: held for key, held in item.items() if held is not None} for item in value]
        (case.setdefault(section, {}) if section and section != name else case)[name] = value
    return json.dumps(case)


def invented(people: int, seed: int = 1, untold: float = 0.0) -> list[dict[str, Any]]:
    """So many invented rows; each thing that may be is left untold with the chance ``untold``."""
    at = random.Random(seed)
    return [_person(at, number, untold) for number in range(people)]


def _person(at: random.Random, number: int, untold: float) -> dict[str, Any]:
    facts, lists = law().facts, law().lists
    setting = at.choices(["own_home", "supported_living", "care_home", "care_home_temporary", "care_home_short_stay"],
                         [60, 5, 25, 5, 5])[0]  # fmt: skip
    told: dict[str, Any] = {
        "born": f"{at.randint(1925, 2000)}-{at.randint(1, 12):02d}-{at.randint(1, 28):02d}",
        "partner": at.choice(facts["partner"].unit.names),
        "partner_pension_age_reached": at.random() < 0.5,
        "partner_qualifying_income": amount(at, 200),
        "responsible_for_children": at.choice([0, 0, 0, 1, 3]),
        "pension_age_before_april_2016": at.random() < 0.5,
        "gets_disability_premium": at.random() < 0.3,
        "gets_enhanced_disability_premium": at.random() < 0.2,
        "gets_carer_premium": at.random() < 0.1,
        "tells_finances": at.random() < 0.95,
        "vcjd": at.random() < 0.02,
        "setting": setting,
        "light_touch": at.choices(["none", "not_over_limit", "over_limit"], [90, 5, 5])[0],
        "light_touch_contribution": amount(at, 100),
        "moved_in": f"202{at.randint(3, 6)}-0{at.randint(1, 4)}-1{at.randint(0, 9)}" if "home" in setting[:5] else None,
        "weekly_cost": amount(at, 900),
        "usual_rate": amount(at, 1500) if "care" in setting else None,
        "fee": amount(at, 1900) if at.random() < 0.5 else None,
        "nursing": at.choice(["none", "standard", "higher"]),
        "has_deferred_payment": at.random() < 0.1,
        "security_value": amount(at, 300_000),
        "days_charged": at.randint(0, 7),
        "capital": [_item(at, "capital", 60_000) for _ in range(at.choice([0, 1, 2, 3]))],
        "income": [_item(at, "income", 300) for _ in range(at.choice([0, 1, 2, 3, 4]))],
        "housing_costs": [_item(at, "housing_costs", 100) for _ in range(at.choice([0, 1]))],
        "disability_related_expenditure": [_item(at, "disability_related_expenditure", 20)
                                           for _ in range(at.choice([0, 1, 2]))],
        "services": [_item(at, "services", 400) for _ in range(at.choice([1, 2]))] if at.random() < 0.3 else None,
    }  # fmt: skip
    kept = {name: value if at.random() >= untold else None for name, value in told.items()}
    for name in lists:
        for item in kept.get(name) or ():
            for fact in lists[name].facts.values():
                if not fact.required and at.random() < untold / 3:
                    item[fact.name] = None
    return {"reference": f"p{number}", **kept}


def _item(at: random.Random, list_name: str, most: int) -> dict[str, Any]:
    facts = law().lists[list_name].facts
    item: dict[str, Any] = {"kind": at.choice(facts["kind"].unit.names)}
    row_of_kind = facts["kind"].unit.rows[item["kind"]]
    for name in ("value", "amount", "weekly_cost"):
        if name in facts:
            item[name] = amount(at, most)
    if "every" in facts:
        item["every"] = at.choice(facts["every"].unit.names)
    for fact in facts.values():
        if fact.wanted is not None and row_of_kind.get(fact.wanted):
            item[fact.name] = _wanted(at, fact)
    if list_name == "capital":
        item["secured_debt"] = amount(at, 5000) if at.random() < 0.1 else None
        item["owned_percent"] = at.choice([None, None, 50, 33])
        item["disregard_agreed"] = at.choice([None, True, False])
    if list_name == "income":
        item["tax"] = amount(at, 20) if at.random() < 0.2 else None
        item["paid_for_couple"] = at.choice([None, False, True])
    return item


def _wanted(at: random.Random, fact: Fact) -> Any:
    if isinstance(fact.unit, Choices):
        return at.choice(fact.unit.names)
    if fact.unit == "yes/no":
        return at.random() < 0.5
    return f"202{at.randint(4, 6)}-0{at.randint(1, 4)}-15" if fact.unit == "date" else amount(at, 3000)


def amount(at: random.Random, most: int) -> str:
    """A random amount of money as text."""
    return f"{at.randint(0, most)}.{at.randint(0, 99):02d}"

"""The people the benchmarks read: three typical cases, and invented caseloads held in memory."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from farthing.case.reading import read_case
from farthing.case.tree import read_tree
from farthing.councils import council
from farthing.engine.law import Policy
from farthing.law import ALSO, ANSWERS, plan

ON = date(2026, 5, 4)
SEED = 2026

_REST = """
  partner_pension_age_reached: true
  responsible_for_children: 0
  pension_age_before_april_2016: true
  premiums: []
  partner_qualifying_income: "120.00"
deferred_payment: {security_value: "0.00", adequate_security: false}
"""

CASES = {
    "care at home, one of a couple": f"""
person:
  born: 1944-08-19
  partner: lives_together{_REST}
care:
  {{setting: own_home, moved_in: null, usual_rate: "0.00", fee: "0.00", nursing: none,
    services: [{{kind: home_care, weekly_cost: "329.84"}}, {{kind: telecare, weekly_cost: "5.60"}}]}}
capital:
  - {{kind: bank_account, value: "17210.44", owners: 2}}
  - {{kind: premium_bonds, value: "4000.00"}}
  - {{kind: home, value: "265000.00", owners: 2, occupied_by: self}}
income:
  - {{kind: state_pension, amount: "739.60", every: four_weeks}}
  - {{kind: occupational_pension, amount: "412.18", every: month, tax: "20.60"}}
  - {{kind: attendance_allowance_lower, amount: "306.80", every: four_weeks}}
housing_costs: [{{kind: council_tax, amount: "1740.00", every: year, paid_for_couple: true}}]
disability_related_expenditure: [{{kind: laundry, amount: "4.20", every: week}}, {{kind: heating, amount: "26.00", every: month}}]
""",
    "care home for good": f"""
person:
  born: 1938-02-11
  partner: none{_REST}
care:
  {{setting: care_home, moved_in: 2026-01-12, usual_rate: "1185.55", fee: "1260.00", nursing: none,
    services: [{{kind: residential}}]}}
capital:
  - {{kind: bank_account, value: "15802.17"}}
  - {{kind: home, value: "310000.00", occupied_by: relative_60_or_over}}
  - {{kind: funeral_plan, value: "4100.00"}}
income:
  - {{kind: state_pension, amount: "739.60", every: four_weeks}}
  - {{kind: occupational_pension, amount: "280.00", every: month}}
  - {{kind: pension_credit_savings, amount: "9.10", every: week}}
housing_costs: []
disability_related_expenditure: []
""",
    "six kinds of capital and six of income": f"""
person:
  born: 1946-11-30
  partner: none{_REST}
care:
  {{setting: own_home, moved_in: null, usual_rate: "0.00", fee: "0.00", nursing: none,
    services: [{{kind: home_care, weekly_cost: "471.20"}}, {{kind: day_service, weekly_cost: "96.00"}}]}}
capital:
  - {{kind: bank_account, value: "5210.44"}}
  - {{kind: cash, value: "180.00"}}
  - {{kind: premium_bonds, value: "3000.00"}}
  - {{kind: shares, value: "6044.90"}}
  - {{kind: investment_bond_with_life_cover, value: "20000.00"}}
  - {{kind: home, value: "240000.00", secured_debt: "11000.00", occupied_by: self}}
income:
  - {{kind: state_pension, amount: "784.00", every: four_weeks}}
  - {{kind: occupational_pension, amount: "295.40", every: month, tax: "11.00"}}
  - {{kind: personal_pension, amount: "1200.00", every: year}}
  - {{kind: attendance_allowance_higher, amount: "458.40", every: four_weeks}}
  - {{kind: war_widows_pension, amount: "30.00", every: week}}
  - {{kind: winter_fuel_payment, amount: "200.00", every: year}}
housing_costs: [{{kind: council_tax, amount: "1310.00", every: year}}]
disability_related_expenditure: [{{kind: community_alarm, amount: "5.40", every: week}}]
""",
}
"""Everything is told in each, so that no reading has to ask."""


def told(name: str) -> dict[str, Any]:
    """What is told in one of the cases."""
    return read_case(read_tree(CASES[name], name=name), on=ON.toordinal()).told


def policy(council_name: str = "england", answers: tuple[str, ...] = (*ANSWERS, *ALSO)) -> Policy:
    """The law of the day in a council, for the answer and all that is said beside it."""
    filled = council(council_name).on(ON.toordinal())
    return Policy(plan(answers), on=filled.day, slots=filled)


def caseload(people: int) -> Any:
    """So many invented people in memory, as one set of columns, made a batch at a time."""
    import numpy as np

    from farthing.caseload.columns import Columns, from_batch
    from farthing.caseload.population import population
    from farthing.law import law

    parts: list[Columns] = []
    for batch in population(people, seed=SEED, on=ON):
        columns, _, refused = from_batch(batch, law(), on=ON.toordinal())
        if refused or columns.gaps:
            raise ValueError(f"the invented caseload has rows that cannot be read: {refused[:3]} {list(columns.gaps)}")
        columns.reference = None
        parts.append(columns)
    if len(parts) == 1:
        return parts[0]
    facts = {key: np.concatenate(list(_taken(parts, key))) for key in list(parts[0].facts)}
    starts = {}
    for name in parts[0].starts:
        lengths = np.concatenate([np.diff(part.starts[name]) for part in parts])
        starts[name] = np.zeros(people + 1, np.int64)
        np.cumsum(lengths, out=starts[name][1:])
    return Columns(people, facts, starts, parts[0].given).settled()


def _taken(parts: list[Any], key: str) -> Iterator[Any]:
    """One column of every part, let go of there so that nothing is held twice for long."""
    for part in parts:
        yield part.facts.pop(key)

"""The working as a statement: the lines a person reads, in the order the law takes them, each with its amount and law."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from farthing.base.days import DAYS_IN_A_WEEK, in_words
from farthing.base.money import shown
from farthing.case.assessment import Assessment
from farthing.case.words import per_week
from farthing.engine.asking import Unknown
from farthing.engine.kinds import Kinds
from farthing.law import law
from farthing.law.top_up.rules import AGREEMENT_TERMS

CHAPTERS = (
    ("Savings and property", ("counted_value",), ("assessable_capital", "upper_limit_in_force")),
    (
        "Income, a week",
        ("counted_amount",),
        ("first_ten_pounds", "savings_credit_left_out", "tariff_income", "counted_income"),
    ),
    (
        "Left to live on, a week",
        ("weekly_housing_cost", "weekly_disability_cost"),
        (
            "basic_amount", "amount_for_children", "disability_premium", "enhanced_disability_premium",
            "amount_for_carer", "protected_income", "disability_expenditure_allowed",
        ),
    ),
    (
        "The charge, a week",
        ("chargeable_service_cost",),
        (
            "nursing_contribution", "cost_of_care", "available_income", "maximum_weekly_contribution",
            "weekly_charge", "council_pays", "top_up", "deferred_a_week", "paid_now",
        ),
    ),
)  # fmt: skip
"""Each chapter: its name, the rules with a line an item, and the rules with a line of their own."""

LABELS = {
    "assessable_capital": "Savings and property that count",
    "upper_limit_in_force": "Limit above which the full cost is paid",
    "first_ten_pounds": "First part of some pensions, left out",
    "savings_credit_left_out": "Left out for Savings Credit",
    "tariff_income": "Income from savings (tariff income)",
    "counted_income": "Income that counts",
    "basic_amount": "Basic amount",
    "amount_for_children": "For children",
    "amount_for_carer": "For caring (carer premium)",
    "protected_income": "Must be left (protected income)",
    "disability_expenditure_allowed": "Disability costs left",
    "nursing_contribution": "Paid by the NHS for nursing",
    "cost_of_care": "Cost of care",
    "available_income": "Income left to pay with",
    "maximum_weekly_contribution": "Most to pay by the means test",
    "weekly_charge": "To pay",
    "council_pays": "The council pays",
    "top_up": "Top-up",
    "deferred_a_week": "Deferred against the home",
    "paid_now": "Paid now",
}
"""How a line is named to a person, where the rule's own name is the law's word for it and not theirs."""

ALWAYS_SHOWN = frozenset({"assessable_capital", "counted_income", "protected_income", "cost_of_care", "weekly_charge",
                          "council_pays", "maximum_weekly_contribution"})  # fmt: skip
"""Shown even where they are nought; other lines of nought only say that something does not apply."""


LONGEST_DATED = 52 * 50
"""Beyond fifty years a week number says enough."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``rule`` is the key of the step behind it; ``amount`` is in pence; ``unit`` as the rule declares."""

    rule: str
    label: str
    amount: int
    unit: str
    law: str
    note: str = ""


def statement(assessment: Assessment) -> list[tuple[str, list[Line]]]:
    """The chapters of the working that the answer turned on, without the lines that say nothing."""
    chapters = []
    for name, of_items, own in CHAPTERS:
        lines = [line for rule in of_items for line in _item_lines(assessment, rule)]
        lines += [line for rule in own for line in _line(assessment, rule) if not _repeats(line, assessment)]
        if lines:
            chapters.append((name, lines))
    return chapters


REPEATED_IN = {"basic_amount": "protected_income", "available_income": "maximum_weekly_contribution"}
"""Lines that say nothing where they are the whole of another."""


def _repeats(line: Line, assessment: Assessment) -> bool:
    if line.rule == "disability_expenditure_allowed":
        costs = assessment.values["weekly_disability_cost"]
        return isinstance(costs, tuple) and line.amount == sum(costs)
    return line.rule in REPEATED_IN and assessment.value(REPEATED_IN[line.rule]) == line.amount


def _line(assessment: Assessment, name: str) -> Iterator[Line]:
    value = assessment.value(name)
    rule = law().rules[name]
    wanted = name in assessment.turned_on or name in ("council_pays", "top_up", "deferred_a_week", "paid_now")
    if not wanted or value is None or isinstance(value, Unknown) or (value == 0 and name not in ALWAYS_SHOWN):
        return
    if name == "paid_now" and value == assessment.value("weekly_charge"):
        return
    label = LABELS.get(name) or name.replace("_", " ").capitalize()
    yield Line(name, label, value, rule.unit, rule.cited)


def _item_lines(assessment: Assessment, name: str) -> Iterator[Line]:
    rule = law().rules[name]
    kinds = assessment.told.get(f"{rule.each}.kind")
    values: Any = assessment.values[name]
    table = law().lists[str(rule.each)].facts["kind"].unit
    if kinds is None or not isinstance(values, tuple) or not isinstance(table, Kinds):
        return
    for number, (kind, value) in enumerate(zip(kinds, values, strict=True)):
        key = f"{name}[{number}]"
        if key not in assessment.turned_on or isinstance(value, Unknown) or kind is None:
            continue
        kind_name = table.names[kind]
        note = "" if value else "not counted" if rule.each in ("capital", "income") else "not allowed"
        if rule.each == "services" and not value:
            note = "free"
        yield Line(key, table.says(kind_name), value, rule.unit, str(table.law(kind_name)), note)


def headline(assessment: Assessment) -> list[str]:
    """The answer in a sentence, then what goes with it, a sentence each."""
    start = "Estimate: the" if assessment.is_estimate else "The"
    charge = assessment.values["weekly_charge"]
    if isinstance(charge, Unknown):
        least, most = assessment.range_of("weekly_charge")
        if most is None and least == 0:
            return ["Not certain yet: too little is told to say what the person pays."]
        between = f"between {shown(least)} and {per_week(most)}" if most is not None else f"at least {per_week(least)}"
        return [f"Not certain yet: the person pays {between}."]
    cost, council_pays = assessment.value("cost_of_care"), assessment.value("council_pays")
    if charge == 0:
        sentences = [f"{start} person pays nothing{': this care is free' if cost == 0 else ''}."]
    elif assessment.values["pays_full_cost"] is True:
        sentences = [f"{start} person pays the full cost, {per_week(charge)}."]
    else:
        sentences = [f"{start} person pays {per_week(charge)}."]
    if council_pays:
        sentences.append(f"The council pays the rest of the cost, {per_week(council_pays)}.")
    return [
        *sentences,
        *_top_up(assessment),
        *_direct_payment(assessment),
        *_deferred(assessment),
        *_capital(assessment),
    ]


def agreement_terms(assessment: Assessment) -> list[str]:
    """What the written agreement on a top-up must say, where there is one."""
    if not assessment.value("top_up"):
        return []
    return [AGREEMENT_TERMS.says(name) for name in AGREEMENT_TERMS.names]


def _top_up(assessment: Assessment) -> Iterator[str]:
    top_up = assessment.value("top_up")
    if top_up:
        yield f"The home charges {per_week(top_up)} more than the personal budget: a top-up that somebody must pay."


def _direct_payment(assessment: Assessment) -> Iterator[str]:
    if not assessment.value("direct_payment_gross"):
        return
    net, paid_in = assessment.value("direct_payment_net"), assessment.value("paid_into_account")
    if net is not None and paid_in is not None:
        yield f"The council pays {per_week(net)} into the direct payment account and the person pays in {shown(paid_in)}."
    invoiced = assessment.value("contribution_invoiced")
    if invoiced:
        yield f"The council sends an invoice for {per_week(invoiced)}."


def _deferred(assessment: Assessment) -> Iterator[str]:
    deferred, now = assessment.value("deferred_a_week"), assessment.value("paid_now")
    if deferred and now is not None:
        yield f"Of that {per_week(now)} is paid now and {per_week(deferred)} is deferred against the home."


def _capital(assessment: Assessment) -> Iterator[str]:
    weeks, notice = assessment.value("weeks_until_upper_limit"), assessment.value("weeks_until_notice")
    if not weeks:
        return
    limit = shown(assessment.values["upper_limit_in_force"])
    tell = f"Tell the council in {_week(assessment, notice)}." if notice else "Tell the council now."
    yield f"At this rate savings fall to {limit} in {_week(assessment, weeks)}. {tell}"


def _week(assessment: Assessment, number: int) -> str:
    by = f", by {in_words(assessment.on + DAYS_IN_A_WEEK * number)}" if number < LONGEST_DATED else ""
    return f"week {number}{by}"

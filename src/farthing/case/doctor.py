"""A second look at a case: what reads well and is yet unlikely, and whether every reading of the law agrees on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from farthing.base.money import shown
from farthing.case.assessment import Assessment
from farthing.engine.asking import Unknown, complete
from farthing.engine.figures import Figure
from farthing.engine.written import one_person
from farthing.law import law
from farthing.law.capital.facts import CAPITAL
from farthing.law.income.facts import EVERY, INCOME
from farthing.law.person.facts import SETTING

UNLIKELY_WEEKLY_INCOME = 1_000_00
"""A single weekly income above this is more often a monthly or yearly one in the wrong place."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at again. ``field`` is its place in the case file, "" for the whole case."""

    field: str
    says: str
    what_to_do: str


def examine(assessment: Assessment) -> list[Finding]:
    """Everything in the case worth a second look. Empty when there is nothing."""
    return [*_readings(assessment), *_incomes(assessment), *_capital(assessment), *_care(assessment), *_law(assessment)]


def _readings(assessment: Assessment) -> Iterator[Finding]:
    whole = complete(assessment.policy, assessment.told)
    if any(isinstance(value, Unknown) or hasattr(value, "typical") for value in whole.values()):
        return
    if any(isinstance(each, Unknown) for value in whole.values() if isinstance(value, tuple) for each in value):
        return
    fused = dict(zip(assessment.policy.plan.answers, one_person(assessment.policy)(whole), strict=True))
    differing = [name for name, value in fused.items() if assessment.values[name] != value]
    for name in differing:
        yield Finding("", f"the readings of the law do not agree on {name}", "Report this as a fault of the program")


def _told_items(assessment: Assessment, list_name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    facts = law().lists[list_name].facts
    columns = {fact: assessment.told.get(f"{list_name}.{fact}") for fact in facts}
    for number in range(len(columns["kind"] or ())):
        yield number, {fact: column[number] for fact, column in columns.items() if column is not None}


def _incomes(assessment: Assessment) -> Iterator[Finding]:
    weekly = assessment.values["weekly_income"]
    for number, item in _told_items(assessment, "income"):
        field = f"income[{number}].amount"
        amount = weekly[number] if isinstance(weekly, tuple) else None
        if item["kind"] is None or amount is None or isinstance(amount, Unknown):
            continue
        if amount > UNLIKELY_WEEKLY_INCOME and item["every"] == EVERY.week:
            what = f"is {shown(amount)} a week"
            yield Finding(field, what, "Check that it is not paid by the month or the year: set 'every'")
        figure = law().figures.get(INCOME.names[item["kind"]])
        if figure is not None:
            yield from _against_rate(assessment.on, field, figure, amount)


def _against_rate(on: int, field: str, figure: Figure, amount: int) -> Iterator[Finding]:
    dated = figure.known_on(on)
    if dated is not None and dated.value != amount:
        says = f"is {shown(amount)} a week, and the rate on the day is {shown(dated.value)}"
        yield Finding(field, says, "Check the award letter: it may be of another year, or paid at another rate")


def _capital(assessment: Assessment) -> Iterator[Finding]:
    homes = [number for number, item in _told_items(assessment, "capital") if item["kind"] == CAPITAL.home]
    for number in homes[1:]:
        yield Finding(
            f"capital[{number}].kind", "is a second home", "One home is the main one; list others as other_property"
        )
    for number, item in _told_items(assessment, "capital"):
        debt, value = item.get("secured_debt"), item.get("value")
        if debt and value is not None and debt > value:
            says = f"is {shown(debt)}, more than the {shown(value)} the thing is worth"
            yield Finding(f"capital[{number}].secured_debt", says, "Check both figures")


def _care(assessment: Assessment) -> Iterator[Finding]:
    told = assessment.told
    moved_in, setting = told.get("moved_in"), told.get("setting")
    if moved_in is not None and assessment.on < moved_in < 3_600_000:
        yield Finding("care.moved_in", "is after the day assessed for", "Check both days")
    fee, usual_rate = told.get("fee"), told.get("usual_rate")
    if setting == SETTING.care_home and fee is not None and usual_rate is not None and fee < usual_rate:
        says = f"is {shown(fee)}, less than the usual rate of {shown(usual_rate)}"
        yield Finding("care.fee", says, "The council pays no more than the home charges: check both")


def _law(assessment: Assessment) -> Iterator[Finding]:
    unchecked = sorted(
        {str(citation) for step in assessment.steps for citation in step.step.rule.law if not citation.checked}
    )
    if unchecked:
        yield Finding("", f"{len(unchecked)} citations behind this answer have still to be read: {'; '.join(unchecked)}",
                      "See 'farthing rules --unchecked'")  # fmt: skip

"""What would change the answer: the same law read again with one thing different at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from farthing.base.days import in_words
from farthing.base.money import shown
from farthing.case.assessment import Assessment
from farthing.engine.asking import Unknown, complete
from farthing.engine.one import read
from farthing.law.person.facts import SETTING

ONE_POUND = 100


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would change the weekly charge: what, in words, and the charge in pence it would lead to."""

    says: str
    weekly_charge: int


def changes(assessment: Assessment) -> tuple[Change, ...]:
    """What would change the charge, as far as the charge is certain. Nothing is assumed beyond the one difference."""
    if not assessment.is_certain:
        return ()
    found = []
    now = assessment.values["weekly_charge"]
    for says, instead in _differences(assessment):
        values = read(assessment.policy, {**complete(assessment.policy, assessment.told), **instead})
        charge = values["weekly_charge"]
        if not isinstance(charge, Unknown) and charge != now:
            found.append(Change(says, charge))
    return tuple(found)


def _differences(assessment: Assessment) -> Iterator[tuple[str, Mapping[str, Any]]]:
    values = assessment.values
    yield from _of_time(assessment)
    capital, limit = values["assessable_capital"], values["upper_limit_in_force"]
    if not isinstance(capital, Unknown) and not isinstance(limit, Unknown):
        yield from _of_capital(assessment, capital, limit)
    if not isinstance(values["income_before_tariff"], Unknown):
        more = values["income_before_tariff"] + ONE_POUND
        yield "£1 a week more income", {"income_before_tariff": more}
    spent = values["disability_expenditure_allowed"]
    if values["disability_expenditure_counts"] is True and not isinstance(spent, Unknown):
        yield "£1 a week more spent because of a disability", {"disability_expenditure_allowed": spent + ONE_POUND}
    contribution, cost = values["maximum_weekly_contribution"], values["cost_of_care"]
    pays_full_cost = values["pays_full_cost"]
    if not isinstance(contribution, Unknown) and pays_full_cost is False and ONE_POUND < contribution < cost:
        less = contribution - ONE_POUND
        yield f"Care that costs {shown(less)} a week, below the contribution", {"cost_of_care": less}


def _of_capital(assessment: Assessment, capital: int, limit: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    settled = assessment.policy.settled
    if capital > limit:
        yield f"Savings and property falling to {shown(limit)}", {"assessable_capital": limit}
        return
    lower, step = assessment.values["lower_limit_in_force"], settled["tariff_step"]
    next_step = lower + assessment.values["tariff_income"] // settled["tariff_amount"] * step + 1
    if next_step <= limit:
        yield f"Savings going above {shown(next_step - 1)}", {"assessable_capital": next_step}
    yield f"Savings going above {shown(limit)}", {"assessable_capital": limit + 1}


def _of_time(assessment: Assessment) -> Iterator[tuple[str, Mapping[str, Any]]]:
    values, told, settled = assessment.values, assessment.told, assessment.policy.settled
    moved_in = told.get("moved_in")
    if values["twelve_weeks_are_running"] is True and moved_in is not None:
        ends = moved_in + values["twelve_week_days_left"]
        after = {
            "in_first_twelve_weeks": False,
            "in_weeks_after_unexpected_change": _each(values, "counted_value", False),
        }
        yield f"The twelve weeks ending{_on(ends)}, when the home counts", after
    if told.get("setting") == SETTING.care_home_short_stay and values["is_within_short_stay"] is True:
        ends = moved_in + settled["short_stay_days"] if moved_in is not None else None
        yield f"The stay lasting more than eight weeks{_on(ends)}", {"is_within_short_stay": False}
    free = values["is_free_at_first"]
    if isinstance(free, tuple) and any(each is True for each in free):
        starts = [start for start, each in zip(told["services.started"], free, strict=True) if each is True]
        ends = min(starts) + settled["free_reablement_days"]
        yield f"The six free weeks ending{_on(ends)}", {"is_free_at_first": _each(values, "is_free_at_first", False)}


def _each(values: Mapping[str, Any], name: str, instead: bool) -> tuple[bool, ...]:
    return tuple(instead for _ in values[name])


def _on(day: int | None) -> str:
    return f" on {in_words(day)}" if day is not None and day < 3_600_000 else ""

"""The figures that pages give: the law's and the council's for a day, as text to be put into a sentence."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from farthing.base.days import DAYS_IN_A_WEEK
from farthing.base.money import shown
from farthing.base.refusal import Refusal
from farthing.case.assessment import policy_of, whole_plan
from farthing.case.words import said_value
from farthing.councils import council as find_council
from farthing.engine.asking import complete
from farthing.engine.kinds import Choices
from farthing.engine.law import Policy
from farthing.engine.one import read
from farthing.law import law, plan
from farthing.law.person.facts import SETTING

SPELLED = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]

WEEKS = {
    "weeks_home_is_left_out": "property_disregard_days",
    "weeks_of_free_reablement": "free_reablement_days",
    "weeks_of_a_short_stay": "short_stay_days",
    "weeks_before_home_is_left_out_again": "twelve_week_return_days",
}
"""Spells the law gives in days, by the name of the same in weeks."""

SUPPORT, CONTRIBUTION = 48_00, 28_00
"""The example of a direct payment: what the support costs and what the person pays, a week in pence."""


@lru_cache(maxsize=8)
def figures(council: str, day: date) -> Mapping[str, str] | None:
    """Every figure, slot and rule of the day by its name in the law, as text; None where the law has no figures for it.

    Whole pounds are given without pence. Beside the names of the law there are spells in weeks, in words, under
    ``weeks_...``, the limits in force as ``upper_limit_at_home`` and the like, and the example of a direct payment under
    ``example_...``.
    """
    found = find_council(council)
    try:
        policy = policy_of(found, day.toordinal(), whole_plan())
        example = _direct_payment(policy_of(found, day.toordinal(), plan(("direct_payment_net",))))
    except Refusal:
        return None
    said = {name: _said(law().unit_of(name), value) for name, value in policy.settled.items()}
    weeks = {name: _weeks(policy.settled[days]) for name, days in WEEKS.items()}
    return {**said, **weeks, **_limits(policy), **example}


def _limits(policy: Policy) -> dict[str, str]:
    """The limits in force with what the council adds, for somebody at home and in a care home."""
    limits = {}
    for where, setting in (("at_home", SETTING.own_home), ("in_a_care_home", SETTING.care_home)):
        values = read(policy, complete(policy, {"setting": setting}))
        for limit in ("lower_limit", "upper_limit"):
            limits[f"{limit}_{where}"] = _said("£", values[f"{limit}_in_force"])
    return limits


def _said(unit: Any, value: Any) -> str:
    if not isinstance(unit, Choices) and "£" in unit:
        return shown(value).removesuffix(".00")
    return said_value(unit, value)


def _weeks(days: int) -> str:
    weeks = days // DAYS_IN_A_WEEK
    return f"{SPELLED[weeks] if weeks < len(SPELLED) else weeks} weeks"


def _direct_payment(policy: Policy) -> dict[str, str]:
    """The law's own sum, read with the two amounts of the example."""
    given = {"direct_payment_gross": SUPPORT, "weekly_charge": CONTRIBUTION, "arranged_cost": 0}
    values = read(policy, {**complete(policy, {}), **given})
    pays = {"support": SUPPORT, "contribution": values["paid_into_account"], "payment": values["direct_payment_net"]}
    return {f"example_{name}": _said("£", amount) for name, amount in pays.items()}

"""Age, pension age, couple or single, and which of the three ways of charging the place of care leads to."""

from farthing.base.days import day
from farthing.engine.constants import PAST, Constant
from farthing.engine.rules import rule
from farthing.engine.slots import slot
from farthing.engine.verbs import choose, greater_of, lesser_of, moved_back, not_
from farthing.law.person.facts import (
    PARTNER,
    PENSION_AGE,
    PENSION_REFORM_MEN,
    PENSION_REFORM_WOMEN,
    SAID,
    SETTING,
)

short_stay_charged_as_at_home = slot(
    "short_stay_charged_as_at_home",
    says="Whether a stay of up to eight weeks in a care home is charged by the rules for care at home.",
    unit="yes/no",
    law="SI 2014/2672 reg 8",
)

_TIMETABLE = tuple(
    (
        Constant(day(str(row["born_from"])), "date"),
        Constant(day(str(row["born_to"])), "date"),
        row["years"],
        row["months"],
    )
    for row in PENSION_AGE.rows.values()
)


@rule(law="Pensions Act 1995 Sch 4; Pensions Act 2014 s26", unit="date", checked=False)
def latest_birth_for_pension_age(on):
    """Everyone born on or before this day has reached State Pension age."""
    latest = PAST
    for born_from, born_to, years, months in _TIMETABLE:
        reached = moved_back(on, years, months)
        latest = greater_of(latest, choose(reached >= born_from, lesser_of(reached, born_to), PAST))
    return latest


@rule(law="SI 2014/2672 reg 7(2)", unit="date")
def latest_birth_for_25(on):
    """Everyone born on or before this day is 25 or over."""
    return moved_back(on, 25)


@rule(law="SI 2014/2672 reg 7(2)", unit="yes/no")
def is_25_or_over(born, latest_birth_for_25):
    """A higher amount must be left to a person from the age of 25."""
    return born <= latest_birth_for_25


@rule(law="SI 2014/2672 reg 7(2)", unit="yes/no")
def has_reached_pension_age(pension_age_reached, born, latest_birth_for_pension_age):
    """A higher amount must be left to a person who has reached State Pension age."""
    by_birth = born <= latest_birth_for_pension_age
    return choose(pension_age_reached == SAID.true, True, choose(pension_age_reached == SAID.false, False, by_birth))


@rule(law="State Pension Credit Act 2002 s3", unit="yes/no", checked=False)
def may_have_savings_credit(born, pension_age_before_april_2016):
    """Savings Credit is only for people who reached State Pension age before 6 April 2016.

    Certain from the date of birth at both ends; between them women had reached it and men had not, so it is asked.
    """
    certainly = born < PENSION_REFORM_MEN
    certainly_not = born >= PENSION_REFORM_WOMEN
    return choose(certainly, True, choose(certainly_not, False, pension_age_before_april_2016))


@rule(
    law="State Pension Credit Act 2002 s3", unit="yes/no", checked=False,
    remark="What was told of reaching State Pension age before April 2016 does not fit the date of birth, which was used.",
)  # fmt: skip
def birth_contradicts_what_was_told(born, pension_age_before_april_2016):
    """The date of birth settles whether State Pension age came before 6 April 2016, whatever else was told."""
    too_late = (born >= PENSION_REFORM_WOMEN) & pension_age_before_april_2016
    return too_late | ((born < PENSION_REFORM_MEN) & not_(pension_age_before_april_2016))


@rule(law="SI 2014/2672 reg 7(4)", unit="yes/no")
def is_one_of_a_couple(partner):
    """People who live together as a couple each keep one person's share of the couple's amount."""
    return partner == PARTNER.lives_together


@rule(law="SI 2014/2672 reg 7(3)", unit="yes/no")
def is_lone_parent(is_one_of_a_couple, responsible_for_children):
    """A lone parent is responsible for a child and has no partner in the household."""
    return choose(is_one_of_a_couple, False, responsible_for_children > 0)


@rule(law="Care Act 2014 s14", unit="yes/no")
def is_in_a_care_home(setting):
    """Care homes have rules of their own, for good, for a time, or for a short stay."""
    for_a_time = (setting == SETTING.care_home_temporary) | (setting == SETTING.care_home_short_stay)
    return (setting == SETTING.care_home) | for_a_time


@rule(law="SI 2014/2672 reg 2", unit="yes/no", checked=False)
def is_permanent_resident(setting):
    """A permanent resident lives in a care home with no plan to return."""
    return setting == SETTING.care_home


@rule(law="SI 2014/2672 reg 8", unit="yes/no")
def is_within_short_stay(setting, on, moved_in, short_stay_days):
    """A short-term resident is in a care home for no more than eight weeks."""
    return (setting == SETTING.care_home_short_stay) & (on < moved_in + short_stay_days)


@rule(
    law="SI 2014/2672 reg 8",
    unit="yes/no",
    remark="The short stay has lasted more than eight weeks, so the rules for temporary residents apply.",
)
def short_stay_is_over(setting, is_within_short_stay):
    """After eight weeks a short stay is charged as a temporary one."""
    return (setting == SETTING.care_home_short_stay) & not_(is_within_short_stay)


@rule(law="SI 2014/2672 reg 8; CASSG 8.42", unit="yes/no")
def charged_as_at_home(is_in_a_care_home, is_within_short_stay, short_stay_charged_as_at_home):
    """Care outside a care home is charged by the rules for care at home; a council may charge a short stay so too."""
    return choose(is_in_a_care_home, is_within_short_stay & short_stay_charged_as_at_home, True)

"""When the value of the home is left out of account."""

from farthing.engine.rules import rule
from farthing.engine.verbs import any_of, at_least_zero, choose, look_up, not_
from farthing.law.capital.facts import CAPITAL
from farthing.law.home.facts import OCCUPIER
from farthing.law.person.facts import SETTING

IS_HOME = CAPITAL.column("home")
IS_SELF = OCCUPIER.column("self")
IS_RELATIVE = OCCUPIER.column("relative")


@rule(each="capital", law="SI 2014/2672 Sch 2 para 3; CASSG Annex B 34", unit="yes/no")
def lives_in_own_home(setting, is_in_a_care_home, occupied_by):
    """The home is left out of account while the person lives in it."""
    lives_there = (setting == SETTING.own_home) | look_up(occupied_by, IS_SELF)
    return choose(is_in_a_care_home, False, lives_there)


@rule(each="capital", law="SI 2014/2672 Sch 2 para 1; CASSG Annex F 12", unit="yes/no")
def home_waits_for_return(is_in_a_care_home, is_permanent_resident, kept_for_return, sold_to_buy_another):
    """During a stay for a time the home is left out while it is kept for return, or sold to buy another."""
    return is_in_a_care_home & not_(is_permanent_resident) & (kept_for_return | sold_to_buy_another)


@rule(each="capital", law="SI 2014/2672 Sch 2 para 4(1), (5) and (6)", unit="yes/no")
def relative_stayed_in_home(is_in_a_care_home, moved_in, occupied_by, occupied_since):
    """The home is left out while a partner or close relative lives there who did so before the person moved into care."""
    since_before = choose(is_in_a_care_home, occupied_since < moved_in, True)
    return look_up(occupied_by, IS_RELATIVE) & since_before


@rule(law="SI 2014/2672 Sch 2 para 2(2) and (3)", unit="days")
def twelve_week_days_left(
    moved_in, earlier_stay_ended, disregard_days_used, property_disregard_days, twelve_week_return_days
):
    """Someone back in a care home within 52 weeks has what is left of the twelve weeks; later, a fresh twelve weeks."""
    returned_soon = moved_in <= earlier_stay_ended + twelve_week_return_days
    return choose(returned_soon, at_least_zero(property_disregard_days - disregard_days_used), property_disregard_days)


@rule(law="SI 2014/2672 Sch 2 para 2(1)", unit="yes/no")
def in_first_twelve_weeks(is_permanent_resident, on, moved_in, twelve_week_days_left):
    """The home is left out for the first twelve weeks of a permanent stay in a care home."""
    return is_permanent_resident & (on < moved_in + twelve_week_days_left)


@rule(each="capital", law="SI 2014/2672 Sch 2 para 4(3)", unit="yes/no", checked=False)
def in_weeks_after_unexpected_change(on, is_permanent_resident, disregard_ended, property_disregard_days):
    """Twelve weeks run again when the relative whose living there kept the home out of account dies or goes into care.

    On any other unexpected change the council may agree to twelve weeks (para 4(4)); the day is told in the same way.
    """
    return is_permanent_resident & (on >= disregard_ended) & (on < disregard_ended + property_disregard_days)


@rule(each="capital", law="SI 2014/2672 Sch 2 paras 1, 3, 4", unit="yes/no")
def home_is_still_a_home(lives_in_own_home, home_waits_for_return, relative_stayed_in_home):
    """The home is left out as long as the person lives there or means to return, or a relative who stayed lives there."""
    return lives_in_own_home | home_waits_for_return | relative_stayed_in_home


@rule(each="capital", law="SI 2014/2672 Sch 2 paras 2, 4(3)", unit="yes/no")
def twelve_weeks_hold(in_first_twelve_weeks, in_weeks_after_unexpected_change):
    """The home is left out for twelve weeks from a permanent move into care, and from an unexpected change."""
    return in_first_twelve_weeks | in_weeks_after_unexpected_change


@rule(each="capital", law="SI 2014/2672 Sch 2 paras 1 to 4", unit="yes/no")
def home_is_disregarded(kind, home_is_still_a_home, twelve_weeks_hold):
    """The home is left out of account in the cases that Schedule 2 names."""
    return choose(look_up(kind, IS_HOME), home_is_still_a_home | twelve_weeks_hold, False)


@rule(each="capital", law="SI 2014/2672 Sch 2 paras 2, 4(3)", unit="yes/no")
def home_is_in_twelve_weeks(kind, home_is_still_a_home, twelve_weeks_hold, disregard_agreed):
    """The home is left out for twelve weeks and for no other reason."""
    otherwise = home_is_still_a_home | disregard_agreed
    return choose(look_up(kind, IS_HOME), twelve_weeks_hold & not_(otherwise), False)


@rule(
    law="SI 2014/2672 Sch 2 para 2", unit="yes/no",
    remark="The home is left out for twelve weeks only. Ask now about a deferred payment agreement for afterwards.",
)  # fmt: skip
def twelve_weeks_are_running(home_is_in_twelve_weeks):
    """The twelve weeks in which the home is left out are running."""
    return any_of(home_is_in_twelve_weeks)

"""What capital counts, and the income it is taken to bring."""

from farthing.engine.constants import ONE_PENNY_A_WEEK
from farthing.engine.rules import rule
from farthing.engine.slots import slot
from farthing.engine.verbs import (
    at_least_zero,
    choose,
    greater_of,
    look_up,
    not_,
    part_of,
    share,
    steps_or_part,
    total,
)
from farthing.law.capital.facts import CAPITAL
from farthing.law.rounding import PART_PENNY_DROPPED, PART_PENNY_MADE_WHOLE

ALWAYS_DISREGARDED = CAPITAL.column("disregarded")
IS_BUSINESS = CAPITAL.column("business")
IS_NOTIONAL = CAPITAL.column("notional")
IS_HOME = CAPITAL.column("home")
IS_PROPERTY = CAPITAL.column("property")
MAY_BE_AGREED = CAPITAL.column("agreeable")
HAS_SALE_COSTS = CAPITAL.column("sale_costs")
IS_TIMED = CAPITAL.column("timed")
DISREGARDED_DAYS = CAPITAL.column("days", "days")

upper_capital_limit_addition = slot(
    "upper_capital_limit_addition",
    says="How much more than the upper limit a person may have outside a care home before paying the full cost.",
    unit="£", law="CASSG 8.12", least=0,
)  # fmt: skip
lower_capital_limit_addition = slot(
    "lower_capital_limit_addition",
    says="How much more than the lower limit is ignored outside a care home.",
    unit="£", law="CASSG 8.12", least=0,
)  # fmt: skip
capital_notice_level = slot(
    "capital_notice_level",
    says="How much capital a self-funder has left when the council asks to be told.",
    unit="£", law="CASSG 8.17", least=23_250_00,
)  # fmt: skip


@rule(each="capital", law="SI 2014/2672 reg 20(a); CASSG Annex B 14", unit="£", checked=False)
def expenses_of_sale(value, kind, was, sells_without_cost, sale_costs_percent):
    """A tenth of the value is taken off where selling it would have real costs."""
    by_kind = choose(look_up(kind, IS_NOTIONAL), look_up(was, HAS_SALE_COSTS), look_up(kind, HAS_SALE_COSTS))
    has_costs = by_kind & not_(sells_without_cost)
    return choose(has_costs, share(value, sale_costs_percent, PART_PENNY_MADE_WHOLE), 0)


@rule(each="capital", law="SI 2014/2672 reg 20; CASSG Annex B 14 to 15, 20 to 22", unit="£", checked=False)
def net_value(value, expenses_of_sale, secured_debt, currency_cost):
    """What is owed on a thing, and what it costs to turn it into pounds, comes off its value."""
    return at_least_zero(value - expenses_of_sale - secured_debt - currency_cost)


@rule(each="capital", law="SI 2014/2672 reg 24; CASSG Annex B 9 to 13, 18 to 19", unit="£", checked=False)
def own_share(kind, net_value, owned_percent, owners, valued_as_share):
    """Only the person's own share counts, an equal share with each joint owner unless there is evidence of another.

    A share of land is worth what a buyer would pay for that share alone: ``valued_as_share`` says that ``value`` is that.
    """
    of_the_whole = part_of(share(net_value, owned_percent, PART_PENNY_DROPPED), 1, owners, PART_PENNY_DROPPED)
    return choose(look_up(kind, IS_PROPERTY) & valued_as_share, net_value, of_the_whole)


@rule(each="capital", law="SI 2014/2672 Sch 2 para 16; CASSG Annex B 47 to 49", unit="yes/no", checked=False)
def is_disregarded_for_a_time(kind, received, on):
    """Some money is left out of account for 26 or 52 weeks from the day it was received."""
    return on < received + look_up(kind, DISREGARDED_DAYS)


@rule(each="capital", law="SI 2014/2672 Sch 2 para 9; CASSG Annex B 57 to 60", unit="yes/no")
def is_business_in_use(kind, engaged_in_business):
    """What is used in a business is left out while the person works in it, or is selling it within a reasonable time."""
    return look_up(kind, IS_BUSINESS) & engaged_in_business


@rule(each="capital", law="SI 2014/2672 Sch 2", unit="yes/no")
def is_disregarded(kind, disregard_agreed, home_is_disregarded, is_disregarded_for_a_time, is_business_in_use):
    """Schedule 2 to the charging regulations leaves some capital out of account."""
    by_kind = look_up(kind, ALWAYS_DISREGARDED)
    agreed = look_up(kind, MAY_BE_AGREED) & disregard_agreed
    for_a_time = choose(look_up(kind, IS_TIMED), is_disregarded_for_a_time, False)
    return by_kind | agreed | for_a_time | is_business_in_use | home_is_disregarded


@rule(each="capital", law="SI 2014/2672 reg 22(1); CASSG Annex E 11 to 12", unit="yes/no")
def is_notional_capital(kind, avoiding_charge_was_motive, care_was_foreseeable):
    """What was given away still counts if avoiding the charge was a significant reason and care could be foreseen."""
    return look_up(kind, IS_NOTIONAL) & avoiding_charge_was_motive & care_was_foreseeable


@rule(each="capital", law="SI 2014/2672 regs 22, 23", unit="£", checked=False)
def notional_amount(own_share, amount_received, diminished_by):
    """What was given away counts as if still owned, less what was received for it and less what it has cost since."""
    return at_least_zero(own_share - amount_received - diminished_by)


@rule(each="capital", law="SI 2014/2672 reg 18", unit="£")
def counted_value(kind, is_notional_capital, notional_amount, is_disregarded, own_share):
    """Each thing counts at the person's share of it, unless it is left out of account."""
    owned = choose(is_disregarded, 0, own_share)
    given_away = choose(is_notional_capital, notional_amount, 0)
    return choose(look_up(kind, IS_NOTIONAL), given_away, owned)


@rule(law="SI 2014/2672 reg 18", unit="£")
def assessable_capital(counted_value):
    """Everything owned that is not left out of account."""
    return total(counted_value)


@rule(law="SI 2014/2672 reg 12; CASSG 8.12", unit="£")
def upper_limit_in_force(is_permanent_resident, upper_capital_limit, upper_capital_limit_addition):
    """For a permanent resident of a care home the upper limit is fixed; elsewhere a council may set it higher."""
    return upper_capital_limit + choose(is_permanent_resident, 0, upper_capital_limit_addition)


@rule(law="SI 2014/2672 reg 25; CASSG 8.12", unit="£")
def lower_limit_in_force(is_permanent_resident, lower_capital_limit, lower_capital_limit_addition):
    """For a permanent resident of a care home the lower limit is fixed; elsewhere a council may set it higher."""
    return lower_capital_limit + choose(is_permanent_resident, 0, lower_capital_limit_addition)


@rule(law="SI 2014/2672 reg 12", unit="yes/no")
def is_over_the_upper_limit(assessable_capital, upper_limit_in_force):
    """A person with more than the upper limit pays the full cost; exactly the limit is not more."""
    return assessable_capital > upper_limit_in_force


@rule(law="SI 2014/2672 reg 25(1)", unit="£ a week")
def tariff_income(assessable_capital, lower_limit_in_force, tariff_step, tariff_amount):
    """£1 a week for every £250, or part of £250, of capital above the lower limit."""
    excess = at_least_zero(assessable_capital - lower_limit_in_force)
    return steps_or_part(excess, tariff_step) * tariff_amount


@rule(
    each="capital", law="SI 2014/2672 reg 22(1)", unit="yes/no",
    remark="Something given away is counted as still owned. The council must say why it is satisfied of both tests.",
)  # fmt: skip
def gift_is_counted(kind, counted_value):
    """Notional capital is counted."""
    return look_up(kind, IS_NOTIONAL) & (counted_value > 0)


@rule(law="SI 2014/2672 reg 12", unit="£ a week")
def spending_from_capital(
    cost_of_care,
    pays_full_cost,
    income_before_tariff,
    charged_as_at_home,
    protected_income,
    housing_costs_allowed,
    disability_expenditure_allowed,
):
    """A person who pays the full cost takes from capital what their income, at home beyond their living costs, does not meet."""
    living_costs = protected_income + housing_costs_allowed + disability_expenditure_allowed
    income = choose(charged_as_at_home, at_least_zero(income_before_tariff - living_costs), income_before_tariff)
    return choose(pays_full_cost, at_least_zero(cost_of_care - income), 0)


@rule(law="CASSG 8.17; SI 2014/2672 reg 12", unit="weeks")
def weeks_until_upper_limit(assessable_capital, upper_limit_in_force, spending_from_capital):
    """The week in which capital falls to the upper limit at the present rate of spending; nought if it never does."""
    left = at_least_zero(assessable_capital - upper_limit_in_force)
    weeks = steps_or_part(left, greater_of(spending_from_capital, ONE_PENNY_A_WEEK))
    return choose(spending_from_capital > 0, weeks, 0)


@rule(law="CASSG 8.17", unit="weeks")
def weeks_until_notice(assessable_capital, capital_notice_level, spending_from_capital):
    """The week in which capital falls to the level at which the council asks to be told."""
    left = at_least_zero(assessable_capital - capital_notice_level)
    weeks = steps_or_part(left, greater_of(spending_from_capital, ONE_PENNY_A_WEEK))
    return choose(spending_from_capital > 0, weeks, 0)


@rule(
    law="CASSG 8.17", unit="yes/no",
    remark="Capital is near the upper limit: tell the council now, so that help starts in the right week.",
)  # fmt: skip
def notice_is_due(is_over_the_upper_limit, assessable_capital, capital_notice_level):
    """The council asks to be told when capital comes near the upper limit."""
    return is_over_the_upper_limit & (assessable_capital <= capital_notice_level)

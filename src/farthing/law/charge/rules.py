"""What may be charged for, to whom, and the weekly contribution."""

from farthing.engine.constants import DAYS_IN_A_WEEK
from farthing.engine.kinds import Choices
from farthing.engine.rules import rule
from farthing.engine.slots import slot
from farthing.engine.verbs import (
    any_of,
    at_least_zero,
    choose,
    greater_of,
    lesser_of,
    look_up,
    not_,
    part_of,
    share,
    total,
)
from farthing.law.charge.facts import LIGHT_TOUCH, NURSING, SERVICE
from farthing.law.rounding import PART_PENNY_DROPPED

IS_NEVER_CHARGED = SERVICE.column("never")
IS_FREE_AT_FIRST = SERVICE.column("first_weeks")
IS_ADAPTATION = SERVICE.column("adaptation")
IS_PLACE = SERVICE.column("place")
PAYS_WHOLE_PLACE = SERVICE.column("whole_place")

CAP_PERIOD = Choices("period of the cap", ("week", "four_weeks"))

share_of_income_taken = slot(
    "share_of_income_taken",
    says="How much of the income above what must be left is taken as a contribution at home, in per cent.",
    unit="percent", law="CASSG 8.46 to 8.47", least=0, most=100,
)  # fmt: skip
most_charged_a_week = slot(
    "most_charged_a_week",
    says="The most anybody is charged a week for care at home; 'none' where there is no such limit.",
    unit="£ a week", law="CASSG 8.46 to 8.47", least=0,
)  # fmt: skip
least_charge_collected = slot(
    "least_charge_collected",
    says="A contribution at home smaller than this a week is not collected.",
    unit="£ a week", law="Care Act 2014 s14(1)", least=0,
)  # fmt: skip
cap_period = slot(
    "cap_period",
    says="Whether the charge is held to the cost of the care week by week, or over four weeks.",
    unit=CAP_PERIOD, law="Care Act 2014 s14(4)",
)  # fmt: skip
arrangement_fee_a_year = slot(
    "arrangement_fee_a_year",
    says="What the council charges a year for arranging care at home for someone who pays in full.",
    unit="£ a year", law="Care Act 2014 s14(1)(b); SI 2014/2672 reg 5", least=0,
)  # fmt: skip


@rule(each="services", law="SI 2014/2672 reg 3(2)(b)", unit="yes/no")
def is_free_at_first(kind, started, on, free_reablement_days):
    """Reablement and intermediate care are free for the first six weeks."""
    return look_up(kind, IS_FREE_AT_FIRST) & (on < started + free_reablement_days)


@rule(each="services", law="Care Act 2014 s14(3); SI 2014/2672 reg 3; CASSG 8.14", unit="yes/no")
def is_free(kind, is_free_at_first):
    """Equipment, carers' support, section 117 aftercare, NHS continuing healthcare and assessments are never charged for."""
    return look_up(kind, IS_NEVER_CHARGED) | look_up(kind, IS_ADAPTATION) | is_free_at_first


@rule(each="services", law="SI 2014/2672 reg 3; CASSG 8.14", unit="£")
def chargeable_adaptation(kind, cost, minor_adaptation_limit):
    """An adaptation that costs £1,000 or less is free; a dearer one may be charged for, once."""
    above = look_up(kind, IS_ADAPTATION) & (cost > minor_adaptation_limit)
    return choose(above, cost, 0)


@rule(law="SI 2014/2672 reg 3; CASSG 8.14", unit="£")
def chargeable_once(vcjd, chargeable_adaptation):
    """What may be charged for once, not by the week: adaptations that cost more than £1,000."""
    return choose(vcjd, 0, total(chargeable_adaptation))


@rule(each="services", law="Care Act 2014 s14(1)", unit="£ a week")
def chargeable_service_cost(kind, weekly_cost, is_free, is_in_a_care_home):
    """A service may be charged for unless the law makes it free; the place in a care home is priced on its own."""
    part_of_the_place = is_in_a_care_home & look_up(kind, IS_PLACE)
    return choose(is_free | part_of_the_place, 0, weekly_cost)


@rule(each="services", law="Mental Health Act 1983 s117; SI 2014/2672 reg 3; CASSG 8.14", unit="yes/no")
def pays_for_whole_place(kind, is_free_at_first):
    """A place in a care home given as aftercare, by the NHS, or as intermediate care in its first weeks is free."""
    return look_up(kind, PAYS_WHOLE_PLACE) | ((kind == SERVICE.intermediate_care) & is_free_at_first)


@rule(law="SI 2014/2672 regs 3, 4; CASSG 8.14", unit="yes/no")
def place_is_free(is_in_a_care_home, pays_for_whole_place):
    """The place in the care home is free."""
    return choose(is_in_a_care_home, any_of(pays_for_whole_place), False)


@rule(law="CASSG Annex A 11 to 12", unit="£ a week")
def personal_budget_for_place(usual_rate, cheapest_available_rate):
    """The personal budget must be enough for at least one suitable place that is free to move into."""
    return greater_of(usual_rate, cheapest_available_rate)


@rule(
    law="SI 2012/2996 Part 6; CASSG Annex A",
    unit="£ a week",
    checked=False,
)
def nursing_contribution(nursing, nursing_contribution_standard, nursing_contribution_higher):
    """The NHS pays its contribution for nursing to the home, which comes off the fee before anything else."""
    return choose(
        nursing == NURSING.none,
        0,
        choose(nursing == NURSING.standard, nursing_contribution_standard, nursing_contribution_higher),
    )


@rule(law="Care Act 2014 s17; SI 2014/2672 regs 10, 12", unit="yes/no")
def pays_full_cost(tells_finances, light_touch, is_over_the_upper_limit):
    """Whoever is over the upper limit, keeps their finances to themselves, or agrees they are over it pays the full cost."""
    over = choose(light_touch == LIGHT_TOUCH.none, is_over_the_upper_limit, light_touch == LIGHT_TOUCH.over_limit)
    return choose(tells_finances, over, True)


@rule(law="Care Act 2014 s14(4)", unit="£ a week")
def place_cost(pays_full_cost, fee, personal_budget_for_place, nursing_contribution, place_is_free):
    """A place costs its personal budget, or the home's own fee if that is less or is paid in full, less NHS nursing."""
    price = choose(pays_full_cost, fee, lesser_of(fee, personal_budget_for_place))
    return choose(place_is_free, 0, at_least_zero(price - nursing_contribution))


@rule(law="Care Act 2014 s14(4); SI 2014/2672 reg 4", unit="£ a week")
def cost_of_care(vcjd, is_in_a_care_home, place_cost, chargeable_service_cost, weekly_cost):
    """The cost of all the care that may be charged for; for someone with variant CJD, nothing may be."""
    place = choose(is_in_a_care_home, place_cost, weekly_cost)
    return choose(vcjd, 0, place + total(chargeable_service_cost))


@rule(law="SI 2014/2672 regs 6, 7, 13; CASSG 8.42 to 8.44", unit="£ a week")
def available_income(counted_income, protected_income, housing_costs_allowed, disability_expenditure_allowed):
    """What is left of counted income after everything that must be left to the person."""
    return at_least_zero(counted_income - protected_income - housing_costs_allowed - disability_expenditure_allowed)


@rule(law="CASSG 8.46 to 8.47", unit="£ a week")
def contribution_by_means(
    charged_as_at_home, available_income, share_of_income_taken, most_charged_a_week, least_charge_collected
):
    """In a care home all available income is taken; at home a council may take a share, up to a limit, or let pennies be."""
    taken = lesser_of(share(available_income, share_of_income_taken, PART_PENNY_DROPPED), most_charged_a_week)
    return choose(charged_as_at_home, choose(taken < least_charge_collected, 0, taken), available_income)


@rule(law="SI 2014/2672 reg 10(2); CASSG 8.42 to 8.44", unit="£ a week")
def maximum_weekly_contribution(light_touch, light_touch_contribution, contribution_by_means):
    """The most the person can be asked for a week, before the cost of the care is looked at."""
    return choose(light_touch == LIGHT_TOUCH.not_over_limit, light_touch_contribution, contribution_by_means)


@rule(law="Care Act 2014 s14(4)", unit="£ a week")
def weekly_charge(pays_full_cost, cost_of_care, maximum_weekly_contribution):
    """The charge is the contribution or the cost of the care, whichever is less; or the whole cost."""
    return choose(pays_full_cost, cost_of_care, lesser_of(maximum_weekly_contribution, cost_of_care))


@rule(law="Care Act 2014 s26", unit="£ a week")
def council_pays(cost_of_care, weekly_charge):
    """The council pays the rest of the cost."""
    return cost_of_care - weekly_charge


@rule(
    law="SI 2014/2672 reg 10(1)",
    unit="yes/no",
    remark="No financial details were given, so the full cost is charged. Giving them at any time may lower the charge.",
)
def refused_to_tell(tells_finances):
    """The person has chosen not to be assessed."""
    return not_(tells_finances)


@rule(law="Care Act 2014 s14(1); SI 2014/2672 reg 11", unit="£")
def charge_for_part_week(weekly_charge, days_charged):
    """For part of a week the charge goes by the day."""
    return part_of(weekly_charge, days_charged, DAYS_IN_A_WEEK, PART_PENNY_DROPPED)


@rule(law="Care Act 2014 s14(1)(b); SI 2014/2672 reg 5; CASSG 8.58", unit="£ a year")
def arrangement_fee(is_in_a_care_home, pays_full_cost, asks_council_to_arrange, arrangement_fee_a_year):
    """A fee for arranging care is lawful only for someone who pays in full and asked for it, and never in a care home."""
    lawful = asks_council_to_arrange & not_(is_in_a_care_home) & pays_full_cost
    return choose(lawful, arrangement_fee_a_year, 0)


@rule(each="weeks", law="Care Act 2014 s14(4)", unit="£ a week")
def charge_of_week(cost_of_week, pays_full_cost, maximum_weekly_contribution):
    """In each week the charge is the contribution or the cost of that week's care, whichever is less."""
    return choose(pays_full_cost, cost_of_week, lesser_of(cost_of_week, maximum_weekly_contribution))


@rule(each="weeks", law="Care Act 2014 s14(4)", unit="£ a week")
def cost_of_week(cost, vcjd, place_is_free):
    """What the care given in the week cost, if it may be charged for."""
    return choose(vcjd | place_is_free, 0, cost)


@rule(each="weeks", law="Care Act 2014 s14(4)", unit="£ a week")
def contribution_of_week(cost_of_week, pays_full_cost, maximum_weekly_contribution):
    """The contribution for a week before its cost is looked at."""
    return choose(pays_full_cost, cost_of_week, maximum_weekly_contribution)


@rule(law="Care Act 2014 s14(4); CASSG 8.46", unit="£ a week")
def charge_for_weeks(cap_period, charge_of_week, cost_of_week, contribution_of_week):
    """Over several weeks the charge is held to the cost week by week, or over all of them, as the council says."""
    over_all = lesser_of(total(contribution_of_week), total(cost_of_week))
    return choose(cap_period == CAP_PERIOD.week, total(charge_of_week), over_all)

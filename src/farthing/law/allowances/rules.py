"""What must be left to the person each week."""

from farthing.engine.constants import WEEKS_IN_A_YEAR
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
from farthing.law.allowances.facts import HOUSING_COST
from farthing.law.income.rules import IS_DISABILITY_BENEFIT, TIMES_A_YEAR
from farthing.law.rounding import PART_PENNY_MADE_WHOLE

ALLOWED_AT_HOME = HOUSING_COST.column("at_home")
ALLOWED_FOR_A_TIME = HOUSING_COST.column("temporary")

minimum_income_guarantee_addition = slot(
    "minimum_income_guarantee_addition",
    says="How much more a week than the statutory minimum income guarantee is left to the person at home.",
    unit="£ a week", law="CASSG 8.46; SI 2014/2672 reg 7", least=0,
)  # fmt: skip
minimum_income_guarantee_percent = slot(
    "minimum_income_guarantee_percent",
    says="How much more, in per cent of the statutory minimum income guarantee, is left to the person at home.",
    unit="percent", law="CASSG 8.46; SI 2014/2672 reg 7", least=0, most=1000,
)  # fmt: skip
standard_disability_expenditure = slot(
    "standard_disability_expenditure",
    says="How much a week is taken as spent because of a disability without asking for bills.",
    unit="£ a week", law="SI 2014/2672 Sch 1 para 4; CASSG Annex C 39 to 41", least=0,
)  # fmt: skip


@rule(law="SI 2014/2672 reg 7(2) to (4)", unit="£ a week")
def basic_amount(
    is_one_of_a_couple,
    has_reached_pension_age,
    partner_pension_age_reached,
    is_lone_parent,
    is_25_or_over,
    minimum_income_guarantee_couple_pension_age,
    minimum_income_guarantee_couple_18_or_over,
    minimum_income_guarantee_single_pension_age,
    minimum_income_guarantee_lone_parent,
    minimum_income_guarantee_single_25_to_pension_age,
    minimum_income_guarantee_single_18_to_24,
):
    """The basic amount left to a person goes by their age, and by whether they are single, in a couple or a lone parent."""
    of_a_couple = choose(
        has_reached_pension_age | partner_pension_age_reached,
        minimum_income_guarantee_couple_pension_age,
        minimum_income_guarantee_couple_18_or_over,
    )
    by_age = choose(
        is_25_or_over, minimum_income_guarantee_single_25_to_pension_age, minimum_income_guarantee_single_18_to_24
    )
    below_pension_age = choose(is_lone_parent, minimum_income_guarantee_lone_parent, by_age)
    single = choose(has_reached_pension_age, minimum_income_guarantee_single_pension_age, below_pension_age)
    return choose(is_one_of_a_couple, of_a_couple, single)


@rule(law="SI 2014/2672 reg 7(1)", unit="£ a week")
def amount_for_children(responsible_for_children, minimum_income_guarantee_child):
    """An amount is left for each child in the household the person is responsible for."""
    return responsible_for_children * minimum_income_guarantee_child


@rule(law="SI 2014/2672 reg 7(5) and (6)", unit="£ a week")
def disability_premium(
    gets_disability_premium,
    has_reached_pension_age,
    is_one_of_a_couple,
    disability_premium_couple,
    disability_premium_single,
):
    """The disability premium is left to a person below State Pension age who gets it, or would on Income Support."""
    amount = choose(is_one_of_a_couple, disability_premium_couple, disability_premium_single)
    return choose(gets_disability_premium & not_(has_reached_pension_age), amount, 0)


@rule(law="SI 2014/2672 reg 7(5) and (6)", unit="£ a week")
def enhanced_disability_premium(
    gets_enhanced_disability_premium,
    has_reached_pension_age,
    is_one_of_a_couple,
    enhanced_disability_premium_couple,
    enhanced_disability_premium_single,
):
    """The enhanced disability premium is left to a person below State Pension age who gets it, or would."""
    amount = choose(is_one_of_a_couple, enhanced_disability_premium_couple, enhanced_disability_premium_single)
    return choose(gets_enhanced_disability_premium & not_(has_reached_pension_age), amount, 0)


@rule(law="SI 2014/2672 reg 7(7)", unit="£ a week")
def amount_for_carer(gets_carer_premium, carer_premium):
    """The carer premium is left to a person who gets it, or would on Income Support."""
    return choose(gets_carer_premium, carer_premium, 0)


@rule(law="SI 2014/2672 reg 7(1)", unit="£ a week")
def statutory_minimum_income_guarantee(
    basic_amount, amount_for_children, disability_premium, enhanced_disability_premium, amount_for_carer
):
    """The minimum income guarantee is the basic amount, an amount for each child, and any premiums.

    Not modelled: paragraph (8), to which paragraph (1) is subject and which has not been read.
    """
    return basic_amount + amount_for_children + disability_premium + enhanced_disability_premium + amount_for_carer


@rule(law="SI 2014/2672 reg 7; CASSG 8.46", unit="£ a week")
def minimum_income_guarantee(
    statutory_minimum_income_guarantee,
    minimum_income_guarantee_percent,
    minimum_income_guarantee_addition,
    agreed_extra_allowance,
):
    """The least that must be left to a person cared for at home; a council may leave more."""
    by_percent = share(statutory_minimum_income_guarantee, minimum_income_guarantee_percent, PART_PENNY_MADE_WHOLE)
    return statutory_minimum_income_guarantee + by_percent + minimum_income_guarantee_addition + agreed_extra_allowance


@rule(law="SI 2014/2672 reg 6; CASSG 8.35 to 8.37", unit="£ a week")
def personal_allowance(
    has_deferred_payment,
    pays_full_cost,
    allowance_kept,
    disposable_income_allowance,
    personal_expenses_allowance,
    agreed_extra_allowance,
):
    """Everyone in a care home keeps a personal expenses allowance; while fees are deferred, up to £144 a week instead."""
    kept = greater_of(lesser_of(allowance_kept, disposable_income_allowance), personal_expenses_allowance)
    defers = has_deferred_payment & pays_full_cost
    return choose(defers, kept, personal_expenses_allowance + agreed_extra_allowance)


@rule(law="Care Act 2014 s14(7); SI 2014/2672 regs 6, 7", unit="£ a week")
def protected_income(charged_as_at_home, minimum_income_guarantee, personal_allowance):
    """A charge must never take a person's income below this."""
    return choose(charged_as_at_home, minimum_income_guarantee, personal_allowance)


@rule(each="housing_costs", law="SI 2014/2672 Sch 1 paras 2, 3; CASSG Annex F 12 to 13", unit="£ a week")
def weekly_housing_cost(
    kind, amount, paid_by_benefit, every, paid_for_couple, charged_as_at_home, is_permanent_resident
):
    """What a person pays for their home is left to them, so far as no benefit pays it; not if in a care home for good."""
    unmet = at_least_zero(amount - paid_by_benefit)
    weekly = part_of(unmet, look_up(every, TIMES_A_YEAR), WEEKS_IN_A_YEAR, PART_PENNY_MADE_WHOLE)
    own = choose(paid_for_couple, part_of(weekly, 1, 2, PART_PENNY_MADE_WHOLE), weekly)
    for_a_time = choose(is_permanent_resident, False, look_up(kind, ALLOWED_FOR_A_TIME))
    return choose(choose(charged_as_at_home, look_up(kind, ALLOWED_AT_HOME), for_a_time), own, 0)


@rule(law="SI 2014/2672 Sch 1 para 2", unit="£ a week")
def housing_costs_allowed(weekly_housing_cost):
    """All that is left to the person for their home."""
    return total(weekly_housing_cost)


@rule(each="disability_related_expenditure", law="SI 2014/2672 Sch 1 para 4; CASSG Annex C 39 to 41", unit="£ a week")
def weekly_disability_cost(amount, every, agreed):
    """What a disability makes a person spend is left to them, item by item."""
    weekly = part_of(amount, look_up(every, TIMES_A_YEAR), WEEKS_IN_A_YEAR, PART_PENNY_MADE_WHOLE)
    return choose(agreed, weekly, 0)


@rule(each="income", law="SI 2014/2672 Sch 1 para 4", unit="yes/no")
def is_counted_disability_benefit(kind, counted_amount):
    """A disability benefit is being counted."""
    return look_up(kind, IS_DISABILITY_BENEFIT) & (counted_amount > 0)


@rule(law="SI 2014/2672 Sch 1 para 4", unit="yes/no")
def disability_expenditure_counts(charged_as_at_home, is_counted_disability_benefit):
    """Disability costs are left to a person charged as at home of whose income a disability benefit is counted."""
    return charged_as_at_home & any_of(is_counted_disability_benefit)


@rule(law="SI 2014/2672 Sch 1 para 4; CASSG Annex C 39 to 41", unit="£ a week")
def disability_expenditure_allowed(
    disability_expenditure_counts, weekly_disability_cost, standard_disability_expenditure
):
    """Where a disability benefit is counted, disability costs are left: item by item, or the council's standard sum if more."""
    allowed = greater_of(total(weekly_disability_cost), standard_disability_expenditure)
    return choose(disability_expenditure_counts, allowed, 0)

"""What income counts: all of it, unless the regulations say otherwise."""

from farthing.engine.constants import WEEKS_IN_A_YEAR
from farthing.engine.kinds import Choices
from farthing.engine.rules import rule
from farthing.engine.slots import slot
from farthing.engine.verbs import at_least_zero, choose, lesser_of, look_up, not_, part_of, steps_or_part, total
from farthing.law.income.facts import EVERY, INCOME, TREATMENT
from farthing.law.person.facts import PARTNER
from farthing.law.rounding import PART_PENNY_DROPPED, PART_PENNY_MADE_WHOLE

AT_HOME = INCOME.column("at_home", TREATMENT)
IN_CARE_HOME = INCOME.column("in_care_home", TREATMENT)
TEMPORARY = INCOME.column("temporary", TREATMENT)
IS_PENSION = INCOME.column("pension")
IS_DISABILITY_BENEFIT = INCOME.column("disability")
IS_PARTLY_FOR_NIGHTS = INCOME.column("night")
IS_SAVINGS_CREDIT = INCOME.column("savings_credit")
IS_GUARANTEE_CREDIT = INCOME.column("guarantee")
IS_QUALIFYING = INCOME.column("qualifying")
IS_FOR_PENSION_CREDIT = INCOME.column("pension_credit")
MAY_HOLD_HOUSING = INCOME.column("housing")
TIMES_A_YEAR = EVERY.column("times", "times a year")

SAVINGS_CREDIT_AT_HOME = Choices("way with Savings Credit", ("as_in_care_home", "left_out", "counted"))

disability_benefits_counted = slot(
    "disability_benefits_counted",
    says="Whether Attendance Allowance, DLA care and PIP daily living count at home.",
    unit="yes/no", law="CASSG Annex C 16; CASSG 8.46",
)  # fmt: skip
night_care_disregarded = slot(
    "night_care_disregarded",
    says="Whether the part of the highest rate that is for nights is left out where the council meets no need at night.",
    unit="yes/no", law="CASSG 8.46",
)  # fmt: skip
savings_credit_at_home = slot(
    "savings_credit_at_home",
    says="Whether Savings Credit at home is left out, counted, or left out in part as in a care home.",
    unit=SAVINGS_CREDIT_AT_HOME, law="SI 2014/2672 Sch 1 para 40; CASSG 8.46",
)  # fmt: skip


@rule(each="income", law="SI 2014/2672 reg 13; SI 2014/2672 Sch 1 para 1", unit="£ a week")
def weekly_income(amount, tax, every):
    """Income counts by the week, after tax. A month is twelve fifty-seconds of a year."""
    return part_of(at_least_zero(amount - tax), look_up(every, TIMES_A_YEAR), WEEKS_IN_A_YEAR, PART_PENNY_DROPPED)


@rule(each="income", law="Care Act 2014 s17; CASSG Annex C 5", unit="£ a week")
def own_income(weekly_income, paid_for_couple):
    """Only the person's own income counts; of income paid for a couple, an equal share."""
    return choose(paid_for_couple, part_of(weekly_income, 1, 2, PART_PENNY_DROPPED), weekly_income)


@rule(each="income", law="SI 2014/2672 Sch 1 para 3; CASSG Annex C 16", unit="£ a week")
def housing_part(kind, housing_element, every, paid_for_couple):
    """What a benefit pays for housing is left out."""
    weekly = part_of(housing_element, look_up(every, TIMES_A_YEAR), WEEKS_IN_A_YEAR, PART_PENNY_MADE_WHOLE)
    own = choose(paid_for_couple, part_of(weekly, 1, 2, PART_PENNY_MADE_WHOLE), weekly)
    return choose(look_up(kind, MAY_HOLD_HOUSING), own, 0)


@rule(each="income", law="SI 2014/2672 reg 15; CASSG Annex C", unit=TREATMENT)
def treatment(kind, charged_as_at_home, is_permanent_resident):
    """Each kind of income has its treatment at home, in a care home for good, and in one for a time."""
    in_care_home = choose(is_permanent_resident, look_up(kind, IN_CARE_HOME), look_up(kind, TEMPORARY))
    return choose(charged_as_at_home, look_up(kind, AT_HOME), in_care_home)


@rule(each="income", law="SI 2014/2672 Sch 1 para 16", unit="£ a week")
def part_passed_to_spouse(kind, own_income, half_paid_to_spouse, is_permanent_resident, partner):
    """In a care home, half a private pension is left out if at least half is paid to a spouse who lives elsewhere.

    Not modelled: sub-paragraphs (2) and (3), which have not been read.
    """
    lives_elsewhere = (partner == PARTNER.lives_together) | (partner == PARTNER.lives_apart)
    passed = look_up(kind, IS_PENSION) & is_permanent_resident & half_paid_to_spouse & lives_elsewhere
    return choose(passed, part_of(own_income, 1, 2, PART_PENNY_MADE_WHOLE), 0)


@rule(each="income", law="CASSG 8.46", unit="£ a week")
def part_for_nights(
    kind, charged_as_at_home, night_care_disregarded, attendance_allowance_higher, attendance_allowance_lower
):
    """Where the council meets no need at night it may leave out what the highest rate adds for nights."""
    left_out = look_up(kind, IS_PARTLY_FOR_NIGHTS) & charged_as_at_home & night_care_disregarded
    return choose(left_out, attendance_allowance_higher - attendance_allowance_lower, 0)


@rule(each="income", law="SI 2014/2672 regs 13, 15; SI 2014/2672 Sch 1", unit="£ a week")
def counted_amount(
    treatment, own_income, housing_part, part_passed_to_spouse, part_for_nights, disability_benefits_counted
):
    """Income counts in full unless the regulations leave it, or part of it, out."""
    counts = (
        (treatment == TREATMENT.counted)
        | (treatment == TREATMENT.first_ten_pounds)
        | ((treatment == TREATMENT.disability_benefit) & disability_benefits_counted)
    )
    part = at_least_zero(own_income - housing_part - part_passed_to_spouse - part_for_nights)
    return choose(counts, part, 0)


@rule(each="income", law="SI 2014/2672 Sch 1 para 17; CASSG Annex C 33", unit="£ a week")
def partly_disregarded_amount(treatment, own_income):
    """Of some pensions the first £10 a week is left out."""
    return choose(treatment == TREATMENT.first_ten_pounds, own_income, 0)


@rule(law="SI 2014/2672 Sch 1 para 17; CASSG Annex C 33", unit="£ a week")
def first_ten_pounds(partly_disregarded_amount, first_ten_pounds_disregard):
    """The first £10 a week of war widows' and like pensions is left out, once for each person."""
    return lesser_of(total(partly_disregarded_amount), first_ten_pounds_disregard)


@rule(each="income", law="State Pension Credit Act 2002 s3", unit="£ a week", checked=False)
def qualifying_amount(kind, own_income):
    """Pensions and some other income qualify for Savings Credit."""
    return choose(look_up(kind, IS_QUALIFYING), own_income, 0)


@rule(law="State Pension Credit Act 2002 s3", unit="£ a week", checked=False)
def qualifying_income(qualifying_amount, is_one_of_a_couple, is_permanent_resident, partner_qualifying_income):
    """What counts for Savings Credit: a couple's income together while they live together.

    Not modelled: the income that the Pension Credit rules take capital to bring.
    """
    as_a_couple = is_one_of_a_couple & not_(is_permanent_resident)
    return total(qualifying_amount) + choose(as_a_couple, partner_qualifying_income, 0)


@rule(each="income", law="SI 2014/2672 Sch 1 para 40", unit="£ a week")
def savings_credit_amount(kind, own_income):
    """What is paid as Savings Credit."""
    return choose(look_up(kind, IS_SAVINGS_CREDIT), own_income, 0)


@rule(law="SI 2014/2672 Sch 1 para 40", unit="£ a week")
def savings_credit_disregard_by_band(
    may_have_savings_credit,
    qualifying_income,
    savings_credit_amount,
    is_one_of_a_couple,
    is_permanent_resident,
    savings_credit_threshold_single,
    savings_credit_threshold_couple,
    pension_credit_standard_minimum_guarantee_single,
    pension_credit_standard_minimum_guarantee_couple,
    savings_credit_disregard_single,
    savings_credit_disregard_couple,
):
    """Nothing is left out below the threshold; then Savings Credit up to a cap; above the guarantee, the whole cap."""
    as_a_couple = is_one_of_a_couple & not_(is_permanent_resident)
    threshold = choose(as_a_couple, savings_credit_threshold_couple, savings_credit_threshold_single)
    guarantee = choose(
        as_a_couple,
        pension_credit_standard_minimum_guarantee_couple,
        pension_credit_standard_minimum_guarantee_single,
    )
    cap = choose(as_a_couple, savings_credit_disregard_couple, savings_credit_disregard_single)
    between = lesser_of(total(savings_credit_amount), cap)
    by_band = choose(qualifying_income < threshold, 0, choose(qualifying_income <= guarantee, between, cap))
    return choose(may_have_savings_credit, by_band, 0)


@rule(law="SI 2014/2672 Sch 1 para 40; CASSG 8.46", unit="£ a week")
def savings_credit_left_out(
    charged_as_at_home, savings_credit_at_home, savings_credit_amount, savings_credit_disregard_by_band
):
    """Part of Savings Credit is left out; at home a council may leave out all of it or none."""
    at_home = choose(
        savings_credit_at_home == SAVINGS_CREDIT_AT_HOME.left_out,
        total(savings_credit_amount),
        choose(savings_credit_at_home == SAVINGS_CREDIT_AT_HOME.counted, 0, savings_credit_disregard_by_band),
    )
    return choose(charged_as_at_home, at_home, savings_credit_disregard_by_band)


@rule(law="SI 2014/2672 regs 13, 15", unit="£ a week")
def income_before_tariff(counted_amount, first_ten_pounds, savings_credit_left_out):
    """All the income that counts, before what capital is taken to bring."""
    return at_least_zero(total(counted_amount) - first_ten_pounds - savings_credit_left_out)


@rule(law="SI 2014/2672 regs 13, 25", unit="£ a week")
def counted_income(income_before_tariff, tariff_income):
    """The income that counts, with what capital is taken to bring."""
    return income_before_tariff + tariff_income


@rule(each="income", law="State Pension Credit Act 2002 s2", unit="£ a week", checked=False)
def pension_credit_income_amount(kind, own_income):
    """What counts as income when Pension Credit is worked out."""
    return choose(look_up(kind, IS_FOR_PENSION_CREDIT), own_income, 0)


@rule(each="income", law="State Pension Credit Act 2002 s2", unit="£ a week", checked=False)
def guarantee_credit_amount(kind, own_income):
    """What is paid as the guarantee part of Pension Credit."""
    return choose(look_up(kind, IS_GUARANTEE_CREDIT), own_income, 0)


@rule(law="State Pension Credit Act 2002 s2; SI 2002/1792 reg 15(6)", unit="£ a week", checked=False)
def pension_credit_capital_income(
    assessable_capital, pension_credit_capital_limit, pension_credit_capital_step, pension_credit_capital_amount
):
    """Pension Credit takes £1 a week for every £500, or part of £500, of capital above £10,000."""
    excess = at_least_zero(assessable_capital - pension_credit_capital_limit)
    return steps_or_part(excess, pension_credit_capital_step) * pension_credit_capital_amount


@rule(law="State Pension Credit Act 2002 s2; SI 2002/1792 reg 6", unit="£ a week", checked=False)
def pension_credit_due(
    has_reached_pension_age,
    is_one_of_a_couple,
    severe_disability_addition,
    gets_carer_premium,
    pension_credit_income_amount,
    pension_credit_capital_income,
    pension_credit_standard_minimum_guarantee_single,
    pension_credit_severe_disability_one,
    pension_credit_carer_addition,
):
    """A single person of State Pension age may have Pension Credit up to the guarantee and its additions.

    Not worked out for couples, whose claim rests on both partners' money.
    """
    additions = choose(severe_disability_addition, pension_credit_severe_disability_one, 0) + choose(
        gets_carer_premium, pension_credit_carer_addition, 0
    )
    guarantee = pension_credit_standard_minimum_guarantee_single + additions
    due = at_least_zero(guarantee - total(pension_credit_income_amount) - pension_credit_capital_income)
    return choose(has_reached_pension_age & not_(is_one_of_a_couple), due, 0)


@rule(
    law="State Pension Credit Act 2002 s2", unit="yes/no", checked=False,
    remark="The person may be missing Pension Credit. Check it with an independent adviser before relying on the charge.",
)  # fmt: skip
def pension_credit_may_be_missing(pension_credit_due, guarantee_credit_amount, charged_as_at_home):
    """Pension Credit may be due and is not being paid."""
    return charged_as_at_home & (pension_credit_due > total(guarantee_credit_amount))

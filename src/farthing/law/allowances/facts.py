"""What must be left to the person: premiums, housing costs, and what a disability makes them spend."""

from pathlib import Path

from farthing.engine.facts import Fact, item_list
from farthing.engine.kinds import read_kinds
from farthing.law.income.facts import EVERY

_TABLES = read_kinds(Path(__file__).with_name("kinds.yaml"))
HOUSING_COST = _TABLES["housing_cost"]
DISABILITY_COST = _TABLES["disability_cost"]

gets_disability_premium = Fact(
    "gets_disability_premium", "yes/no", "person",
    question="Does the person get, or would they get on Income Support, the disability premium?",
    to_you="Do you get the disability premium, or would you get it on Income Support?",
    hint="For a couple it is enough that one of them does. Only below State Pension age.",
    evidence="Award letter for PIP, DLA or Attendance Allowance",
    presumed=False, presuming="There is no disability premium.",
)  # fmt: skip
gets_enhanced_disability_premium = Fact(
    "gets_enhanced_disability_premium", "yes/no", "person",
    question="Does the person get, or would they get on Income Support, the enhanced disability premium?",
    to_you="Do you get the enhanced disability premium, or would you get it on Income Support?",
    hint="For a couple it is enough that one of them does. Only below State Pension age.",
    evidence="Award letter for the enhanced or highest rate of PIP or DLA",
    presumed=False, presuming="There is no enhanced disability premium.",
)  # fmt: skip
gets_carer_premium = Fact(
    "gets_carer_premium", "yes/no", "person",
    question="Does the person get, or would they get on Income Support, the carer premium?",
    to_you="Do you get the carer premium, or would you get it on Income Support?",
    evidence="Award letter for Carer's Allowance",
    presumed=False, presuming="There is no carer premium.",
)  # fmt: skip
PREMIUMS = {
    "disability": gets_disability_premium.name,
    "enhanced_disability": gets_enhanced_disability_premium.name,
    "carer": gets_carer_premium.name,
}
"""The premiums by the names a list of them uses, each with the fact it settles."""

agreed_extra_allowance = Fact(
    "agreed_extra_allowance", "£ a week", "person",
    question="How much more a week has the council agreed to leave to the person, and why?",
    of_council=True,
    left_out=0, meaning="The council has not agreed to leave the person more.",
)  # fmt: skip

housing_costs = item_list(
    "housing_costs",
    Fact(
        "kind", HOUSING_COST, "housing_costs", required=True,
        question="What is the cost?",
    ),
    Fact(
        "amount", "£", "housing_costs",
        question="How much is it each time?",
        evidence="Bill, rent book or mortgage statement",
    ),
    Fact(
        "every", EVERY, "housing_costs", required=True,
        question="How often is it paid?",
    ),
    Fact(
        "paid_by_benefit", "£", "housing_costs",
        question="How much of it each time is met by Housing Benefit, Council Tax Reduction or another payment?",
        left_out=0, meaning="No benefit meets any of it.",
    ),
    Fact(
        "paid_for_couple", "yes/no", "housing_costs",
        question="Is it paid for the person and their partner together?",
        to_you="Is it paid for you and your partner together?",
        left_out=False, meaning="The person pays all of it.",
    ),
    says="What the home costs",
    question="What does the person pay for their home?",
    to_you="What do you pay for your home?",
    hint="Rent, mortgage, Council Tax, service charge. An empty list says there is nothing.",
    presuming_empty="Nothing is paid for the home.",
)  # fmt: skip

disability_related_expenditure = item_list(
    "disability_related_expenditure",
    Fact(
        "kind", DISABILITY_COST, "disability_related_expenditure", required=True,
        question="What is the cost?",
    ),
    Fact(
        "amount", "£", "disability_related_expenditure",
        question="How much is it each time?",
        evidence="Bill or receipt",
    ),
    Fact(
        "every", EVERY, "disability_related_expenditure", required=True,
        question="How often is it paid?",
    ),
    Fact(
        "agreed", "yes/no", "disability_related_expenditure",
        question="Does the council agree that the disability causes it?",
        of_council=True,
        left_out=True, meaning="The council agrees that the disability causes it.",
    ),
    says="What a disability or frailty makes the person spend",
    question="What does the person spend because of a disability or frailty?",
    to_you="What do you spend because of a disability or frailty?",
    hint="Each cost on its own. An empty list says there is none.",
    presuming_empty="Nothing is spent because of a disability.",
)  # fmt: skip

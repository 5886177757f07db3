"""What money comes in, how often, and after which deductions."""

from pathlib import Path

from farthing.engine.facts import Fact, item_list
from farthing.engine.kinds import Choices, read_kinds

_TABLES = read_kinds(Path(__file__).with_name("kinds.yaml"))
INCOME = _TABLES["income"]
EVERY = _TABLES["every"]
TREATMENT = Choices("treatment", ("counted", "disregarded", "first_ten_pounds", "disability_benefit"))

income = item_list(
    "income",
    Fact(
        "kind", INCOME, "income", required=True,
        question="What is the income?",
    ),
    Fact(
        "amount", "£", "income",
        question="How much is it each time?",
        evidence="Award letter, payslip or bank statement",
    ),
    Fact(
        "every", EVERY, "income", required=True,
        question="How often is it paid?",
    ),
    Fact(
        "tax", "£", "income",
        question="How much income tax and National Insurance is taken from it each time?",
        offered_for="pension",
        evidence="Payslip or tax statement",
        left_out=0, meaning="No tax is taken from it.",
    ),
    Fact(
        "housing_element", "£", "income",
        question="How much of it each time is for housing costs?",
        offered_for="housing",
        left_out=0, meaning="None of it is for housing costs.",
    ),
    Fact(
        "paid_for_couple", "yes/no", "income",
        question="Is it paid for the person and their partner together?",
        offered_for="couple",
        to_you="Is it paid for you and your partner together?",
        left_out=False, meaning="It is paid for the person alone.",
    ),
    Fact(
        "half_paid_to_spouse", "yes/no", "income",
        question="Does the person pay at least half of it to a husband, wife or civil partner who lives elsewhere?",
        offered_for="pension",
        to_you="Do you pay at least half of it to a husband, wife or civil partner who lives elsewhere?",
        left_out=False, meaning="Half of it is not paid to a husband, wife or civil partner.",
    ),
    says="All the money that comes in",
    question="What income does the person have?",
    to_you="What income do you have?",
    hint="Each pension, benefit and payment on its own. An empty list says there is none.",
)  # fmt: skip

partner_qualifying_income = Fact(
    "partner_qualifying_income", "£ a week", "person",
    question="What pensions and other income for Savings Credit does the partner have a week?",
    to_you="What pensions and other income that counts for Savings Credit does your partner have a week?",
    wanted="is_one_of_a_couple",
    presumed=0, presuming="The partner has no income.",
)  # fmt: skip
severe_disability_addition = Fact(
    "severe_disability_addition", "yes/no", "person",
    question="Does the person live alone with a disability benefit, and does nobody get an allowance for caring for them?",
    to_you="Do you live alone with a disability benefit, and does nobody get an allowance for caring for you?",
    left_out=False, meaning="Nobody has said that the person can have the severe disability addition.",
)  # fmt: skip

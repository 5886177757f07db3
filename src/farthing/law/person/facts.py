"""Who the person is and where they are cared for."""

from pathlib import Path

from farthing.base.days import day
from farthing.engine.constants import FUTURE, Constant
from farthing.engine.facts import Fact
from farthing.engine.kinds import Choices, read_kinds

PARTNER = Choices(
    "partner",
    ("none", "lives_together", "lives_apart", "in_care_too"),
    {
        "none": "No",
        "lives_together": "Yes, and they live together",
        "lives_apart": "Yes, and they live apart for good",
        "in_care_too": "Yes, and both are in a care home",
    },
)
SETTING = Choices(
    "setting",
    ("own_home", "supported_living", "shared_lives", "care_home", "care_home_temporary", "care_home_short_stay"),
    {
        "own_home": "At home",
        "supported_living": "In supported living",
        "shared_lives": "With a Shared Lives carer",
        "care_home": "In a care home, for good",
        "care_home_temporary": "In a care home for a time, with a plan to go home",
        "care_home_short_stay": "In a care home for a short stay of up to eight weeks",
    },
)
SAID = Choices("answer", ("worked_out", "true", "false"))
"""An answer that may be left to be worked out from another."""

PENSION_AGE = read_kinds(Path(__file__).with_name("kinds.yaml"))["pension_age"]

PENSION_REFORM_WOMEN = Constant(day("1953-04-06"), "date")
PENSION_REFORM_MEN = Constant(day("1951-04-06"), "date")

born = Fact(
    "born", "date", "person",
    question="What is the person's date of birth?",
    to_you="What is your date of birth?",
    hint="For example, 1941-03-27.",
    evidence="Passport, birth certificate, driving licence or a letter from the pension service",
    least=day("1890-01-01"),
)  # fmt: skip
partner = Fact(
    "partner", PARTNER, "person",
    question="Does the person have a husband, wife, civil partner or partner?",
    to_you="Do you have a husband, wife, civil partner or partner?",
    hint="Whether you live as a couple decides which weekly amount must be left to you.",
    presumed=PARTNER.none, presuming="There is no partner.",
)  # fmt: skip
partner_pension_age_reached = Fact(
    "partner_pension_age_reached", "yes/no", "person",
    question="Has the partner reached State Pension age?",
    to_you="Has your partner reached State Pension age?",
    presumed=False, presuming="The partner is below State Pension age.",
    wanted="is_one_of_a_couple",
)  # fmt: skip
responsible_for_children = Fact(
    "responsible_for_children", "number", "person",
    question="How many children in the household is the person responsible for?",
    to_you="How many children in your household are you responsible for?",
    presumed=0, presuming="The person is not responsible for any child.",
    most=30,
)  # fmt: skip
pension_age_reached = Fact(
    "pension_age_reached", SAID, "person",
    question="Has the person reached State Pension age?",
    left_out=SAID.worked_out, meaning="State Pension age is worked out from the date of birth.",
)  # fmt: skip
pension_age_before_april_2016 = Fact(
    "pension_age_before_april_2016", "yes/no", "person",
    question="Did the person reach State Pension age before 6 April 2016?",
    to_you="Did you reach State Pension age before 6 April 2016?",
    hint="Men born before 6 April 1951 and women born before 6 April 1953 did.",
    evidence="A letter from the pension service",
    presumed=False, presuming="State Pension age was reached on or after 6 April 2016, so there is no Savings Credit.",
)  # fmt: skip
tells_finances = Fact(
    "tells_finances", "yes/no", "person",
    question="Will the person tell the council about their money?",
    to_you="Will you tell the council about your money?",
    hint="Nobody has to. The council then charges the full cost.",
    told_by=("capital", "income"),
)  # fmt: skip
vcjd = Fact(
    "vcjd", "yes/no", "person",
    question="Does the person have variant Creutzfeldt-Jakob disease?",
    to_you="Do you have variant Creutzfeldt-Jakob disease?",
    evidence="A letter from a doctor",
    left_out=False, meaning="Nobody has said that the person has variant Creutzfeldt-Jakob disease.",
)  # fmt: skip
setting = Fact(
    "setting", SETTING, "care",
    question="Where will the person be cared for?",
    to_you="Where will you be cared for?",
)  # fmt: skip
moved_in = Fact(
    "moved_in", "date", "care",
    question="On what day did the person move into the care home?",
    to_you="On what day did you move into the care home?",
    hint="Leave it empty if they have not moved in yet.",
    empty=FUTURE, wanted="is_in_a_care_home",
    presumed=FUTURE, presuming="The person has not moved into the care home yet.",
    least=day("1950-01-01"),
)  # fmt: skip

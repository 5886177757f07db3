"""What care is given and what it costs."""

from pathlib import Path

from farthing.base.days import day
from farthing.engine.facts import Fact, item_list
from farthing.engine.kinds import Choices, read_kinds

SERVICE = read_kinds(Path(__file__).with_name("kinds.yaml"))["service"]
NURSING = Choices(
    "nursing",
    ("none", "standard", "higher"),
    {"none": "No", "standard": "Yes, at the standard rate", "higher": "Yes, at the higher rate"},
)
LIGHT_TOUCH = Choices("light touch assessment", ("none", "not_over_limit", "over_limit"))

services = item_list(
    "services",
    Fact(
        "kind", SERVICE, "services", required=True,
        question="What is the service?",
    ),
    Fact(
        "weekly_cost", "£ a week", "services",
        question="What does it cost a week?",
        evidence="Care and support plan",
        left_out=0, meaning="It costs nothing by the week.",
    ),
    Fact(
        "started", "date", "services", least=day("1990-01-01"), wanted="first_weeks",
        question="On what day did it start?",
        hint="Reablement and intermediate care are free for the first six weeks.",
    ),
    Fact(
        "cost", "£", "services", wanted="adaptation",
        question="What does the adaptation cost, once?",
    ),
    section="care",
    says="The services in the care and support plan",
    question="Which services does the person have, and what does each cost a week?",
    of_council=True,
)  # fmt: skip
weeks = item_list(
    "weeks",
    Fact(
        "cost", "£ a week", "weeks",
        question="What did the care given in that week cost?",
    ),
    section="care",
    says="The weeks to charge for, where care differs from week to week",
    question="What did the care given in each week cost?",
    of_council=True,
)  # fmt: skip

weekly_cost = Fact(
    "weekly_cost", "£ a week", "care",
    question="What does the care cost a week?",
    hint="Where the services are listed one by one, their costs are used instead.",
    evidence="Care and support plan",
)  # fmt: skip
usual_rate = Fact(
    "usual_rate", "£ a week", "care", wanted="is_in_a_care_home",
    question="What is the personal budget for the place in a care home?",
    hint="What the council would pay for a place that meets the person's needs.",
    presumed_as="fee", presuming="The council would pay what the care home charges, so nobody has to pay a top-up.",
)  # fmt: skip
fee = Fact(
    "fee", "£ a week", "care", wanted="is_in_a_care_home", instead="usual_rate",
    question="What does the care home charge a week?",
)  # fmt: skip
cheapest_available_rate = Fact(
    "cheapest_available_rate", "£ a week", "care",
    question="What does the cheapest suitable home with a place free charge a week?",
    of_council=True,
    left_out=0, meaning="A suitable place is free at the usual rate.",
)  # fmt: skip
nursing = Fact(
    "nursing", NURSING, "care", wanted="is_in_a_care_home",
    question="Does the NHS pay a contribution for nursing in the care home, and at which rate?",
    presumed=NURSING.none, presuming="The NHS pays no contribution for nursing.",
)  # fmt: skip
asks_council_to_arrange = Fact(
    "asks_council_to_arrange", "yes/no", "care",
    question="Has a person who can pay in full asked the council to arrange the care?",
    left_out=False, meaning="The person has not asked the council to arrange care they pay for in full.",
)  # fmt: skip
days_charged = Fact(
    "days_charged", "days", "care", most=7,
    question="For how many days of the week is there a charge?",
    of_council=True,
    left_out=7, meaning="The whole week is charged for.",
)  # fmt: skip
light_touch = Fact(
    "light_touch", LIGHT_TOUCH, "person",
    question="Did the person agree to a light-touch assessment, and what was the council satisfied of?",
    of_council=True,
    hint="Only with the person's consent and evidence: 'not_over_limit' or 'over_limit'.",
    left_out=LIGHT_TOUCH.none, meaning="There is no light-touch assessment.",
)  # fmt: skip
light_touch_contribution = Fact(
    "light_touch_contribution", "£ a week", "person",
    question="What weekly contribution did the person agree to under the light-touch assessment?",
    of_council=True,
    left_out=0, meaning="No contribution was agreed under a light-touch assessment.",
)  # fmt: skip

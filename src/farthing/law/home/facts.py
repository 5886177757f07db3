"""The home: who lives there, since when, and the stays in care homes that the twelve weeks are counted by."""

from pathlib import Path

from farthing.base.days import day
from farthing.engine.constants import FUTURE, PAST
from farthing.engine.facts import Fact
from farthing.engine.kinds import read_kinds

OCCUPIER = read_kinds(Path(__file__).with_name("kinds.yaml"))["occupier"]

HOME_FACTS = (
    Fact(
        "occupied_by", OCCUPIER, "capital", wanted="home", required=True,
        question="Who lives in the home, beside the person?",
        to_you="Who lives in the home, beside you?",
        hint="Say so if nobody else lives there.",
    ),
    Fact(
        "occupied_since", "date", "capital", least=day("1900-01-01"),
        question="Since when have they lived there?",
        offered_for="home",
        left_out=PAST, meaning="They have lived there since before the person moved into a care home.",
    ),
    Fact(
        "disregard_ended", "date", "capital", least=day("1900-01-01"),
        question="On what day did a relative whose living there kept the home out of account die or go into a care home?",
        of_council=True, offered_for="home",
        hint="Or, if the council has agreed to twelve weeks for it, the day of another unexpected change.",
        left_out=FUTURE, meaning="No disregard of the home has ended unexpectedly.",
    ),
    Fact(
        "kept_for_return", "yes/no", "capital",
        question="Does the person mean to return to the home, and is it kept for them?",
        offered_for="home",
        to_you="Do you mean to return to the home, and is it kept for you?",
        left_out=True, meaning="A stay for a time is one with a plan to return.",
    ),
    Fact(
        "sold_to_buy_another", "yes/no", "capital",
        question="Is the home being sold to buy another to return to?",
        offered_for="home",
        left_out=False, meaning="The home is not being sold.",
    ),
)  # fmt: skip

earlier_stay_ended = Fact(
    "earlier_stay_ended", "date", "care", least=day("1900-01-01"),
    question="On what day did an earlier permanent stay in a care home end?",
    left_out=PAST, meaning="There was no earlier permanent stay in a care home.",
)  # fmt: skip
disregard_days_used = Fact(
    "disregard_days_used", "days", "care", most=84,
    question="How many days of the twelve weeks were used in that earlier stay?",
    of_council=True,
    left_out=0, meaning="No day of the twelve weeks was used before.",
)  # fmt: skip

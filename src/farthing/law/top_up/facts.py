"""A top-up: who pays the difference for a dearer home."""

from farthing.engine.facts import Fact
from farthing.engine.kinds import Choices

PAYER = Choices("payer of the top-up", ("nobody_yet", "third_party", "self"))

paid_by = Fact(
    "paid_by", PAYER, "top_up",
    question="Who will pay the difference for a dearer home?",
    left_out=PAYER.nobody_yet, meaning="Nobody has yet been named to pay a top-up.",
)  # fmt: skip
payer_can_afford = Fact(
    "payer_can_afford", "yes/no", "top_up",
    question="Is the payer able and willing to pay it for as long as the stay is likely to last?",
    hint="The council must be satisfied of this, and the payer must sign a written agreement.",
    left_out=True, meaning="Nothing says that the payer cannot afford the top-up.",
)  # fmt: skip

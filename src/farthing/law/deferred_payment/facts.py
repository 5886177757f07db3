"""A deferred payment agreement: the home it is secured on, and what has been deferred so far."""

from farthing.engine.facts import Fact

has_deferred_payment = Fact(
    "has_deferred_payment", "yes/no", "deferred_payment",
    question="Is there a deferred payment agreement?",
    left_out=False, meaning="There is no deferred payment agreement.",
)  # fmt: skip
security_value = Fact(
    "security_value", "£", "deferred_payment",
    question="What is the home that secures the agreement worth, or the person's share of it?",
    evidence="Valuation",
)  # fmt: skip
other_charges_on_security = Fact(
    "other_charges_on_security", "£", "deferred_payment",
    question="How much else is secured on that home?",
    evidence="Mortgage statement, Land Registry title",
    left_out=0, meaning="Nothing else is secured on the home.",
)  # fmt: skip
adequate_security = Fact(
    "adequate_security", "yes/no", "deferred_payment",
    question="Can the council have a first legal charge on the home, and do all its owners consent?",
)  # fmt: skip
allowance_kept = Fact(
    "allowance_kept", "£ a week", "deferred_payment",
    question="How much of their income a week does the person wish to keep?",
    hint="Up to the disposable income allowance; a smaller sum defers less.",
    left_out=10_000_000_00, meaning="The person keeps all of the disposable income allowance.",
)  # fmt: skip
deferred_so_far = Fact(
    "deferred_so_far", "£", "deferred_payment",
    question="How much has been deferred so far, with interest and fees added to it?",
    left_out=0, meaning="Nothing has been deferred yet.",
)  # fmt: skip

"""What the lines of the working are called on people's own pages: plain words for the names the law's rules have."""

from farthing.service.questions.voice import spoken

PLAIN = {
    "assessable_capital": "Savings and property that count",
    "upper_limit_in_force": "The upper limit",
    "lower_limit_in_force": "The lower limit",
    "first_ten_pounds": "The first part of a war pension, left out",
    "savings_credit_left_out": "Left out because of Savings Credit",
    "tariff_income": "Counted as income because of savings",
    "counted_income": "Income that counts",
    "basic_amount": "The least left to everybody",
    "amount_for_children": "More for children",
    "disability_premium": "More for a disability",
    "enhanced_disability_premium": "More for a severe disability",
    "amount_for_carer": "More for a carer",
    "protected_income": "Left to the person in all",
    "disability_expenditure_allowed": "What a disability makes the person spend",
    "nursing_contribution": "The NHS pays for nursing",
    "cost_of_care": "What the care costs",
    "available_income": "Income left after that",
    "maximum_weekly_contribution": "The most the person can be asked for",
    "weekly_charge": "What the person would pay",
    "council_pays": "What the council would pay",
    "top_up": "The top-up that somebody must pay",
    "deferred_a_week": "Put off until later",
    "paid_now": "Paid now",
}
"""By rule. A rule that is not here is called by its own name."""


def label(rule: str, about: str) -> str:
    """What a rule's line is called."""
    return spoken(PLAIN.get(rule) or rule.replace("_", " ").capitalize(), about)

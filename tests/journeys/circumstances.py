"""What invented people know of their own affairs, as tests/journeys/answering.py answers it."""

from tests.journeys.answering import Answers

SAYS_NO = {
    "gets_carer_premium": "no",
    "gets_disability_premium": "no",
    "gets_enhanced_disability_premium": "no",
    "nursing": "none",
}
"""What does not hold for any of them."""

AT_HOME: Answers = {
    **SAYS_NO,
    "setting": "own_home",
    "tells_finances": "yes",
    "capital": {"bank_account": {"value": "£17,000"}},
    "income": {
        "state_pension": {"amount": "221.00", "every": "week"},
        "attendance_allowance_higher": {"amount": "110.40", "every": "week"},
    },
    "born": "27 3 1941",
    "partner": "none",
    "weekly_cost": "300",
    "responsible_for_children": "0",
    "housing_costs": {},
    "disability_related_expenditure": {},
    "pension_age_before_april_2016": "yes",
}

OVER_THE_LIMIT: Answers = {**AT_HOME, "capital": {"bank_account": {"value": "50000"}}}

IN_A_CARE_HOME: Answers = {
    **SAYS_NO,
    "setting": "care_home",
    "tells_finances": "yes",
    "capital": {"bank_account": {"value": "16 500.00"}, "home": {"occupied_by": "partner", "value": "310,000"}},
    "income": {"state_pension": {"amount": "221.00", "every": "week"}},
    "born": "2 11 1938",
    "partner": "lives_apart",
    "partner_pension_age_reached": "yes",
    "partner_qualifying_income": "180",
    "moved_in": "5 10 2026",
    "fee": "1,250",
    "usual_rate": "1,150",
    "responsible_for_children": "0",
    "housing_costs": {},
    "pension_age_before_april_2016": "yes",
}
"""Moved into a care home, with a husband who still lives in their home."""

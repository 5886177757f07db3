"""Invented examples of what may be sent, as the description of the interface shows them."""

from typing import Any

TOLD: dict[str, Any] = {
    "person": {
        "born": "1941-03-02",
        "partner": "none",
        "responsible_for_children": 0,
        "premiums": [],
        "tells_finances": True,
    },
    "care": {"setting": "own_home", "weekly_cost": "287.50"},
    "capital": [{"kind": "bank_account", "value": "6400.00"}],
    "income": [
        {"kind": "state_pension", "amount": "184.90", "every": "week"},
        {"kind": "occupational_pension", "amount": "310.00", "every": "month"},
    ],
    "housing_costs": [{"kind": "council_tax", "amount": "1460.00", "every": "year"}],
    "disability_related_expenditure": [{"kind": "community_alarm", "amount": "4.50", "every": "week"}],
}

CASE: dict[str, Any] = {"council": "england", "on": "2026-05-04", **TOLD}

APPLICATION: dict[str, Any] = {
    "person": {
        "given_name": "Ada",
        "family_name": "Invented",
        "born": "1941-03-02",
        "address": ["1 Nowhere Road", "Exampleton"],
        "postcode": "ZZ99 1AA",
        "telephone": "01632 960001",
    },
    "case": TOLD,
    "says": "Sent by the council's contact centre.",
    "declared": True,
}

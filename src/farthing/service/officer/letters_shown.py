"""Letters in words."""

from farthing.service.correspondence.models import DeliveryState

NAMES = {
    "application_received": "Application received",
    "decision": "Decision",
    "decision_easy_read": "Decision, easy read",
    "estimate": "Estimate",
    "evidence_wanted": "Evidence wanted",
    "full_cost": "Full cost, because details were not given",
    "review_outcome": "Outcome of a review",
}
"""Each letter by its folder."""

COLOURS = {
    DeliveryState.WAITING: "blue",
    DeliveryState.SENDING: "blue",
    DeliveryState.SENT: "teal",
    DeliveryState.DELIVERED: "green",
    DeliveryState.FAILED: "red",
    DeliveryState.RETURNED: "orange",
}
"""The colour of each state's tag; the words stand in it too."""

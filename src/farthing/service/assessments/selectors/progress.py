"""How far a request has come, step by step, with the day of each step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from farthing.service.assessments.models import AssessmentRequest, State
from farthing.service.audit.selectors import events

STEPS: Mapping[State, str] = {
    State.RECEIVED: "Received",
    State.ASSESSING: "We are looking at it",
    State.EVIDENCE_WANTED: "Waiting for papers",
    State.CHECKING: "Being checked",
    State.DECIDED: "Decided",
}
"""The steps as the person reads them, in order."""

ONLY_IF_TAKEN = (State.EVIDENCE_WANTED,)
"""Steps that many requests never take."""


MOST_MOVES = 500
"""Of all the requests about one person, that are looked through."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``at`` is when it was last taken, None where it was not; ``is_current`` where the request stands."""

    name: str
    at: datetime | None
    is_current: bool
    is_past: bool


def progress(request: AssessmentRequest) -> list[Step]:
    """The steps of a request that was sent."""
    if request.state == State.WITHDRAWN:
        return [
            Step("Received", request.received_at, is_current=False, is_past=True),
            Step("Withdrawn", request.ended_at, is_current=True, is_past=False),
        ]
    taken = _moments(request)
    order = list(STEPS)
    here = order.index(State(request.state))
    return [
        Step(STEPS[state], taken.get(state), is_current=place == here, is_past=place < here)
        for place, state in enumerate(order)
        if state not in ONLY_IF_TAKEN or state in taken
    ]


def _moments(request: AssessmentRequest) -> dict[State, datetime]:
    moments = {State.RECEIVED: request.received_at} if request.received_at else {}
    moved = events(action="request moved", about=request.person.reference, size=MOST_MOVES).events
    for event in reversed(moved):
        if event.details.get("request") == request.reference:
            moments[State(event.details["state"])] = event.at
    return moments

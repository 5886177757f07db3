"""The tables of assessments, a file a subject."""

from farthing.service.assessments.models.casework import Message, Note, Task, Visit
from farthing.service.assessments.models.decisions import Decision, DecisionDraft, DraftState
from farthing.service.assessments.models.departures import Departure, DepartureKind
from farthing.service.assessments.models.estimates import SavedEstimate
from farthing.service.assessments.models.evidence import Evidence
from farthing.service.assessments.models.facts import Side, ToldFact
from farthing.service.assessments.models.requests import AssessmentRequest, How, Kind, SentOnce, State

__all__ = [
    "AssessmentRequest",
    "Decision",
    "DecisionDraft",
    "Departure",
    "DepartureKind",
    "DraftState",
    "Evidence",
    "How",
    "Kind",
    "Message",
    "Note",
    "SavedEstimate",
    "SentOnce",
    "Side",
    "State",
    "Task",
    "ToldFact",
    "Visit",
]

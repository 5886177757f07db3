"""Requests and decisions as other programs read them."""

from typing import Any

from farthing.base.money import pounds
from farthing.service.assessments.models import AssessmentRequest, Decision
from farthing.service.people.models import Person


def application_data(request: AssessmentRequest) -> dict[str, Any]:
    """A request that was handed in."""
    decision = getattr(request, "decision", None)
    return {
        "reference": request.reference,
        "kind": request.kind,
        "state": request.state,
        "how": request.how,
        "person": _named(request.person),
        "received_at": request.received_at,
        "decide_by": request.decide_by,
        "ended_at": request.ended_at,
        "decision": decision.reference if decision else None,
    }


def decision_data(decision: Decision) -> dict[str, Any]:
    """A sealed decision."""
    contribution, later = decision.maximum_weekly_contribution, getattr(decision, "superseded_by", None)
    return {
        "reference": decision.reference,
        "application": decision.request.reference,
        "person": _named(decision.person),
        "council": decision.council,
        "effective_from": decision.effective_from,
        "weekly_charge": pounds(decision.weekly_charge),
        "charge_before_waiver": decision.sealed["charge_before_waiver"],
        "waived": pounds(decision.waived),
        "maximum_weekly_contribution": None if contribution is None else pounds(contribution),
        "pays_full_cost": decision.pays_full_cost,
        "outcome": decision.outcome,
        "law_edition": decision.law_edition,
        "supersedes": decision.supersedes.reference if decision.supersedes else None,
        "superseded_by": later.reference if later else None,
        "sealed_at": decision.sealed_at,
        "digest": decision.digest,
    }


def _named(person: Person) -> dict[str, str]:
    return {
        "reference": person.reference,
        "given_name": person.given_name,
        "family_name": person.family_name,
    }

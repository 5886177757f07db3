"""What a sealed decision holds: everything needed to read it again years later, without asking anybody."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from farthing.base.days import iso
from farthing.base.money import pounds
from farthing.case.answer import as_data
from farthing.case.changes import changes
from farthing.case.statement import headline, statement
from farthing.service.assessments.facts import Known, Standing
from farthing.service.assessments.proposal import Proposal


def content(
    proposal: Proposal, standing: Standing, *, explanation: str, decided_by: str, checked_by: str | None, at: datetime
) -> dict[str, Any]:
    """The content of a decision, as plain data: facts with who said them, figures, steps, law and versions."""
    assessment = proposal.assessment
    back = proposal.backdating
    return {
        "case": proposal.case,
        "answer": as_data(assessment),
        "headline": headline(assessment),
        "statement": [
            {"name": name, "lines": [_line(line) for line in lines]} for name, lines in statement(assessment)
        ],
        "changes": [{"says": each.says, "weekly_charge": pounds(each.weekly_charge)} for each in changes(assessment)],
        "facts": [_fact(known) for known in standing.all_known() if known.standing is not None],
        "departures": [_departure(each) for each in proposal.departures],
        "charge_before_waiver": pounds(proposal.charge_before_waiver or 0),
        "waived": pounds(proposal.waived),
        "weekly_charge": pounds(proposal.weekly_charge or 0),
        "outcome": proposal.outcome,
        "effective_from": iso(proposal.effective_from.toordinal()),
        "backdating": back and {"days": back.days, "before": pounds(back.before), "after": pounds(back.after)},
        "explanation": explanation,
        "decided_by": decided_by,
        "checked_by": checked_by,
        "sealed_at": at.isoformat(),
    }


def digest(sealed: Mapping[str, Any]) -> str:
    """The digest over sealed content, the same wherever it is worked out."""
    return hashlib.sha256(json.dumps(sealed, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _line(line: Any) -> dict[str, Any]:
    return {
        "rule": line.rule,
        "label": line.label,
        "amount": pounds(line.amount),
        "unit": line.unit,
        "law": line.law,
        "note": line.note,
    }


def _fact(known: Known) -> dict[str, Any]:
    row = known.standing
    assert row is not None
    return {
        "section": known.section,
        "item": known.item,
        "fact": known.fact,
        "value": row.value,
        "told": known.told.value if known.told else None,
        "side": row.side,
        "said_by": row.said_by.actor,
        "as_whom": row.as_whom,
        "said_at": row.said_at.isoformat(),
        "evidence": row.evidence.reference if row.evidence else None,
    }


def _departure(departure: Any) -> dict[str, Any]:
    return {
        "kind": departure.kind,
        "settles": departure.settles,
        "waived": pounds(departure.waived or 0),
        "reason": departure.reason,
        "proposed_by": departure.proposed_by.actor,
        "approved_by": departure.approved_by.actor if departure.approved_by else None,
    }

"""An assessment as data for other programs."""

from typing import Any

from farthing.base.days import iso
from farthing.base.money import pounds
from farthing.case.assessment import Assessment
from farthing.case.statement import agreement_terms
from farthing.case.words import plain_value
from farthing.engine.explained import Explanation
from farthing.engine.figures import period_name
from farthing.engine.kinds import Choices
from farthing.law import ALSO, ANSWERS, BESIDE, edition, law


def as_data(assessment: Assessment) -> dict[str, Any]:
    """The answer as other programs read it: the shape of ``docs/guide/case-file.md``, amounts as pounds in text."""
    rules = law().rules
    also = {name: plain_value(rules[name].unit, assessment.value(name)) for name in (*ALSO, *ANSWERS)}
    gross = assessment.value("direct_payment_gross")
    direct_payment = None
    if gross:
        names = {"gross": "direct_payment_gross", "net": "direct_payment_net", "paid_in_by_person": "paid_into_account",
                 "invoiced": "contribution_invoiced"}  # fmt: skip
        direct_payment = {key: also[name] for key, name in names.items()}
    main = (*BESIDE[:-1], "weekly_charge", "council_pays", "pays_full_cost")
    grouped = (
        "direct_payment_gross",
        "direct_payment_net",
        "paid_into_account",
        "contribution_invoiced",
        *main,
        "top_up",
    )
    return {
        "council": assessment.council.key,
        "on": iso(assessment.on),
        "figures": period_name(assessment.on),
        "code": edition(),
        "estimate": assessment.is_estimate,
        **{name: also[name] for name in main},
        "direct_payment": direct_payment,
        "top_up": also["top_up"],
        "top_up_agreement_must_say": agreement_terms(assessment),
        **{name: value for name, value in also.items() if name not in grouped},
        "range": _range_data(assessment),
        "steps": [_step_data(step) for step in assessment.steps],
        "figures_used": _figures_data(assessment),
        "remarks": list(assessment.remarks),
        "assumptions": list(assessment.assumptions),
        "left_out": list(assessment.left_out),
        "still_to_ask": [
            {"field": asked.field, "question": asked.question, "why": asked.why, "law": asked.law}
            for asked in assessment.still_to_ask
        ],
    }


def asking_as_data(assessment: Assessment) -> dict[str, Any]:
    """What is still to be asked, the next question first, and between which sums the charge lies so far."""
    questions = [
        {"field": each.field, "question": each.question, "hint": each.hint, "evidence": each.evidence,
         "why": each.why, "law": each.law}
        for each in assessment.still_to_ask
    ]  # fmt: skip
    return {"certain": assessment.is_certain, "weekly_charge": _range_data(assessment), "questions": questions}


def _range_data(assessment: Assessment) -> dict[str, str | None]:
    least, most = assessment.range_of("weekly_charge")
    return {"least": pounds(least), "most": None if most is None else pounds(most)}


def _step_data(step: Explanation) -> dict[str, Any]:
    rule = step.step.rule
    because = {}
    for key, value in zip(step.step.keys, step.inputs, strict=True):
        unit = law().unit_of(key)
        if isinstance(value, tuple):
            because[key] = [plain_value(unit, each) for each in value]
        else:
            because[key] = plain_value(unit, getattr(value, "typical", value))
    return {
        "rule": step.key,
        "says": rule.says,
        "value": plain_value(rule.unit, step.value),
        "unit": rule.unit.name if isinstance(rule.unit, Choices) else rule.unit,
        "because": because,
        "law": step.step.rule.cited,
        "checked": all(citation.checked for citation in rule.law),
    }


def _figures_data(assessment: Assessment) -> list[dict[str, Any]]:
    figures = law().figures
    return [
        {
            "figure": name,
            "says": figures[name].says,
            "value": plain_value(figures[name].unit, dated.value),
            "since": iso(dated.since),
            "source": dated.source,
            "status": dated.status,
            "law": str(figures[name].law),
        }
        for name, dated in assessment.policy.figures.items()
        if name in assessment.turned_on
    ]

"""A sealed decision as its person reads it: the answer, its working with why, and what goes with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from farthing.base.days import day, in_words
from farthing.base.money import pence, shown
from farthing.case.statement import LABELS
from farthing.law import law
from farthing.service.assessments.models import Decision
from farthing.service.correspondence.models import DeliveryState, Letter
from farthing.service.design import legislation
from farthing.service.questions.voice import spoken


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the working. ``rule`` names the page that says why, "" where there is none."""

    label: str
    amount: str
    note: str
    rule: str


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """What a decision says. ``lead`` and ``amount`` are the answer. Every amount is text, made from what was sealed."""

    lead: str
    amount: str
    sentences: list[str]
    starts: str
    chapters: list[tuple[str, list[Line]]]
    changes: list[tuple[str, str]]
    assumed: list[str]
    remarks: list[str]
    explanation: list[str]
    edition: str


@dataclass(frozen=True, slots=True)
class Why:
    """The rule behind a line: what it says, its law, and what it was worked out from."""

    label: str
    value: str
    says: str
    law: list[legislation.Part]
    inputs: list[tuple[str, str, str]]


def shown_decision(decision: Decision, about: str) -> ShownDecision:
    """A decision in words, put to the person ("you") or about them ("them")."""
    sealed, answer = decision.sealed, decision.sealed["answer"]
    rules = {step["rule"] for step in answer["steps"]}
    waived = pence(sealed["waived"])
    sentences = [spoken(each, about) for each in sealed["headline"][1:]]
    if waived:
        sentences.append(f"We do not charge {shown(waived)} a week of that.")
    return ShownDecision(
        lead=_lead(decision, about),
        amount=f"{shown(decision.weekly_charge)} a week",
        sentences=sentences,
        starts=in_words(decision.effective_from.toordinal()),
        chapters=[
            (spoken(chapter["name"], about), [_line(line, rules) for line in chapter["lines"]])
            for chapter in sealed["statement"]
        ],
        changes=[(each["says"], f"{shown(pence(each['weekly_charge']))} a week") for each in sealed["changes"]],
        assumed=[spoken(each, about) for each in (*answer["assumptions"], *answer["left_out"])],
        remarks=[spoken(each, about) for each in answer["remarks"]],
        explanation=[line.strip() for line in sealed["explanation"].splitlines() if line.strip()],
        edition=f"{answer['figures']}, {answer['code']}",
    )


def why(decision: Decision, rule: str) -> Why | None:
    """The step of that key as it was sealed; None where the decision did not turn on it."""
    steps = {_address(step["rule"]): step for step in decision.sealed["answer"]["steps"]}
    step = steps.get(rule)
    if step is None:
        return None
    inputs = [
        (_named(key), said, _address(key) if _address(key) in steps else "")
        for key, value in step["because"].items()
        for said in [_said(value, _unit(key))]
        if said
    ]
    value = _said(step["value"], step["unit"])
    return Why(_named(step["rule"]), value, step["says"], legislation.parts(step["law"]), inputs)


def _lead(decision: Decision, about: str) -> str:
    who = "You pay" if about == "you" else f"{decision.person.full_name} pays"
    return f"{who} the full cost," if decision.pays_full_cost and not decision.waived else who


def _line(line: Mapping[str, Any], rules: set[str]) -> Line:
    amount = f"{shown(pence(line['amount']))}{line['unit'][1:]}"
    rule = _address(line["rule"]) if line["rule"] in rules else ""
    return Line(line["label"], amount, line["note"], rule)


def _address(key: str) -> str:
    """The key of a step as it stands in an address: "counted_value.1" for "counted_value[1]"."""
    return key.replace("[", ".").removesuffix("]")


def _named(key: str) -> str:
    """What a key is of, in words: its line's in the statement, the question of a fact, the sentence of a figure."""
    name = key.partition("[")[0]
    if name in LABELS:
        return LABELS[name]
    plain = name.rpartition(".")[2]
    fact = law().facts.get(plain) or next(
        (held.facts[plain] for held in law().lists.values() if plain in held.facts), None
    )
    if fact is not None:
        return fact.question
    if name in law().figures:
        return law().figures[name].says
    return plain.replace("_", " ").capitalize()


def _unit(key: str) -> str:
    try:
        unit = law().unit_of(key.partition("[")[0])
    except KeyError:
        return ""
    return str(getattr(unit, "name", unit))


def _said(value: Any, unit: str) -> str:
    """A value as it was sealed, in words."""
    if isinstance(value, list):
        return ", ".join(filter(None, (_said(each, unit) for each in value)))
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if unit.startswith("£"):
        return f"{shown(pence(value))}{unit[1:]}"
    if unit == "date":
        return in_words(day(value))
    return str(value).replace("_", " ").capitalize()


LETTERS = {
    "application_received": "We have your application",
    "evidence_wanted": "We need to see some papers",
    "decision": "What you pay for care",
    "decision_easy_read": "What you pay for care, in easy read",
    "full_cost": "You pay the full cost of care",
    "review_outcome": "We looked at the decision again",
}
"""What each letter is called in the account."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One way a letter went: how, how far it has come, and when that was."""

    how: str
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """A letter in a list, with what was sent when."""

    reference: str
    title: str
    written_at: datetime
    sent: list[Sent]


def shown_letter(letter: Letter) -> ShownLetter:
    """A letter with what became of it."""
    sent = [
        Sent(_how(each.channel), DeliveryState(each.state).label, each.changed_at) for each in letter.deliveries.all()
    ]
    title = LETTERS.get(letter.name, letter.name.replace("_", " ").capitalize())
    return ShownLetter(letter.reference, title, letter.written_at, sent)


def _how(channel: str) -> str:
    return "By email" if "email" in channel else "By post"

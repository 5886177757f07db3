"""What letters are handed: the fields of each, filled from what was sealed. Amounts become text here and nowhere else."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings

from farthing.base.days import in_words
from farthing.base.money import pence, shown
from farthing.base.refusal import Problem, Refusal
from farthing.councils import Contact, council
from farthing.engine.figures import period_name
from farthing.service.access.models import Account
from farthing.service.assessments.models import Decision, DepartureKind, Kind
from farthing.service.assessments.proposal import FULL_COST_WITHOUT_DETAILS
from farthing.service.clock import day_of
from farthing.service.correspondence.models import Letter
from farthing.service.correspondence.services import send, write
from farthing.service.people.models import LetterForm, Person

COMPARED = {
    "assessable_capital": "Savings and property that count",
    "counted_income": "Income that counts, a week",
    "protected_income": "Left to you, a week",
    "cost_of_care": "Cost of your care, a week",
}
"""What a decision that replaces another sets side by side, beside the charge itself."""


def write_decision_letter(decision: Decision, *, by: Account, at: datetime) -> Letter:
    """Write the letter of a sealed decision and put it in the queue, in the caller's transaction. Once a decision."""
    person = decision.person
    name = letter_name(decision)
    form = LetterForm.STANDARD if name == "decision_easy_read" else LetterForm(person.letters_as)
    letter = write(
        name,
        person=person,
        cause=f"decision {decision.reference}",
        fields=FIELDS_OF[name](decision),
        form=form if form != LetterForm.EASY_READ else LetterForm.STANDARD,
        at=at,
        by=by.actor,
    )
    send(letter, at=at, by=by.actor)
    return letter


def letter_name(decision: Decision) -> str:
    """Which letter a decision is written in."""
    if decision.request.kind == Kind.REVIEW:
        return "review_outcome"
    if decision.outcome == FULL_COST_WITHOUT_DETAILS:
        return "full_cost"
    return "decision_easy_read" if decision.person.letters_as == LetterForm.EASY_READ else "decision"


def top(person: Person, reference: str, on: date) -> dict[str, Any]:
    """What stands at the top of every letter to a person, or to their estate once they have died."""
    estate = person.died_on is not None
    return {
        "council": council_fields(),
        "to": {"name": person.full_name, "address": person.address_lines, "estate": estate},
        "about": None,
        "reference": reference,
        "date": in_words(on.toordinal()),
        "salutation": "Dear Sir or Madam" if estate else f"Dear {person.full_name}",
    }


def council_fields() -> dict[str, Any]:
    """The council as letters show it."""
    found = council(settings.FARTHING_COUNCIL)
    contact = contact_of()
    return {
        "name": found.name,
        "colour": settings.LETTER_COLOUR,
        "logo": None,
        "contact": {
            "name": contact.name,
            "telephone": contact.telephone,
            "open": contact.open,
            "address": list(contact.address),
        },
    }


def contact_of(key: str = "financial_assessment") -> Contact:
    """Whom to ask at the council; the first contact it gives where it has none of that key. Raises ``Refusal``."""
    found = council(settings.FARTHING_COUNCIL)
    contacts = found.contacts
    if not contacts:
        raise Refusal(Problem("contacts", f"are not given by {found.name}", f"Give them in {found.place}"))
    return contacts.get(key) or next(iter(contacts.values()))


def a_week(pounds: str) -> str:
    """Pounds and pence as sealed, as a letter prints them by the week."""
    return f"{shown(pence(pounds))} a week"


def _decision(decision: Decision) -> dict[str, Any]:
    sealed = decision.sealed
    return {
        **_common(decision),
        "headline": _headline(sealed),
        "council_pays": a_week(sealed["answer"]["council_pays"] or "0"),
        "chapters": _chapters(sealed),
        "assumed": [*sealed["answer"]["assumptions"], *sealed["answer"]["left_out"]],
        "remarks": [*_departures(sealed), *sealed["answer"]["remarks"]],
        "may_change": _may_change(sealed),
    }


def _easy_read(decision: Decision) -> dict[str, Any]:
    answer = decision.sealed["answer"]
    kept = {
        "Money you get each week": answer["counted_income"],
        "Money you keep each week": answer["protected_income"],
        "What your care costs each week": answer["cost_of_care"],
    }
    return {
        **_common(decision),
        "council_pays": a_week(answer["council_pays"] or "0"),
        "sums": [{"label": label, "amount": shown(pence(value))} for label, value in kept.items() if value is not None],
        "bill": ["We send you a bill.", "It comes every 4 weeks."],
        "may_change": ["Your money may change.", "Your care may change.", "Please tell us if it does."],
        "challenge": {
            "review": [f"Phone us on {contact_of().telephone}.", "Tell us what you think is wrong."],
            "complaint": [f"Phone us on {contact_of('customer_services').telephone}."],
        },
    }


def _full_cost(decision: Decision) -> dict[str, Any]:
    declared = decision.request.declared_at or decision.request.begun_at
    return {
        **_common(decision),
        "headline": _headline(decision.sealed),
        "because": [
            f"On {_day(declared)} you told us that you would rather not give the details of your money.",
            "The law then lets us treat you as able to pay the full cost (SI 2014/2672 reg 10).",
        ],
        "not_given": ["What savings and property you have.", "What income you have."],
        "change_of_mind": [
            f"You can give us your details at any time. Telephone {contact_of().telephone}, or use your account online.",
            "We then work out what you can afford, and you may pay less.",
        ],
        "chapters": _chapters(decision.sealed),
    }


def _review_outcome(decision: Decision) -> dict[str, Any]:
    asked, reviewed = decision.request, decision.request.about_decision
    common = _common(decision)
    for unused in ("pays", "bill"):
        common.pop(unused)
    return {
        **common,
        "headline": _headline(decision.sealed),
        "asked_on": _day(asked.received_at or asked.begun_at),
        "reviewed": f"{reviewed.reference} of {_day(reviewed.sealed_at)}" if reviewed else decision.reference,
        "asked": [f"\u201c{line.strip()}\u201d" for line in asked.says.splitlines() if line.strip()],
        "found": _lines(decision.sealed["explanation"]) or ["We looked at everything again."],
        "next": ["If there is something to pay or to be paid back, the next bill shows it."],
        "challenge": {"review": [], "complaint": _complaint()},
    }


FIELDS_OF = {
    "decision": _decision,
    "decision_easy_read": _easy_read,
    "full_cost": _full_cost,
    "review_outcome": _review_outcome,
}


def _common(decision: Decision) -> dict[str, Any]:
    return {
        **top(decision.person, decision.reference, day_of(decision.sealed_at)),
        "pays": f"{shown(decision.weekly_charge)} a week",
        "starts": in_words(decision.effective_from.toordinal()),
        "supersedes": _supersedes(decision),
        "bill": [
            "We send a bill every four weeks, for the care you had. The first comes about four weeks after care starts.",
            "The bill is never more than this charge, and never more than your care cost.",
        ],
        "decided_by": {"name": decision.sealed["decided_by"], "role": "Financial assessment officer"},
        "law_edition": f"{decision.law_edition}, with the figures of {period_name(decision.effective_from.toordinal())}",
        "challenge": {
            "review": [
                f"Telephone {contact_of().telephone}, write to us or use your account, and say what you think is wrong.",
                "Another officer, who did not make this decision, looks at it.",
            ],
            "complaint": _complaint(),
        },
    }


def _departures(sealed: Mapping[str, Any]) -> Iterable[str]:
    for each in sealed["departures"]:
        yield f"{DepartureKind(each['kind']).label}. {' '.join(_lines(each['reason']))}"


def _complaint() -> list[str]:
    contact = contact_of("customer_services")
    return [f"You can complain about how we treated you at any time. Telephone {contact.telephone} ({contact.name})."]


def _headline(sealed: Mapping[str, Any]) -> list[str]:
    said = [sentence.replace("The person", "You").replace("the person", "you") for sentence in sealed["headline"]]
    said = [sentence.replace("You pays", "You pay") for sentence in said]
    if pence(sealed["waived"]):
        said.append(
            f"We do not charge {a_week(sealed['waived'])} of that, so you pay {a_week(sealed['weekly_charge'])}."
        )
    return said + _lines(sealed["explanation"])


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _chapters(sealed: Mapping[str, Any]) -> list[dict[str, Any]]:
    says = {step["rule"]: step["says"] for step in sealed["answer"]["steps"]}
    return [
        {"name": chapter["name"], "lines": [_line(line, says) for line in chapter["lines"]]}
        for chapter in sealed["statement"]
    ]


def _line(line: Mapping[str, Any], says: Mapping[str, str]) -> dict[str, Any]:
    return {
        "label": line["label"],
        "amount": shown(pence(line["amount"])),
        "note": line["note"] or None,
        "law": line["law"],
        "why": says.get(line["rule"]),
    }


def _may_change(sealed: Mapping[str, Any]) -> list[str]:
    found = [f"{each['says']}: you would pay {a_week(each['weekly_charge'])}." for each in sealed["changes"]]
    return [*found, "A change in your money, your home or your care. Tell us as soon as you can."]


def _supersedes(decision: Decision) -> dict[str, Any] | None:
    before = decision.supersedes
    if before is None:
        return None
    return {
        "reference": before.reference,
        "date": _day(before.sealed_at),
        "why": _lines(decision.sealed["explanation"]) or [f"{Kind(decision.request.kind).label}."],
        "changes": list(_changes(before, decision)),
    }


def _changes(before: Decision, after: Decision) -> Iterable[dict[str, str]]:
    for name, label in COMPARED.items():
        old, new = before.sealed["answer"][name], after.sealed["answer"][name]
        if old is not None and new is not None and old != new:
            yield {"label": label, "before": shown(pence(old)), "after": shown(pence(new))}
    if before.weekly_charge != after.weekly_charge:
        amounts = {"before": shown(before.weekly_charge), "after": shown(after.weekly_charge)}
        yield {"label": "To pay, a week", **amounts}


def _day(moment: datetime) -> str:
    return in_words(day_of(moment).toordinal())

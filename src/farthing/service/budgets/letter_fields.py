"""What the letter with a personal budget is handed."""

from datetime import date
from typing import Any

from farthing.base.days import in_words
from farthing.base.money import shown
from farthing.law import edition
from farthing.ledger.budget import Budget
from farthing.ledger.care import TakenAs
from farthing.ledger.explanation import quantity
from farthing.service.access.models import Account
from farthing.service.assessments.letter_fields import contact_of, top
from farthing.service.people.models import Person

WAYS = {
    TakenAs.DIRECT_PAYMENT: "Direct payment",
    TakenAs.ARRANGED: "Arranged by the council",
    TakenAs.FUND: "Individual service fund",
}
HOW = {
    TakenAs.DIRECT_PAYMENT: "You arrange this care yourself, and pay for it from an account kept for it alone.",
    TakenAs.ARRANGED: "We arrange this care and pay for it.",
    TakenAs.FUND: "Somebody you trust holds this money for you, and spends it as you and they agree.",
}


def budget_fields(person: Person, budget: Budget, reference: str, on: date, by: Account) -> dict[str, Any]:
    """The letter that states a budget."""
    contact = contact_of()
    return {
        **top(person, reference, on),
        "headline": [
            f"Your personal budget is {shown(budget.total)} a week.",
            f"You pay {shown(budget.person_pays)} of it and the council pays {shown(budget.council_pays)}.",
        ],
        "starts": in_words(budget.since),
        "total": _a_week(budget.total),
        "pays": _a_week(budget.person_pays),
        "council_pays": _a_week(budget.council_pays),
        "services": [
            {
                "label": f"{cost.service.says}, {quantity(cost, cost.planned)}",
                "taken_as": WAYS[cost.service.taken_as],
                "cost": shown(cost.cost),
            }
            for cost in budget.costs
        ],
        "parts": [
            {
                "way": WAYS[way],
                "amount": _a_week(part.amount),
                "pays": _a_week(part.person_pays),
                "council_pays": _a_week(part.council_pays),
                "how": [HOW[way], *_paid_where(way, budget)],
            }
            for way, part in budget.parts.items()
        ],
        "choice": [
            "You may take any part as a direct payment, have us arrange it, or have somebody you trust hold it for you.",
            f"Call {contact.telephone} to change it.",
        ],
        "may_change": [
            "A change in your care. We look at your care and support plan with you every year.",
            "A change in your income, savings or costs. Tell us when it happens.",
        ],
        "decided_by": {"name": str(by), "role": "For the council"},
        "law_edition": edition(),
        "challenge": {
            "review": [f"Call {contact.telephone} or write to the {contact.name}, and say what you think is wrong."],
            "complaint": [f"You can complain about how we treated you at any time. Call {contact.telephone}."],
        },
    }


def _paid_where(way: TakenAs, budget: Budget) -> list[str]:
    into_account = budget.parts.get(TakenAs.DIRECT_PAYMENT)
    if way is TakenAs.DIRECT_PAYMENT and budget.parts[way].person_pays:
        return ["You pay your contribution into this account."]
    if budget.parts[way].person_pays:
        return ["We send you an invoice for your contribution."]
    if into_account and way is not TakenAs.DIRECT_PAYMENT and into_account.person_pays:
        return ["Your contribution goes into the direct payment account, so there is nothing to pay here."]
    return []


def _a_week(pence: int) -> str:
    return f"{shown(pence)} a week"

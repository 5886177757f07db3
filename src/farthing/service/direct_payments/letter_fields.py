"""What the letter that carries an agreement is handed. Amounts become text here and nowhere else."""

from datetime import date
from typing import Any

from django.conf import settings

from farthing.base.days import in_words
from farthing.base.money import shown
from farthing.councils.billing import billing
from farthing.law import edition
from farthing.ledger.billing_periods import WEEKS_IN_A_PERIOD
from farthing.service.assessments.letter_fields import contact_of, top
from farthing.service.direct_payments.models import Agreement, ManagedBy

CONDITIONS = (
    ("The money is used to meet the needs in the care and support plan and for nothing else.", "Care Act 2014 s33(3)"),
    (
        "It does not pay a husband, wife, civil partner or somebody lived with as one, nor a near relative who lives in the "
        "same household, unless we have said in writing that it is necessary.",
        "SI 2014/2871 reg 3",
    ),
    ("If this agreement is broken we may stop the payment, and may ask for money back.", "Care Act 2014 s33(5)"),
    (
        "You send us what we ask for about the account and the care it buys, and tell us when something changes.",
        "Care Act 2014 s33(2)(b)",
    ),
)


def agreement_fields(agreement: Agreement, *, on: date) -> dict[str, Any]:
    """An agreement as it is offered on a day, addressed to whoever receives the payments."""
    person, request = agreement.person, agreement.request
    starts = in_words(agreement.starts_on.toordinal())
    kept = agreement.surplus_weeks * agreement.gross
    said = top(person, agreement.reference, on)
    if request.managed_by != ManagedBy.PERSON:
        address = [line.strip() for line in request.receiver_address.splitlines() if line.strip()]
        said |= {
            "to": {"name": request.receiver, "address": address, "estate": False},
            "about": person.full_name,
            "salutation": f"Dear {request.receiver}",
        }
    return {
        **said,
        "headline": [
            f"The council pays {shown(agreement.net)} a week into the account from {starts}.",
            f"With the contribution of {shown(agreement.contribution)} a week there is {shown(agreement.gross)} a week to "
            "spend on care.",
        ],
        "care_of": person.full_name,
        "paid_to": _paid_to(agreement),
        "starts": starts,
        "budget": f"{shown(agreement.gross)} a week",
        "contribution": f"{shown(agreement.contribution)} a week",
        "net": f"{shown(agreement.net)} a week",
        "paid": [
            f"We pay {shown(WEEKS_IN_A_PERIOD * agreement.net)} every four weeks, in advance. A part of four weeks is paid "
            "by its days.",
            f"The contribution, {shown(WEEKS_IN_A_PERIOD * agreement.contribution)} for four weeks, is to be in the account "
            "by the same days.",
        ],
        "single_payments": [],
        "account": {
            "name": agreement.account.name,
            "ending": agreement.account.at_bank.shown.removeprefix("ending "),
            "rules": [
                "Nothing but the direct payment and the contribution is paid into it.",
                "Every payment out of it is for the care in the plan, and has a bill or a payslip behind it.",
            ],
        },
        "spent_on": list(agreement.spent_on),
        "not_spent_on": [
            "Anything that does not meet a need in the care and support plan.",
            "Health care, rent, food and household bills.",
            "A care home, but for short stays of no more than four weeks in a row.",
        ],
        "conditions": [{"says": says, "law": law} for says, law in CONDITIONS],
        "council_does": [
            "We pay on the days we said, and tell you at once if we cannot.",
            "If the payment stops, we make sure that the care goes on.",
        ],
        "reviews": [
            "We look at the account with you once within six months, and then at least every twelve months "
            "(SI 2014/2871 reg 7).",
            "Before each review, send us the statements of the account, with bills and payslips.",
        ],
        "surplus": [
            f"If there is more in the account than {_weeks(agreement.surplus_weeks)} of budget, {shown(kept)}, we ask you "
            "what it is for.",
            "We take nothing back before we have agreed it with you in writing.",
        ],
        "ending": list(_ending()),
        "law_edition": edition(),
        "challenge": _challenge(),
        "signatures": [dict(each) for each in agreement.parties],
    }  # fmt: skip


def _paid_to(agreement: Agreement) -> str:
    name = agreement.person.full_name
    match agreement.request.managed_by:
        case ManagedBy.NOMINEE:
            return f"{agreement.request.receiver}, nominated by {name}"
        case ManagedBy.AUTHORISED:
            return f"{agreement.request.receiver}, authorised to receive it for {name}"
    return name


def _ending() -> list[str]:
    stopped_by = billing(settings.FARTHING_COUNCIL).stopped_by
    away = ["Nothing is paid for days on which the care stops: " + " or ".join(each.value for each in stopped_by) + "."]
    return [
        "You may end the agreement on any day. Tell us four weeks before, so that other care can be arranged.",
        *(away if stopped_by else []),
        "We stop it if the conditions of the law are no longer met (Care Act 2014 s33(4)), and tell you why in writing.",
    ]


def _challenge() -> dict[str, list[str]]:
    contact = contact_of()
    return {
        "review": [f"Call {contact.telephone} or write to the {contact.name}, and say what you think is wrong."],
        "complaint": [f"You can complain about how we treated you at any time. Call {contact.telephone}."],
    }


def _weeks(count: int) -> str:
    return "one week" if count == 1 else f"{count} weeks"

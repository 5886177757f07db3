"""What the letter is handed that tells somebody what a service will cost, before any of it is charged for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from farthing.base.days import DAYS_IN_A_WEEK, in_words
from farthing.base.money import shown
from farthing.base.refusal import Problem, Refusal
from farthing.law import edition
from farthing.ledger.billing_periods import Stretch
from farthing.ledger.budget import budget_for
from farthing.ledger.care import Care, Cost, cost_of
from farthing.ledger.charge import Contribution, Undecided
from farthing.ledger.explanation import quantity
from farthing.service.care import charging, selectors
from farthing.service.care.models import CostNotice, Service
from farthing.service.care.words import A_UNIT

DAYS_TO_ANSWER = 7
NO_PROVIDER = "somebody still to be chosen"


@dataclass(frozen=True, slots=True)
class Telling:
    """What the letter says that is not known in this room: its ``top``, and the most the person pays, by decision."""

    top: Mapping[str, Any]
    contributions: Sequence[Contribution]


def letter_cause(notice: CostNotice) -> str:
    """What the letter of a notice is written for."""
    return f"cost notice {notice.service.reference} of {notice.issued_on.isoformat()}"


def cost_notice_fields(service: Service, telling: Telling, *, on: date) -> dict[str, Any]:
    """The notice of what a service costs, as it is given on a day. Raises ``Refusal`` where nothing is ever charged for it."""
    since = selectors.charged_from(service)
    if since is None or service.person.died_on or (service.ends_on and service.ends_on < since):
        raise Refusal(Problem("service", "is not one that will be charged for", "Send no letter about its cost"))
    week = Stretch(since.toordinal(), since.toordinal() + DAYS_IN_A_WEEK - 1)
    care = selectors.care_of(service.person, week, stopping=())
    planned = Care(tuple(replace(each, is_by_delivery=False) for each in care.services))
    costs = [cost_of(planned, each, week) for each in planned.services if week.within(each.starts, each.ends)]
    total = sum(each.cost for each in costs)
    pays = _pays(care, telling.contributions, week)
    contact = telling.top["council"]["contact"]
    asked_by = max(service.starts_on - timedelta(1), on + timedelta(DAYS_TO_ANSWER))
    return {
        **telling.top,
        "headline": list(_headline(service, total, pays, since)),
        "starts": _day(since),
        "total": f"{shown(total)} a week",
        "pays": f"At most {shown(total)} a week" if pays is None else f"{shown(pays)} a week",
        "council_pays": "What you do not pay" if pays is None else f"{shown(total - pays)} a week",
        "services": _services(service, costs, week.first),
        "by_what": list(_by_what(telling.contributions, pays, since)),
        "may_change": [
            "A change in your care. We tell you the new cost in writing.",
            "A change in your income, savings or costs. Tell us when it happens.",
            "New benefit rates each April. We write to you before your charge changes.",
        ],
        "bill": ["We send a bill every four weeks, after the care was given."],
        "choices": [
            "You can ask for other care, or for care from somebody else.",
            "You can take your budget as a direct payment, and arrange the care yourself.",
            "You can say no to any of it. Nothing is charged for care that you did not take.",
        ],
        "law_edition": edition(),
        "challenge": {
            "review": [f"Call {contact['telephone']} or write to the {contact['name']}, and say what you think is wrong."],
            "complaint": [f"You can complain about how we treated you at any time. Call {contact['telephone']}."],
        },
        "acknowledgement": {
            "by": _day(asked_by),
            "how": [f"Sign here and send it back, or call {contact['telephone']}."],
            "name": service.person.full_name,
        },
    }  # fmt: skip


def _pays(care: Care, contributions: Sequence[Contribution], week: Stretch) -> int | None:
    """The person's part of a week of the care as it is planned; None where nobody has decided on it yet."""
    try:
        return budget_for(care, contributions, week.first).person_pays
    except Undecided:
        return None


def _headline(service: Service, total: int, pays: int | None, since: date) -> Iterator[str]:
    if pays is None:
        yield f"Your care will cost {shown(total)} a week. We have not worked out yet how much of it you pay."
    else:
        yield f"Your care will cost {shown(total)} a week. You will pay {shown(pays)} of it."
    label = charging.in_words(service.kind)
    yield f"{label} begins on {_day(service.starts_on)}. Nothing is charged for it for any day before {_day(since)}."


def _by_what(contributions: Sequence[Contribution], pays: int | None, since: date) -> Iterator[str]:
    holding = [each for each in contributions if each.since <= since.toordinal() + DAYS_IN_A_WEEK - 1]
    if pays is None or not holding:
        yield "We write to you once we have worked out what you can afford to pay. It is never more than the care costs."
        return
    latest = holding[-1]
    if latest.weekly is None:
        yield f"This is our decision {latest.decision}: you pay the full cost of your care."
    else:
        yield f"This is our decision {latest.decision}, which shows line by line how it was worked out."
        yield f"In a week in which your care costs less than {shown(latest.weekly)}, you pay what it costs."


def _services(told: Service, costs: Sequence[Cost], since: int) -> list[dict[str, str]]:
    found = {each.reference: each for each in selectors.services_of(told.person)}
    return [
        {
            "label": cost.service.says,
            "provider": getattr(found[cost.service.reference].provider, "name", NO_PROVIDER),
            "starts": _day(found[cost.service.reference].starts_on),
            "planned": f"{quantity(cost, cost.planned)} a week",
            "rate": f"{shown(cost.service.rate_on(max(cost.service.starts, since)))} {A_UNIT[cost.service.unit]}",
            "cost": shown(cost.cost),
        }
        for cost in costs
    ]


def _day(day: date) -> str:
    return in_words(day.toordinal())

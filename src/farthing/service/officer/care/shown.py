"""Care as the pages show it: each service with how its notice stands, and what a week of it comes to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from farthing.base.days import DAYS_IN_A_WEEK
from farthing.base.money import shown
from farthing.councils.billing import billing, sends_bills
from farthing.ledger.billing_periods import Stretch
from farthing.ledger.care import Care, Cost, Unit, Why, cost_of
from farthing.ledger.explanation import NOT_CHARGED, quantity
from farthing.service.care import charging, selectors
from farthing.service.care.models import CostNotice, Service, Visit
from farthing.service.care.words import A_UNIT, amount_in_words, planned_in_words
from farthing.service.people.models import Person


@dataclass(frozen=True, slots=True)
class ShownService:
    """A service, and how it stands: ``charged_from`` is None while, or where, it is not charged for.

    ``waits`` says that it may be charged for by the law, and is not for want of a notice.
    """

    service: Service
    kind: str
    planned: str
    rates: tuple[tuple[str, date], ...]
    charged_from: date | None
    waits: bool
    unanswered: CostNotice | None


@dataclass(frozen=True, slots=True)
class ShownWeek:
    """A week of care: ``lines`` are of each service, ``cost`` of those that are charged for."""

    first: date
    lines: tuple["ShownLine", ...]
    cost: int

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.first + timedelta(DAYS_IN_A_WEEK - 1)

    @property
    def before(self) -> date:
        """The Monday before it."""
        return self.first - timedelta(DAYS_IN_A_WEEK)

    @property
    def after(self) -> date:
        """The Monday after it."""
        return self.first + timedelta(DAYS_IN_A_WEEK)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A service in a week: in words what is planned and what was delivered, and what is charged of it."""

    kind: str
    planned: str
    delivered: str
    planned_cost: int
    cost: int
    is_charged: bool
    without: str


def services_shown(services: Sequence[Service]) -> list[ShownService]:
    """A person's services as the plan shows them."""
    charged = selectors.charged_since(services)
    return [_service(each, charged.get(each.pk)) for each in services]


def week_shown(person: Person, first: date) -> ShownWeek:
    """The week that begins on a day, as the charge reads it: stops are those of the council's policy."""
    days = Stretch(first.toordinal(), first.toordinal() + DAYS_IN_A_WEEK - 1)
    care = selectors.care_of(person, days, stopping=_stopping())
    costs = [cost_of(care, each, days) for each in care.services]
    charged = sum(each.cost for each in costs if each.service.is_chargeable)
    return ShownWeek(first, tuple(_line(care, each, days) for each in costs), charged)


def visits_shown(visits: Sequence[Visit]) -> Iterator[tuple[Visit, str, str]]:
    """Visits, each with the kind of its service and what was delivered in words."""
    for each in visits:
        delivered = amount_in_words(each.service.unit, each.amount) if each.amount else "taken back"
        yield each, charging.in_words(each.service.kind), delivered


def monday_of(typed: str, today: date) -> date:
    """The Monday of the week of a day written as 2026-05-04; of the last whole week where it is not written so."""
    try:
        wanted = date.fromisoformat(typed)
    except ValueError:
        wanted = today - timedelta(DAYS_IN_A_WEEK)
    within = min(max(wanted, date(1990, 1, 1)), today + timedelta(366))
    return within - timedelta(within.weekday())


def _service(service: Service, charged: date | None) -> ShownService:
    return ShownService(
        service=service,
        kind=charging.in_words(service.kind),
        planned=planned_in_words(service.unit, service.planned),
        rates=tuple((f"{shown(each.pence)} {A_UNIT[Unit(service.unit)]}", each.since) for each in service.rates.all()),
        charged_from=charged,
        waits=charged is None and charging.is_ever_charged(service.kind),
        unanswered=next((each for each in reversed(service.notices.all()) if each.acknowledged_on is None), None),
    )


def _line(care: Care, cost: Cost, days: Stretch) -> ShownLine:
    service = cost.service
    running = days.within(service.starts, service.ends)
    given = sum(
        amount
        for (reference, day), amount in care.delivered.items()
        if reference == service.reference and running and running.first <= day <= running.last
    )
    return ShownLine(
        kind=service.says,
        planned=quantity(cost, cost.planned),
        delivered="as planned" if service.unit is Unit.WEEK else quantity(cost, given),
        planned_cost=cost.planned_cost,
        cost=cost.cost,
        is_charged=service.is_chargeable,
        without=", ".join(f"{days} day{'' if days == 1 else 's'} {NOT_CHARGED[why]}" for why, days in cost.uncharged),
    )


def _stopping() -> tuple[Why, ...]:
    key = settings.FARTHING_COUNCIL
    return billing(key).stopped_by if sends_bills(key) else ()

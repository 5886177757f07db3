"""Care as planned and as delivered, day by day, and what a stretch of it costs.

A part of a week of care that is priced by the week goes by the day, and part of a penny is dropped at every step, as the
charge itself is rounded: never against the person (SI 2014/2672 reg 11).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from farthing.base.days import DAYS_IN_A_WEEK
from farthing.ledger.billing_periods import Stretch

MINUTES_IN_AN_HOUR = 60
FOR_EVER = date.max.toordinal()


class Unit(StrEnum):
    """What a service is priced by."""

    WEEK = "week"
    DAY = "day"
    NIGHT = "night"
    HOUR = "hour"
    VISIT = "visit"


class TakenAs(StrEnum):
    """How the part of the personal budget that pays for a service is taken."""

    ARRANGED = "arranged"
    DIRECT_PAYMENT = "direct_payment"
    FUND = "individual_service_fund"


class Why(StrEnum):
    """Why a day of care is not charged."""

    DEATH = "death"
    HOSPITAL = "hospital"
    ABSENCE = "absence"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit costs, in pence, from a day on."""

    since: int
    pence: int


@dataclass(frozen=True, slots=True)
class Service:
    """One service of a care and support plan.

    ``planned`` is what is planned on each day of the week, Monday first: minutes of a service priced by the hour, units
    of one priced by the day, night or visit; of one priced by the week, 1 on each day. ``is_by_delivery`` says that what
    was delivered is charged; otherwise care is taken to be given as planned. ``is_chargeable`` is the law's answer.
    """

    reference: str
    says: str
    unit: Unit
    starts: int
    rates: tuple[Rate, ...]
    planned: tuple[int, ...] = (1,) * DAYS_IN_A_WEEK
    ends: int = FOR_EVER
    is_by_delivery: bool = False
    is_chargeable: bool = True
    taken_as: TakenAs = TakenAs.ARRANGED

    def __post_init__(self) -> None:
        if len(self.planned) != DAYS_IN_A_WEEK or min(self.planned) < 0:
            raise ValueError("what is planned is given for each of the seven days, never below nought")
        since = [rate.since for rate in self.rates]
        if not since or since != sorted(set(since)) or min(rate.pence for rate in self.rates) < 0:
            raise ValueError("a service has a rate from each of one or more days on, in order, never below nought")
        if since[0] > self.starts:
            raise ValueError("a service has a rate from its first day on")
        if self.unit is Unit.WEEK and self.is_by_delivery:
            raise ValueError("a service priced by the week is charged as planned")

    def rate_on(self, day: int) -> int:
        """What one unit costs on a day."""
        return next(rate.pence for rate in reversed(self.rates) if rate.since <= day)

    def planned_on(self, day: int) -> int:
        """What is planned on a day: minutes or units."""
        return self.planned[(day - 1) % DAYS_IN_A_WEEK] if self.starts <= day <= self.ends else 0


@dataclass(frozen=True, slots=True)
class Break:
    """Days on which care stops, of one service or, where ``service`` is "", of all."""

    why: Why
    days: Stretch
    service: str = ""


@dataclass(frozen=True, slots=True)
class Care:
    """All of one person's care. ``breaks`` are those that stop the charge, as the council's policy and the law have it."""

    services: tuple[Service, ...]
    breaks: tuple[Break, ...] = ()
    delivered: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """What was delivered of each service on each day, by the service's reference and the day: minutes or units."""
    died: int | None = None
    """Care given on the day of death is charged; nothing after it is."""

    def why_uncharged(self, service: str, day: int) -> Why | None:
        """Why a service is not charged on a day; None where nothing stops it."""
        if self.died is not None and day > self.died:
            return Why.DEATH
        for each in self.breaks:
            if each.days.first <= day <= each.days.last and each.service in ("", service):
                return each.why
        return None

    def is_charged_on(self, day: int) -> bool:
        """Whether care that may be charged for runs on a day. A day without a visit counts, as the contribution is weekly."""
        return any(
            each.is_chargeable and each.starts <= day <= each.ends and self.why_uncharged(each.reference, day) is None
            for each in self.services
        )


@dataclass(frozen=True, slots=True)
class Cost:
    """What a service cost over a stretch of days.

    ``amount`` and ``planned`` are minutes or units, or days of a service priced by the week. ``uncharged`` says for how
    many days it was left out, and why.
    """

    service: Service
    planned: int
    planned_cost: int
    amount: int
    cost: int
    uncharged: tuple[tuple[Why, int], ...]


def cost_of(care: Care, service: Service, days: Stretch) -> Cost:
    """What a service cost over a stretch of no more than a week."""
    running = days.within(service.starts, service.ends)
    planned, charged, uncharged = [], [], dict[Why, int]()
    for day in range(running.first, running.last + 1) if running else ():
        plan = service.planned_on(day)
        why = care.why_uncharged(service.reference, day)
        if plan:
            planned.append((day, plan))
        given = care.delivered.get((service.reference, day), 0) if service.is_by_delivery else plan
        if why is None and given:
            charged.append((day, given))
        elif why is not None and (plan or given):
            uncharged[why] = uncharged.get(why, 0) + 1
    return Cost(
        service=service,
        planned=sum(amount for _, amount in planned),
        planned_cost=_priced(service, planned),
        amount=sum(amount for _, amount in charged),
        cost=_priced(service, charged),
        uncharged=tuple(uncharged.items()),
    )


def _priced(service: Service, given: Sequence[tuple[int, int]]) -> int:
    """What is given on each day costs what the rate of that day makes of it, part of a penny dropped."""
    if service.unit is Unit.WEEK:
        return _by_the_week(service, [day for day, _ in given])
    if service.unit is Unit.HOUR:
        return sum(service.rate_on(day) * minutes // MINUTES_IN_AN_HOUR for day, minutes in given)
    return sum(service.rate_on(day) * units for day, units in given)


def _by_the_week(service: Service, days: Sequence[int]) -> int:
    at_rate: dict[int, int] = {}
    for day in days:
        rate = service.rate_on(day)
        at_rate[rate] = at_rate.get(rate, 0) + 1
    return sum(rate * count // DAYS_IN_A_WEEK for rate, count in at_rate.items())

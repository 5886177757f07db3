"""An invoice or credit note as a page shows it: each week, opening to its visits, rates, decisions and the law behind it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from farthing.base.days import DAYS_IN_A_WEEK, in_words
from farthing.law import law
from farthing.ledger.care import Cost, Unit
from farthing.ledger.charge import Charge, ChargedWeek
from farthing.ledger.explanation import quantity, why
from farthing.service.billing.kept import as_kept
from farthing.service.billing.letter_fields import rate_in_words
from farthing.service.billing.models import Paper
from farthing.service.care.models import Visit
from farthing.service.design import legislation

WHOLE_WEEK, PART_WEEK, OVER_WEEKS = "charge_of_week", "charge_for_part_week", "charge_for_weeks"
INTO_ACCOUNT, INVOICED = "paid_into_account", "contribution_invoiced"


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A rule of the law with each provision it rests on, and where that can be read."""

    says: str
    cited: tuple[legislation.Part, ...]


@dataclass(frozen=True, slots=True)
class ShownService:
    """A service in a week. ``visits`` are those on file now, a day and an amount in words each."""

    says: str
    rate: str
    planned: str
    delivered: str
    cost: int
    visits: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownPart:
    """Days of a week under one decision."""

    days: str
    decision: str
    weekly: int | None
    charged_days: int
    contribution: int


@dataclass(frozen=True, slots=True)
class ShownWeek:
    """A week with what leads to its amount."""

    days: str
    services: tuple[ShownService, ...]
    parts: tuple[ShownPart, ...]
    cost: int
    contribution: int
    waived: int
    charged: int
    why: tuple[str, ...]
    rules: tuple[ShownRule, ...]


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper. ``over`` is what looking at the cost over all weeks adds, with the rule that says so."""

    paper: Paper
    sign: int
    weeks: tuple[ShownWeek, ...]
    over: int
    over_rule: ShownRule


def shown(paper: Paper) -> ShownPaper:
    """A paper as it was issued, with the visits that are on file for its days now."""
    charges = as_kept(paper.charges)
    visits = _visits(charges)
    weeks = tuple(
        _week(week, visits) for charge in charges.values() for week in charge.weeks if week.costs or week.charge
    )
    over = sum(charge.invoiced_over_weeks for charge in charges.values())
    return ShownPaper(paper, 1 if paper.total >= 0 else -1, weeks, over, rule(OVER_WEEKS))


def rule(name: str) -> ShownRule:
    """A rule of the law by its name."""
    found = law().rules[name]
    return ShownRule(found.says, tuple(legislation.parts(found.cited)))


def _week(week: ChargedWeek, visits: Mapping[str, Mapping[int, int]]) -> ShownWeek:
    return ShownWeek(
        days=f"{in_words(week.days.first)} to {in_words(week.days.last)}",
        services=tuple(_service(cost, week, visits) for cost in week.costs),
        parts=tuple(
            ShownPart(
                f"{in_words(part.days.first)} to {in_words(part.days.last)}",
                part.decision,
                part.weekly,
                part.charged_days,
                part.contribution,
            )
            for part in week.parts
        ),
        cost=week.cost,
        contribution=week.contribution,
        waived=week.waived,
        charged=week.invoiced,
        why=why(week),
        rules=tuple(rule(name) for name in _rules(week)),
    )


def _rules(week: ChargedWeek) -> Iterator[str]:
    yield WHOLE_WEEK
    if len(week.parts) > 1 or any(part.charged_days < DAYS_IN_A_WEEK for part in week.parts):
        yield PART_WEEK
    if week.direct_payment:
        yield from (INTO_ACCOUNT, INVOICED)


def _service(cost: Cost, week: ChargedWeek, visits: Mapping[str, Mapping[int, int]]) -> ShownService:
    delivered = visits.get(cost.service.reference, {})
    return ShownService(
        says=cost.service.says,
        rate=rate_in_words(cost),
        planned=quantity(cost, cost.planned),
        delivered=quantity(cost, cost.amount),
        cost=cost.cost,
        visits=tuple(
            (in_words(day), quantity(cost, amount))
            for day, amount in sorted(delivered.items())
            if week.days.first <= day <= week.days.last and cost.service.unit is not Unit.WEEK
        ),
    )


def _visits(charges: Mapping[int, Charge]) -> dict[str, dict[int, int]]:
    """What was delivered of each service on each day a paper covers."""
    references = {cost.service.reference for charge in charges.values() for week in charge.weeks for cost in week.costs}
    if not references:
        return {}
    first = date.fromordinal(min(charge.days.first for charge in charges.values()))
    last = date.fromordinal(max(charge.days.last for charge in charges.values()))
    rows = Visit.objects.filter(service__reference__in=references, day__range=(first, last))
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for reference, day, amount in rows.values_list("service__reference", "day", "amount"):
        found[reference][day.toordinal()] = found[reference].get(day.toordinal(), 0) + amount
    return found

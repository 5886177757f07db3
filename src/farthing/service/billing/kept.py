"""Charges as papers keep them: ready for JSON and back again, each service written once however many weeks it is in."""

from collections.abc import Mapping
from typing import Any

from farthing.ledger.billing_periods import Stretch
from farthing.ledger.care import Cost, Rate, Service, TakenAs, Unit, Why
from farthing.ledger.charge import Charge, ChargedWeek, Part


def to_keep(charges: Mapping[int, Charge]) -> dict[str, Any]:
    """The charges of periods, by number, ready for JSON."""
    services = list({cost.service: None for charge in charges.values() for week in charge.weeks for cost in week.costs})
    places = {service: place for place, service in enumerate(services)}
    return {
        "services": [_service(each) for each in services],
        "periods": {str(number): _charge(charge, places) for number, charge in charges.items()},
    }


def as_kept(kept: Mapping[str, Any]) -> dict[int, Charge]:
    """The charges of periods, by number, as they were kept."""
    services = [_service_again(each) for each in kept["services"]]
    return {int(number): _charge_again(charge, services) for number, charge in kept["periods"].items()}


def _service(service: Service) -> list[Any]:
    rates = [[rate.since, rate.pence] for rate in service.rates]
    return [
        service.reference, service.says, service.unit, service.starts, rates, list(service.planned), service.ends,
        service.is_by_delivery, service.is_chargeable, service.taken_as,
    ]  # fmt: skip


def _service_again(kept: list[Any]) -> Service:
    reference, says, unit, starts, rates, planned, ends, is_by_delivery, is_chargeable, taken_as = kept
    return Service(
        reference, says, Unit(unit), starts, tuple(Rate(*rate) for rate in rates), tuple(planned), ends, is_by_delivery,
        is_chargeable, TakenAs(taken_as),
    )  # fmt: skip


def _charge(charge: Charge, places: Mapping[Service, int]) -> dict[str, Any]:
    return {
        "days": [charge.days.first, charge.days.last],
        "sums": [charge.charge, charge.into_account, charge.invoiced, charge.invoiced_over_weeks],
        "weeks": [_week(week, places) for week in charge.weeks],
    }


def _charge_again(kept: Mapping[str, Any], services: list[Service]) -> Charge:
    weeks = tuple(_week_again(week, services) for week in kept["weeks"])
    return Charge(Stretch(*kept["days"]), weeks, *kept["sums"])


def _week(week: ChargedWeek, places: Mapping[Service, int]) -> dict[str, Any]:
    return {
        "days": [week.days.first, week.days.last],
        "costs": [
            [places[each.service], each.planned, each.planned_cost, each.amount, each.cost, [list(why) for why in each.uncharged]]
            for each in week.costs
        ],
        "parts": [
            [part.days.first, part.days.last, part.charged_days, part.decision, part.weekly, part.contribution, part.waived]
            for part in week.parts
        ],
        "sums": [
            week.cost, week.direct_payment, week.contribution, week.charge, week.into_account, week.invoiced, week.waived
        ],
    }  # fmt: skip


def _week_again(kept: Mapping[str, Any], services: list[Service]) -> ChargedWeek:
    costs = tuple(
        Cost(services[place], planned, planned_cost, amount, cost, tuple((Why(why), days) for why, days in uncharged))
        for place, planned, planned_cost, amount, cost, uncharged in kept["costs"]
    )
    parts = tuple(Part(Stretch(first, last), *rest) for first, last, *rest in kept["parts"])
    return ChargedWeek(Stretch(*kept["days"]), costs, parts, *kept["sums"])

"""What a service costs: by the week, the day, the night, the hour or the visit, at the rate of the day."""

import pytest

from farthing.ledger.billing_periods import Stretch
from farthing.ledger.care import Break, Care, Rate, Service, Unit, Why, cost_of
from tests.ledger.histories import MONDAY, weekly

WEEK = Stretch(MONDAY, MONDAY + 6)


def cost(service, days=WEEK, **care):
    return cost_of(Care((service,), **care), service, days)


@pytest.mark.parametrize(
    ("unit", "planned", "price"),
    [(Unit.HOUR, (90, 0, 60, 0, 0, 0, 0), 5_000), (Unit.VISIT, (2, 0, 1, 0, 0, 0, 0), 6_000),
     (Unit.NIGHT, (1, 0, 0, 0, 0, 0, 1), 4_000), (Unit.DAY, (0, 1, 0, 0, 0, 0, 0), 2_000)],
)  # fmt: skip
def test_a_service_costs_its_units_at_its_rate(unit, planned, price):
    assert cost(weekly(2_000, unit=unit, planned=planned)).cost == price


def test_part_of_an_hour_costs_its_part_and_part_of_a_penny_is_dropped():
    assert cost(weekly(1_999, unit=Unit.HOUR, planned=(25, 0, 0, 0, 0, 0, 0))).cost == 832


def test_a_service_runs_from_its_first_day_to_its_last_both_counted():
    assert cost(weekly(700, starts=MONDAY + 2, ends=MONDAY + 4)).cost == 300
    assert cost(weekly(700, starts=MONDAY + 7, rates=(Rate(1, 700),))).cost == 0


def test_a_break_of_one_service_leaves_the_others():
    here, there = weekly(700), weekly(1_400, "S-2")
    care = Care((here, there), (Break(Why.HOLD, WEEK, "S-2"),))
    assert (cost_of(care, here, WEEK).cost, cost_of(care, there, WEEK).cost) == (700, 0)


def test_visits_given_on_a_day_that_is_not_charged_cost_nothing_and_are_told():
    service = weekly(2_000, unit=Unit.VISIT, planned=(1,) * 7, is_by_delivery=True)
    found = cost(service, delivered={("S-1", MONDAY + 1): 2}, died=MONDAY)
    assert (found.cost, found.uncharged) == (0, ((Why.DEATH, 6),))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [({"planned": (1,) * 6}, "seven days"),
     ({"planned": (-1,) * 7}, "seven days"), ({"rates": ()}, "has a rate"),
     ({"rates": (Rate(5, 1), Rate(4, 1))}, "in order"), ({"rates": (Rate(1, -1),)}, "below nought"),
     ({"rates": (Rate(MONDAY, 1),)}, "from its first day"), ({"is_by_delivery": True}, "as planned")],
)  # fmt: skip
def test_a_service_that_makes_no_sense_is_refused(wrong, why):
    with pytest.raises(ValueError, match=why):
        weekly(700, **wrong)


def test_a_service_may_be_of_any_reference():
    assert Service("anything", "Care", Unit.DAY, 5, (Rate(5, 100),)).rate_on(9) == 100

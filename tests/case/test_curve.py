"""The charge by savings: the same law, and nothing different but the capital."""

from itertools import pairwise

import pytest

from farthing.case.assessment import assess
from farthing.case.curve import CHARGE, CONTRIBUTION, curve
from farthing.case.reading import read_case
from farthing.case.tree import tree_of

LOWER, UPPER, STEP = 1_425_000, 2_325_000, 25_000


def told(savings="17000.00", **care):
    """A single pensioner at home, as far as the curve needs."""
    capital = [] if savings is None else [{"kind": "bank_account", "value": savings}]
    person = {"born": "1941-03-27", "partner": "none", "tells_finances": "true"}
    income = [{"kind": "state_pension", "amount": "300.00", "every": "week"}]
    return {
        "council": "cambridgeshire", "on": "2026-11-25", "person": person,
        "care": {"setting": "own_home", "weekly_cost": "300.00", **care},
        "capital": capital, "income": income, "housing_costs": [], "disability_related_expenditure": [],
    }  # fmt: skip


def assessed(data):
    return assess(read_case(tree_of(data, name="a case")), estimate=True)


def at(found, savings):
    return next(amount for start, amount in reversed(found.points) if start <= savings)


@pytest.mark.parametrize("savings", [0, LOWER, LOWER + 1, LOWER + STEP, LOWER + STEP + 1, 1_900_000, UPPER, UPPER + 1])
def test_every_place_on_the_curve_is_what_the_whole_law_gives_for_those_savings(savings):
    found = curve(assessed(told()))
    whole = assessed(told(f"{savings // 100}.{savings % 100:02d}")).values["weekly_charge"]
    assert at(found, savings) == whole


def test_the_curve_rises_a_pound_a_step_and_jumps_to_the_cost_above_the_limit():
    found = curve(assessed(told()))
    amounts = [amount for _, amount in found.points]
    assert [after - before for before, after in pairwise(amounts[:-1])] == [100] * 36
    assert found.points[-1] == (UPPER + 1, 30_000)
    assert (found.of, found.lower, found.upper) == (CHARGE, LOWER, UPPER)


def test_the_person_stands_on_their_own_curve():
    found = curve(assessed(told()))
    assert found.here == (1_700_000, at(found, 1_700_000))


def test_where_the_cost_is_not_known_the_curve_is_of_the_most_that_could_be_asked():
    data = told()
    del data["care"]["weekly_cost"]
    found = curve(assessed(data))
    assert found.of == CONTRIBUTION
    assert found.points[-1][0] <= UPPER


def test_where_savings_are_not_known_nobody_stands_on_the_curve():
    data = told()
    del data["capital"]
    found = curve(assessed(data))
    assert found.here is None
    assert len(found.points) > 30


def test_where_savings_change_nothing_there_is_no_curve():
    data = told()
    data["person"]["tells_finances"] = "false"
    del data["capital"], data["income"]
    assert curve(assessed(data)) is None


def test_where_too_little_is_known_there_is_no_curve():
    assert curve(assessed({"council": "cambridgeshire", "on": "2026-11-25"})) is None

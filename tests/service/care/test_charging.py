"""From when a kind of service is charged for is what the rules of the law say on every day about its start."""

from datetime import date, timedelta

import pytest

from farthing.case.assessment import assess
from farthing.case.reading import read_case
from farthing.case.tree import tree_of
from farthing.law.charge.facts import SERVICE
from farthing.service.care import charging

STARTS = date(2026, 5, 4)


def is_free_by_the_law(kind: str, on: date) -> bool:
    """What the law says of a service of a kind on a day."""
    service = {"kind": kind, "weekly_cost": "90.00", "started": STARTS.isoformat()}
    if kind == "minor_adaptation":
        service = {"kind": kind, "cost": "90.00"}
    case = {
        "council": "england", "on": on.isoformat(), "person": {"born": "1941-03-02"},
        "care": {"setting": "own_home", "services": [service]},
    }  # fmt: skip
    (is_free,) = assess(read_case(tree_of(case, name="case"))).values["is_free"]
    return bool(is_free)


@pytest.mark.parametrize("kind", SERVICE.names)
def test_a_service_is_free_on_the_days_on_which_the_law_makes_it_free(kind):
    for days in (0, 41, 42, 100):
        on = STARTS + timedelta(days=days)
        free = not charging.is_ever_charged(kind) or on.toordinal() < charging.first_day_not_free(kind, STARTS)
        assert free == is_free_by_the_law(kind, on), (kind, days)


def test_a_kind_that_the_law_does_not_have_is_not_known():
    assert charging.is_known("home_care") and not charging.is_known("magic")
    assert charging.in_words("home_care") == "Home care"

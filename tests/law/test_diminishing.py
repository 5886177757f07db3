"""Notional capital falls each week by the extra charge it causes, and no faster."""

from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farthing.base.days import day, iso
from farthing.base.refusal import Refusal
from farthing.case.reading import read_case
from farthing.case.tree import tree_of
from farthing.councils import council
from farthing.engine.asking import complete
from farthing.engine.law import Policy
from farthing.engine.one import read
from farthing.law import plan
from farthing.law.capital.diminishing import CaseDiminishing, diminish, of_case

SINCE = day("2026-04-06")
GIFT = {"kind": "given_away", "value": "30000.00"}


@cache
def policy_on(on: int) -> Policy:
    return Policy(plan(("weekly_charge",)), on=on, slots=council("england").on(on))


def told(*capital: dict[str, str], care: dict[str, str] | None = None, **person: str) -> dict[str, Any]:
    """Somebody of 60 with £300.00 a week, in a care home for good at £1,000.00 a week unless ``care`` says otherwise."""
    in_care_home = {"setting": "care_home", "moved_in": "2025-01-08", "usual_rate": "1000.00", "nursing": "none"}
    case = {
        "person": {"born": "1966-01-01", "partner": "none", "tells_finances": "true", **person},
        "care": care or in_care_home,
        "capital": list(capital),
        "income": [{"kind": "occupational_pension", "amount": "300.00", "every": "week"}],
    }
    return read_case(tree_of(case)).told


def savings(value: str) -> dict[str, str]:
    return {"kind": "bank_account", "value": value}


def gift(value: str, **more: str) -> dict[str, str]:
    return {"kind": "given_away", "value": value, **more}


def diminished(case: dict[str, Any], weeks: int, since: int = SINCE) -> CaseDiminishing:
    return of_case(case, policy_on=policy_on, weeks=weeks, since=since)


def charge(case: dict[str, Any], on: int) -> int:
    policy = policy_on(on)
    return read(policy, complete(policy, case))["weekly_charge"]


# A case worked by hand


def test_a_gift_of_thirty_thousand_pounds_in_a_care_home_in_2026_27():
    # £10,000 of savings: no tariff income. Income £300.00 less £31.80 to spend: £268.20 a week without the gift.
    # With it £40,000 counts, more than £23,250: the full cost, £1,000.00. The gift falls by £731.80 a week.
    # After 22 weeks: £30,000.00 - 22 x £731.80 = £13,900.40, and £23,900.40 is still over the limit.
    # After 23 weeks: £13,168.60, and £23,168.60 is not. Over £14,250.00 by £8,918.60: 36 steps of £250, so £36.00 more.
    # £13,132.60: £8,882.60 over, still 36 steps (35 are £8,750.00). £13,096.60, £13,060.60, £13,024.60: still 36.
    # £12,988.60: £8,738.60 over: 35 steps, so £35.00.
    weeks = diminished(told(savings("10000.00"), GIFT), 29).weeks
    assert [each.number for each in weeks.lines] == list(range(1, 30))
    first, last_over, first_under = weeks.lines[0], weeks.lines[22], weeks.lines[23]
    assert (first.charge_with, first.charge_without, first.reduction) == (1000_00, 268_20, 731_80)
    assert (last_over.notional_before, last_over.charge_with) == (13_900_40, 1000_00)
    assert (first_under.notional_before, first_under.charge_with) == (13_168_60, 268_20 + 36_00)
    assert [each.reduction for each in weeks.lines] == [731_80] * 23 + [36_00] * 5 + [35_00]
    assert weeks.notional_after == 30_000_00 - 23 * 731_80 - 5 * 36_00 - 35_00 == 12_953_60
    assert [iso(each.since) for each in weeks.lines[:2]] == ["2026-04-06", "2026-04-13"]


def test_it_stops_when_nothing_is_left():
    # £23,000 of savings and £2,000 given away: over the limit by the gift alone. Without it £8,750.00 over £14,250.00 is
    # 35 steps: £268.20 + £35.00 = £303.20. The first week takes £1,000.00 - £303.20 = £696.80, the second too: £23,606.40
    # still counts. Then £606.40 is left with £23,606.40: the full cost once more, and the gift is used up.
    weeks = diminished(told(savings("23000.00"), gift("2000.00")), 50).weeks
    assert [each.reduction for each in weeks.lines] == [696_80, 696_80, 606_40]
    assert (weeks.notional_before, weeks.notional_after) == (2_000_00, 0)


def test_nothing_falls_where_the_charge_is_the_same_with_it_and_without():
    over_anyway = diminished(told(savings("60000.00"), GIFT), 20).weeks
    under_anyway = diminished(told(savings("1000.00"), gift("5000.00")), 20).weeks
    for weeks, charged in ((over_anyway, 1000_00), (under_anyway, 268_20)):
        assert {(each.charge_with, each.charge_without, each.reduction) for each in weeks.lines} == {
            (charged, charged, 0)
        }
        assert len(weeks.lines) == 20
        assert weeks.notional_after == weeks.notional_before


def test_at_home_it_falls_by_what_is_left_of_the_cost():
    # Care at £250.00 a week. Without the gift £300.00 less the guarantee of £120.40 is £179.60; with it, the full cost.
    at_home = {"setting": "own_home", "weekly_cost": "250.00"}
    weeks = diminished({**told(savings("10000.00"), GIFT, care=at_home), **nothing_else()}, 4).weeks
    assert {(each.charge_with, each.charge_without, each.reduction) for each in weeks.lines} == {
        (250_00, 179_60, 70_40)
    }


def nothing_else() -> dict[str, Any]:
    """No housing or disability costs, and no premiums: nothing left to ask of somebody at home."""
    lists = {"housing_costs": ("kind", "amount", "every", "paid_by_benefit", "paid_for_couple"),
             "disability_related_expenditure": ("kind", "amount", "every", "agreed"),
             "services": ("kind", "weekly_cost", "started", "cost")}  # fmt: skip
    nothing = {f"{name}.{fact}": () for name, facts in lists.items() for fact in facts}
    premiums = ("gets_disability_premium", "gets_enhanced_disability_premium", "gets_carer_premium")
    return {**nothing, **dict.fromkeys(premiums, False), "responsible_for_children": 0}


def test_several_gifts_are_used_up_in_the_order_listed():
    # £731.80 a week: the first gift of £1,000.00 lasts one week and £268.20 of the second, then the other takes over.
    case = told(gift("1000.00"), savings("10000.00"), gift("29000.00"))
    after_one, after_two = diminished(case, 1), diminished(case, 2)
    assert after_one.diminished_by == (731_80, 0, 0)
    assert after_two.diminished_by == (1000_00, 0, 463_60)
    assert [(each.place, each.notional_after) for each in after_two.gifts] == [(0, 0), (2, 28_536_40)]


def test_it_can_be_taken_up_again_from_where_it_was_left():
    case = told(savings("10000.00"), gift("18000.00"), gift("12000.00"))
    whole, half = diminished(case, 40), diminished(case, 17)
    rest = diminished({**case, "capital.diminished_by": half.diminished_by}, 23, SINCE + 17 * 7)
    assert rest.diminished_by == whole.diminished_by
    assert rest.weeks.notional_after == whole.weeks.notional_after
    assert [each.reduction for each in whole.weeks.lines[17:]] == [each.reduction for each in rest.weeks.lines]


def test_what_was_received_for_it_and_what_came_off_before_are_not_counted_again():
    case = told(savings("10000.00"), gift("30000.00", amount_received="5000.00", diminished_by="1000.00"))
    found = diminished(case, 1)
    assert found.weeks.notional_before == 24_000_00
    assert found.diminished_by == (0, 1000_00 + 731_80)


@pytest.mark.parametrize("fails", ["avoiding_charge_was_motive", "care_was_foreseeable"])
def test_a_gift_that_fails_one_of_the_tests_is_not_capital_and_does_not_diminish(fails):
    found = diminished(told(savings("10000.00"), gift("30000.00", **{fails: "false"})), 10)
    assert (found.gifts, found.weeks.lines, found.diminished_by) == ((), (), (0, 0))


def test_nothing_owned_and_nothing_given_away_makes_no_weeks():
    assert diminished(told(), 10).weeks.lines == ()


def test_the_figures_of_each_april_are_used_from_that_april():
    # 2025-26 leaves £30.65 a week and 2026-27 £31.80: £269.35 and £268.20 without the gift.
    lines = diminished(told(savings("10000.00"), GIFT), 3, day("2026-03-28")).weeks.lines
    assert [(iso(each.since), each.charge_without) for each in lines] == [
        ("2026-03-28", 269_35), ("2026-04-04", 269_35), ("2026-04-11", 268_20),
    ]  # fmt: skip


# What is refused


def test_a_charge_that_is_not_certain_is_refused_and_what_is_missing_named():
    case = told(savings("10000.00"), GIFT)
    case["income.amount"] = (None,)
    with pytest.raises(Refusal, match=r"week from 6 April 2026 is not certain.*income\[0\]\.amount"):
        diminished(case, 3)


def test_a_gift_whose_worth_is_not_told_is_refused():
    case = told(savings("10000.00"), GIFT)
    case["capital.value"] = (10_000_00, None)
    with pytest.raises(Refusal, match=r"what capital\[1\] counts at is not certain.*capital\[1\]\.value"):
        diminished(case, 3)


def test_capital_that_is_not_told_is_refused():
    case = {key: value for key, value in told(GIFT).items() if not key.startswith("capital.")}
    with pytest.raises(Refusal, match="capital is not told"):
        diminished(case, 3)


def test_weeks_and_capital_below_nought_are_refused():
    for notional, weeks in ((-1, 3), (3, -1)):
        with pytest.raises(Refusal, match="is below nought"):
            diminish(lambda number, left: 0, lambda number: 0, notional=notional, weeks=weeks, since=SINCE)


def test_a_week_for_which_figures_are_not_known_is_refused():
    with pytest.raises(Refusal, match="Figures are known"):
        diminished(told(savings("10000.00"), GIFT), 60)


# What holds for every case


@given(st.integers(0, 10_000_000), st.integers(0, 60), st.lists(st.integers(0, 200_000), min_size=60, max_size=60),
       st.lists(st.integers(0, 200_000), min_size=60, max_size=60))  # fmt: skip
def test_notional_capital_never_rises_and_the_reductions_are_what_is_gone(notional, weeks, with_it, without):
    found = diminish(lambda week, left: with_it[week - 1], lambda week: without[week - 1],
                     notional=notional, weeks=weeks, since=SINCE)  # fmt: skip
    left = [found.notional_before, *(each.notional_after for each in found.lines)]
    assert left == sorted(left, reverse=True)
    assert left[-1] == found.notional_after >= 0
    assert sum(each.reduction for each in found.lines) == found.notional_before - found.notional_after
    assert all(
        each.reduction in (0, each.notional_before, each.charge_with - each.charge_without) for each in found.lines
    )
    assert len(found.lines) == weeks or found.notional_after == 0


@given(st.integers(0, 60_000_00), st.lists(st.integers(0, 40_000_00), min_size=1, max_size=3), st.integers(0, 30))
def test_in_the_law_it_never_rises_and_each_gift_keeps_its_own_account(own, values, weeks):
    case = told(savings("0.00"), *(gift("0.00") for _ in values))
    case["capital.value"] = (own, *values)
    found = diminished(case, weeks)
    assert found.weeks.notional_before == sum(values)
    assert sum(found.diminished_by) == found.weeks.notional_before - found.weeks.notional_after
    assert [each.notional_after + found.diminished_by[each.place] for each in found.gifts] == values
    for week in found.weeks.lines:
        assert week.charge_with >= week.charge_without
        assert week.reduction == min(week.charge_with - week.charge_without, week.notional_before)
    if found.weeks.notional_after == 0:
        after = {**case, "capital.diminished_by": found.diminished_by}
        gone = {**case, "capital.value": (own, *[0] * len(values))}
        assert charge(after, SINCE) == charge(gone, SINCE)

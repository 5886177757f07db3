"""In each week a person is charged the contribution or the cost of the care, whichever is less, and never for more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farthing.base.days import day
from farthing.case.assessment import assess
from farthing.case.reading import read_case
from farthing.case.tree import tree_of
from farthing.engine.asking import complete
from farthing.engine.one import read
from farthing.ledger.billing_periods import Stretch
from farthing.ledger.care import Break, Care, Rate, TakenAs, Unit, Why
from farthing.ledger.charge import CapPeriod, Undecided, charge_for
from tests.ledger.histories import CONTRIBUTIONS, MONDAY, PERIOD, always, cares, direct_payment, pays, weekly

WEEK = Stretch(MONDAY, MONDAY + 6)


def invoiced(care, contributions, days=PERIOD, **more):
    return charge_for(care, contributions, days, **more).invoiced


def test_four_weeks_at_one_contribution_are_four_times_it():
    assert invoiced(Care((weekly(30_000),)), always(10_095)) == 4 * 10_095


def test_a_week_that_costs_less_than_the_contribution_is_charged_at_its_cost():
    assert invoiced(Care((weekly(3_000),)), always(10_095)) == 4 * 3_000


def test_whoever_pays_the_full_cost_pays_what_the_care_cost():
    assert invoiced(Care((weekly(30_000),)), always(None)) == 4 * 30_000


def test_a_part_of_a_week_goes_by_the_day_and_part_of_a_penny_is_dropped():
    care = Care((weekly(70_000, starts=MONDAY + 2),))
    (week,) = charge_for(care, always(10_000), WEEK).weeks
    assert (week.parts[0].charged_days, week.cost, week.charge) == (5, 50_000, 7_142)


def test_several_decisions_in_a_week_each_count_for_their_days():
    (week,) = charge_for(Care((weekly(70_000),)), pays((1, 7_000), (MONDAY + 3, 14_000)), WEEK).weeks
    assert [(part.decision, part.contribution) for part in week.parts] == [("D-1", 3_000), ("D-2", 8_000)]
    assert week.charge == 11_000


def test_a_decision_for_the_full_cost_in_the_middle_of_a_week_charges_the_cost_of_its_days():
    (week,) = charge_for(Care((weekly(70_000),)), pays((1, 7_000), (MONDAY + 3, None)), WEEK).weeks
    assert week.charge == 3_000 + 40_000


def test_days_in_hospital_are_not_charged_and_take_their_part_off_the_contribution():
    care = Care((weekly(70_000),), (Break(Why.HOSPITAL, Stretch(MONDAY + 1, MONDAY + 4)),))
    (week,) = charge_for(care, always(7_000), WEEK).weeks
    assert (week.cost, week.charge, week.costs[0].uncharged) == (30_000, 3_000, ((Why.HOSPITAL, 4),))


def test_nothing_is_charged_after_the_day_of_a_death():
    charge = charge_for(Care((weekly(70_000),), died=MONDAY + 6), always(7_000), PERIOD)
    assert [week.charge for week in charge.weeks] == [7_000, 0, 0, 0]


def test_visits_are_charged_as_they_were_given_and_not_as_planned():
    visits = weekly(2_000, unit=Unit.HOUR, planned=(60,) * 7, is_by_delivery=True)
    care = Care((visits,), delivered={("S-1", MONDAY): 60, ("S-1", MONDAY + 1): 45})
    (week,) = charge_for(care, always(7_000), WEEK).weeks
    assert (week.costs[0].planned_cost, week.cost, week.charge) == (14_000, 3_500, 3_500)


def test_a_rate_that_rises_in_a_week_counts_from_its_day():
    service = weekly(7_000, rates=(Rate(MONDAY - 1_000, 7_000), Rate(MONDAY + 4, 14_000)))
    assert charge_for(Care((service,)), always(None), WEEK).weeks[0].cost == 4_000 + 6_000


def test_care_that_may_not_be_charged_for_costs_the_person_nothing():
    assert invoiced(Care((weekly(70_000, is_chargeable=False),)), always(7_000)) == 0


def test_a_direct_payment_is_paid_net_of_the_contribution():
    """48 - 28 = 20. Source: Cambridgeshire County Council, Paying for care, read 2026-11-22."""
    (week,) = charge_for(Care((direct_payment(4_800),)), always(2_800), WEEK).weeks
    assert (week.direct_payment_net, week.into_account, week.invoiced) == (2_000, 2_800, 0)


@pytest.mark.parametrize(
    ("direct", "arranged", "into_account", "is_invoiced"),
    [(10_000, 5_000, 2_800, 0), (5_000, 10_000, 0, 2_800), (5_000, 5_000, 0, 2_800)],
)
def test_the_contribution_goes_where_more_of_the_care_is(direct, arranged, into_account, is_invoiced):
    """Source: Cambridgeshire County Council, Paying for care, read 2026-11-22."""
    care = Care((direct_payment(direct), weekly(arranged)))
    (week,) = charge_for(care, always(2_800), WEEK).weeks
    assert (week.into_account, week.invoiced) == (into_account, is_invoiced)


@pytest.mark.parametrize(("cost", "charged"), [(80_000, 40_000), (35_000, 35_000)])
def test_the_cost_may_be_looked_at_over_four_weeks(cost, charged):
    """400 against a cost of 800 bills 400, against 350 bills 350. Source: Bath & North East Somerset, charging framework part 5."""
    all_in_one = weekly(cost, unit=Unit.VISIT, planned=(0,) * 7, is_by_delivery=True)
    care = Care((all_in_one,), delivered={("S-1", MONDAY): 1})
    by_weeks = charge_for(care, always(10_000), PERIOD)
    over_all = charge_for(care, always(10_000), PERIOD, cap=CapPeriod.FOUR_WEEKS)
    assert by_weeks.invoiced == 10_000
    assert over_all.weeks == by_weeks.weeks or over_all.invoiced_over_weeks
    assert over_all.invoiced == min(charged, cost)


def test_care_before_any_decision_is_not_guessed_at():
    with pytest.raises(Undecided, match="1 June 2026"):
        charge_for(Care((weekly(7_000),)), pays((MONDAY + 3, 5_000)), WEEK)


def test_no_care_before_the_first_decision_needs_none():
    assert invoiced(Care((weekly(7_000, starts=MONDAY + 3),)), pays((MONDAY + 3, 7_000)), WEEK) == 4_000


AMOUNTS = st.integers(0, 100_000)


@given(AMOUNTS, AMOUNTS, AMOUNTS, st.booleans())
def test_a_whole_week_comes_to_what_the_rules_of_the_law_say(direct, arranged, contribution, full):
    care = Care((direct_payment(direct), weekly(arranged)))
    (week,) = charge_for(care, always(None if full else contribution), WEEK).weeks
    law = _by_the_law(
        cost_of_care=direct + arranged, direct_payment_gross=direct, maximum_weekly_contribution=contribution,
        pays_full_cost=full,
    )  # fmt: skip
    assert week.charge == law["weekly_charge"]
    assert week.into_account == law["paid_into_account"]
    assert week.invoiced == law["contribution_invoiced"]
    assert week.direct_payment_net == law["direct_payment_net"]


@given(st.integers(0, 100_000), st.integers(1, 7))
def test_a_part_of_a_week_comes_to_what_the_rule_of_the_law_says(contribution, days):
    care = Care((weekly(10_000_000, starts=MONDAY + 7 - days),))
    law = _by_the_law(weekly_charge=contribution, days_charged=days)
    assert charge_for(care, always(contribution), WEEK).charge == law["charge_for_part_week"]


def _by_the_law(**instead):
    return read(CASE.policy, {**complete(CASE.policy, CASE.told), **instead})


CASE = assess(
    read_case(
        tree_of(
            {
                "council": "cambridgeshire", "on": "2026-06-01", "person": {"born": "1941-03-02"},
                "care": {"setting": "own_home", "weekly_cost": "100.00"}, "capital": [], "income": [],
                "housing_costs": [], "disability_related_expenditure": [],
            },
            name="case",
        )
    )
)  # fmt: skip


@given(cares(), CONTRIBUTIONS, st.sampled_from(CapPeriod))
def test_nobody_is_charged_more_than_the_care_cost_or_less_than_nought(care, contributions, cap):
    charge = charge_for(care, contributions, PERIOD, cap=cap)
    cost = sum(week.cost for week in charge.weeks)
    assert 0 <= charge.charge <= cost
    assert charge.charge == charge.into_account + charge.invoiced
    assert charge.into_account >= 0 and charge.invoiced >= 0 and charge.direct_payment_net >= 0
    for week in charge.weeks:
        assert 0 <= week.charge <= min(week.cost, week.contribution)


@given(cares(), CONTRIBUTIONS)
def test_a_plain_reckoning_day_by_day_comes_to_the_same(care, contributions):
    """The same in the plainest way: every day on its own, exact until the end of a stretch at one rate."""
    for week in charge_for(care, contributions, PERIOD).weeks:
        assert week.cost == sum(_plain_cost(care, each, week.days) for each in care.services if each.is_chargeable)
        assert week.contribution == _plain_contribution(care, contributions, week.days)


def _plain_cost(care, service, days):
    by_rate, whole = {}, 0
    for on in range(days.first, days.last + 1):
        stopped = (care.died is not None and on > care.died) or any(
            each.days.first <= on <= each.days.last and each.service in ("", service.reference) for each in care.breaks
        )
        if stopped or not service.starts <= on <= service.ends:
            continue
        rate = [each.pence for each in service.rates if each.since <= on][-1]
        given_on = (
            care.delivered.get((service.reference, on), 0) if service.is_by_delivery else service.planned[(on - 1) % 7]
        )
        if service.unit is Unit.WEEK:
            by_rate[rate] = by_rate.get(rate, 0) + 1
        else:
            whole += rate * given_on // (60 if service.unit is Unit.HOUR else 1)
    return whole + sum(rate * count // 7 for rate, count in by_rate.items())


def _plain_contribution(care, contributions, days):
    by_decision = {}
    for on in range(days.first, days.last + 1):
        runs = any(
            each.is_chargeable and each.starts <= on <= each.ends and not (care.died is not None and on > care.died)
            and not any(one.days.first <= on <= one.days.last and one.service in ("", each.reference) for one in care.breaks)
            for each in care.services
        )  # fmt: skip
        if runs:
            decision = [each for each in contributions if each.since <= on][-1]
            by_decision.setdefault(decision, []).append(on)
    total = 0
    for decision, on in by_decision.items():
        if decision.weekly is None:
            until = min([each.since - 1 for each in contributions if each.since > decision.since], default=days.last)
            stretch = Stretch(max(decision.since, days.first), min(until, days.last))
            total += sum(_plain_cost(care, each, stretch) for each in care.services if each.is_chargeable)
        else:
            total += decision.weekly * len(on) // 7
    return total


def test_an_individual_service_fund_is_invoiced_as_arranged_care_is():
    care = Care((weekly(30_000, taken_as=TakenAs.FUND),))
    assert invoiced(care, always(10_000)) == 40_000


def test_the_period_of_the_examples_begins_on_a_monday():
    assert day("2026-06-01") == MONDAY and (MONDAY - 1) % 7 == 0

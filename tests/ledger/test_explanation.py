"""Every adjustment of a week is told in a sentence, and so is what changed since it was invoiced."""

from farthing.ledger.billing_periods import Stretch
from farthing.ledger.care import Break, Care, Unit, Why
from farthing.ledger.charge import charge_for
from farthing.ledger.explanation import quantity, what_changed, why
from tests.ledger.histories import MONDAY, always, direct_payment, pays, weekly

WEEK = Stretch(MONDAY, MONDAY + 6)


def week(care, contributions):
    return charge_for(care, contributions, WEEK).weeks[0]


def test_an_ordinary_week_needs_no_explaining():
    assert why(week(Care((weekly(30_000),)), always(10_000))) == ()


def test_a_week_in_hospital_is_told_with_its_days():
    care = Care((weekly(70_000),), (Break(Why.HOSPITAL, Stretch(MONDAY + 1, MONDAY + 4)),))
    assert why(week(care, always(7_000))) == (
        "4 days not charged: in hospital.",
        "From 1 June 2026: 3 days at £70.00 a week, £30.00.",
    )


def test_several_decisions_are_told_each_with_its_days():
    assert why(week(Care((weekly(70_000),)), pays((1, 7_000), (MONDAY + 3, None)))) == (
        "From 1 June 2026: 3 days at £70.00 a week, £30.00.",
        "From 4 June 2026: 4 days at the full cost, £400.00.",
    )


def test_a_week_that_cost_less_than_the_contribution_says_so():
    (said,) = why(week(Care((weekly(3_000),)), always(10_000)))
    assert said == "The care cost £30.00, less than the contribution of £100.00, so its cost is charged."


def test_what_goes_into_the_direct_payment_account_is_told():
    (said,) = why(week(Care((direct_payment(4_800),)), always(2_800)))
    assert said == "£28.00 of it is paid into the direct payment account."


def test_a_week_that_did_not_change_has_nothing_to_tell():
    one = week(Care((weekly(30_000),)), always(10_000))
    assert what_changed(one, one) == () == what_changed(None, None)


def test_a_new_decision_is_told_with_what_it_was():
    care = Care((weekly(30_000),))
    assert what_changed(week(care, always(10_000)), week(care, pays((1, 1), (MONDAY, 6_000)))) == (
        "The contribution is £60.00, by decision D-2; it was £100.00.",
        "The charge is £60.00; it was £100.00.",
    )


def test_visits_that_were_fewer_are_told_with_what_they_were():
    visits = weekly(2_000, unit=Unit.VISIT, planned=(1,) * 7, is_by_delivery=True)
    before = week(Care((visits,), delivered={("S-1", MONDAY): 3}), always(10_000))
    after = week(Care((visits,), delivered={("S-1", MONDAY): 1}), always(10_000))
    assert what_changed(before, after) == (
        "Home care: 1 visit, £20.00; it was 3 visits, £60.00.",
        "The charge is £20.00; it was £60.00.",
    )


def test_a_week_charged_for_the_first_time_or_no_longer_says_so():
    one = week(Care((weekly(30_000),)), always(10_000))
    assert what_changed(None, one) == ("This week was not charged before.",)
    assert what_changed(one, None) == ("This week is no longer charged.",)


def test_hours_are_told_in_hours_and_minutes():
    cost = week(Care((weekly(2_000, unit=Unit.HOUR, planned=(90,) * 7),)), always(None)).costs[0]
    assert [quantity(cost, amount) for amount in (630, 60, 45, 0)] == [
        "10 hours 30 minutes",
        "1 hour",
        "45 minutes",
        "none",
    ]

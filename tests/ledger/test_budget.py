"""A personal budget: the whole, the person's part and the council's part, however it is taken."""

import pytest
from hypothesis import given

from farthing.ledger.billing_periods import Stretch
from farthing.ledger.budget import BudgetPart, budget_for
from farthing.ledger.care import Care, TakenAs
from farthing.ledger.charge import Undecided, charge_for
from tests.ledger.histories import CONTRIBUTIONS, DAYS, MONDAY, always, cares, direct_payment, weekly


def test_forty_eight_pounds_less_twenty_eight_leaves_a_direct_payment_of_twenty():
    """The council's own example: Cambridgeshire County Council, Paying for care."""
    found = budget_for(Care((direct_payment(4_800),)), always(2_800), MONDAY)
    assert (found.total, found.person_pays, found.council_pays) == (4_800, 2_800, 2_000)
    assert found.parts == {TakenAs.DIRECT_PAYMENT: BudgetPart(4_800, 2_800)}


def test_the_contribution_goes_into_the_direct_payment_where_that_is_the_larger():
    care = Care((direct_payment(4_800), weekly(4_000)))
    assert budget_for(care, always(2_800), MONDAY).parts == {
        TakenAs.DIRECT_PAYMENT: BudgetPart(4_800, 2_800),
        TakenAs.ARRANGED: BudgetPart(4_000, 0),
    }


def test_care_that_is_not_charged_for_is_in_the_budget_and_in_the_councils_part():
    care = Care((weekly(4_000), weekly(9_000, "S-2", is_chargeable=False)))
    found = budget_for(care, always(5_000), MONDAY)
    assert (found.total, found.person_pays, found.council_pays) == (13_000, 4_000, 9_000)


def test_a_fund_is_paid_into_after_what_is_arranged():
    care = Care((weekly(1_000), weekly(3_000, "S-2", taken_as=TakenAs.FUND)))
    assert budget_for(care, always(2_500), MONDAY).parts == {
        TakenAs.ARRANGED: BudgetPart(1_000, 1_000),
        TakenAs.FUND: BudgetPart(3_000, 1_500),
    }


def test_nothing_is_guessed_where_nobody_has_decided():
    with pytest.raises(Undecided):
        budget_for(Care((weekly(4_000),)), (), MONDAY)


@given(cares(), CONTRIBUTIONS, DAYS)
def test_the_parts_come_to_the_whole_and_nobody_pays_more_than_is_charged(care, contributions, since):
    found = budget_for(care, contributions, since)
    assert found.person_pays + found.council_pays == found.total == sum(cost.cost for cost in found.costs)
    assert all(0 <= part.person_pays <= part.amount for part in found.parts.values())
    planned = Care(tuple(cost.service for cost in found.costs))
    assert found.person_pays == charge_for(planned, contributions, Stretch(since, since + 6)).charge

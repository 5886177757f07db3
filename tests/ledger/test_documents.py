"""An invoice that is no longer right is mirrored whole by a credit note, and its days are invoiced anew."""

from hypothesis import given
from hypothesis import strategies as st

from farthing.ledger.billing_periods import Calendar
from farthing.ledger.care import Break, Care, Why
from farthing.ledger.charge import charge_for
from farthing.ledger.documents import Issued, documents, may_be_invoiced, reaches_too_far_back
from tests.ledger.histories import CONTRIBUTIONS, MONDAY, always, cares, pays, weekly

CALENDAR = Calendar(MONDAY)
PERIODS = range(1, 4)


def charges(care, contributions, until=3):
    return {number: charge_for(care, contributions, CALENDAR.period(number)) for number in range(1, until + 1)}


def issue(found, issued, number):
    """What stands after documents are issued."""
    kept = [each for each in issued if each not in found.mirrored]
    return [*kept, Issued(number, found.invoiced)] if found.invoiced else kept


def owed(issued):
    return sum(charge.invoiced for each in issued for charge in each.charges.values())


CARE = Care((weekly(30_000),))


def test_the_first_run_invoices_its_period():
    found = documents(charges(CARE, always(10_000)), [], until=1)
    assert (found.mirrored, [*found.invoiced], found.total) == ((), [1], 40_000)


def test_nothing_new_is_issued_where_nothing_changed():
    first = documents(charges(CARE, always(10_000)), [], until=1)
    again = documents(charges(CARE, always(10_000)), issue(first, [], "I-1"), until=1)
    assert (again.mirrored, again.invoiced) == ((), {})


def test_a_decrease_in_the_past_is_credited_whole_and_invoiced_anew():
    issued = issue(documents(charges(CARE, always(10_000)), [], until=1), [], "I-1")
    found = documents(charges(CARE, pays((1, 10_000), (MONDAY + 14, 6_000))), issued, until=2)
    assert [each.number for each in found.mirrored] == ["I-1"]
    assert [found.invoiced[number].invoiced for number in (1, 2)] == [32_000, 24_000]
    assert found.total == 24_000 - 8_000


def test_care_that_cost_less_changes_nothing_while_it_costs_more_than_the_contribution():
    issued = issue(documents(charges(CARE, always(10_000)), [], until=1), [], "I-1")
    again = documents(charges(Care((weekly(20_000),)), always(10_000)), issued, until=1)
    assert (again.mirrored, again.invoiced) == ((), {})


def test_an_invoice_that_is_retracted_is_mirrored_though_it_is_right():
    issued = issue(documents(charges(CARE, always(10_000)), [], until=1), [], "I-1")
    found = documents({}, issued, until=1, retracted={"I-1"})
    assert (found.total, found.invoiced) == (-40_000, {})


def test_periods_that_were_held_are_invoiced_together_once_they_are_not():
    found = documents(charges(CARE, always(10_000)), [], until=3)
    assert ([*found.invoiced], found.total) == ([1, 2, 3], 120_000)


def test_a_bill_that_reaches_more_than_eight_weeks_back_is_seen():
    found = documents(charges(CARE, always(10_000)), [], until=3)
    assert not reaches_too_far_back(found, today=MONDAY + 56)
    assert reaches_too_far_back(found, today=MONDAY + 57)


def test_what_was_billed_long_ago_as_it_is_now_reaches_back_no_further_than_the_change():
    issued = [Issued("I-1", charges(CARE, always(10_000)))]
    away = Care(CARE.services, (Break(Why.HOSPITAL, CALENDAR.period(3)),))
    found = documents(charges(away, always(10_000)), issued, until=3)
    assert found.mirrored and not reaches_too_far_back(found, today=CALENDAR.period(3).first + 56)


def test_the_first_invoice_comes_between_eight_days_and_five_weeks_after_care_starts():
    for later in range(28):
        starts = MONDAY + later
        first = next(number for number in PERIODS if may_be_invoiced(CALENDAR, starts, number))
        assert 8 <= CALENDAR.period(first).last + 1 - starts <= 35


@given(st.lists(st.tuples(cares(), CONTRIBUTIONS), min_size=1, max_size=4))
def test_whatever_is_learned_later_what_is_invoiced_comes_to_what_is_charged(histories):
    issued = []
    for number, (care, contributions) in enumerate(histories):
        known = charges(care, contributions)
        found = documents(known, issued, until=min(number + 1, 3))
        before, issued = owed(issued), issue(found, issued, f"I-{number}")
        assert owed(issued) - before == found.total
        assert owed(issued) == sum(known[period].invoiced for period in range(1, min(number + 1, 3) + 1))

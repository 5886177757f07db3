"""Postings balance, and a run that posts differences comes to the same however often it is stopped or run again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farthing.ledger.billing_periods import Stretch
from farthing.ledger.care import Care
from farthing.ledger.charge import CapPeriod, charge_for
from farthing.ledger.posting import MOVES, Account, Entry, Key, Posting, Reason, balances, differences, entry, should_be
from tests.ledger.histories import CONTRIBUTIONS, PERIOD, always, cares, direct_payment, weekly

NEXT = Stretch(PERIOD.last + 1, PERIOD.last + 28)


def posted_by(entries):
    found = {}
    for each in entries:
        found[each.key] = found.get(each.key, 0) + each.amount
    return found


def test_a_contribution_is_owed_and_a_direct_payment_is_due():
    charge = charge_for(Care((direct_payment(4_800), weekly(10_000))), always(2_800), PERIOD)
    found = balances(differences(should_be("P-1", [charge]), {}))
    assert found == {
        (Account.OWED_BY_PERSON, "P-1"): 11_200,
        (Account.CONTRIBUTIONS, ""): -11_200,
        (Account.DIRECT_PAYMENT_COST, ""): 19_200,
        (Account.DIRECT_PAYMENT_DUE, "P-1"): -19_200,
    }


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_moves_between_two_accounts(reason):
    debited, credited = MOVES[reason]
    assert debited is not credited
    assert sum(each.amount for each in entry(Key("P-1", reason, 1, 7), 500).postings) == 0


def test_what_does_not_balance_is_no_entry():
    with pytest.raises(ValueError, match="does not balance"):
        Entry(Key("P-1", Reason.CONTRIBUTION, 1, 7), (Posting(Account.OWED_BY_PERSON, "P-1", 5),))


HISTORIES = st.lists(st.tuples(cares(), CONTRIBUTIONS), min_size=1, max_size=4)


@given(HISTORIES, st.sampled_from(CapPeriod), st.data())
def test_whatever_is_learned_later_the_ledger_comes_to_what_is_known_last(histories, cap, data):
    """Runs over what was known at the time, each stopped at any entry, end where one run over the last knowledge would."""
    entries = []
    for care, contributions in histories:
        should = should_be("P-1", [charge_for(care, contributions, days, cap=cap) for days in (PERIOD, NEXT)])
        wanted = list(differences(should, posted_by(entries)))
        entries += wanted[: data.draw(st.integers(0, len(wanted)))]
    entries += differences(should, posted_by(entries))
    assert {key: amount for key, amount in posted_by(entries).items() if amount} == should
    assert list(differences(should, posted_by(entries))) == []
    assert sum(balances(entries).values()) == 0
    once = balances(differences(should, {}))
    assert {key: amount for key, amount in balances(entries).items() if amount} == {k: v for k, v in once.items() if v}


@given(cares(), CONTRIBUTIONS, st.sampled_from(CapPeriod))
def test_what_should_be_posted_is_what_is_charged(care, contributions, cap):
    charge = charge_for(care, contributions, PERIOD, cap=cap)
    should = should_be("P-1", [charge])
    assert sum(amount for key, amount in should.items() if key.reason is Reason.CONTRIBUTION) == charge.invoiced

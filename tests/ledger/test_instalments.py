"""Instalments come to the whole sum and differ by a penny at most."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farthing.ledger.instalments import instalments


@given(st.integers(1, 10_000_000), st.integers(1, 104))
def test_they_come_to_the_sum_and_differ_by_a_penny_at_most(amount, count):
    if count > amount:
        with pytest.raises(ValueError, match="cannot be paid"):
            instalments(amount, count)
        return
    found = instalments(amount, count)
    assert (sum(found), len(found)) == (amount, count)
    assert max(found) - min(found) <= 1 and list(found) == sorted(found, reverse=True)


def test_nothing_is_paid_in_no_instalments():
    with pytest.raises(ValueError, match="cannot be paid"):
        instalments(100, 0)

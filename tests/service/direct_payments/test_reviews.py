"""Returns of the account, spending the plan does not allow, surpluses reclaimed by agreement, and reviews by the law."""

from datetime import UTC, date, datetime

import pytest

from farthing.base.refusal import Refusal
from farthing.exchange.working_days import WorkingDays
from farthing.ledger.posting import Account
from farthing.service.direct_payments.reckoning import processed_on, review_due, surplus
from farthing.service.direct_payments.selectors import of_person, reviews_due
from farthing.service.direct_payments.services import agreements, reviews
from farthing.service.ledger.selectors import balances_of, trial_balance
from tests.service.direct_payments.invented import GROSS, REASON, agreed, paid, somebody

AT = datetime(2026, 7, 1, 10, tzinfo=UTC)
MET = "The payments meet the needs, and are well looked after."


def returned(person, officer, **changed):
    given = {
        "first": date(2026, 3, 30), "last": date(2026, 6, 21), "opening": 0, "paid_in": 100_000, "paid_out": 40_000,
        "closing": 60_000, "evidence": "E-000009", "received_on": date(2026, 6, 30),
    }  # fmt: skip
    return reviews.record_return(person, **{**given, **changed}, by=officer, at=AT)


def reclaimed(account_return, officer, **changed):
    given = {"amount": 21_600, "gross": GROSS, "weeks": 8, "agreed_with": "Ada", "agreed_on": date(2026, 7, 1)}
    return reviews.agree_reclaim(account_return, **{**given, **changed}, by=officer, at=AT)


@pytest.mark.parametrize(
    ("held", "due"),
    [
        ([], date(2026, 9, 27)),
        ([date(2026, 1, 1)], date(2026, 9, 27)),
        ([date(2026, 9, 1)], date(2027, 9, 1)),
        ([date(2026, 9, 1), date(2027, 2, 28)], date(2028, 2, 28)),
    ],
)
def test_a_review_is_due_six_months_after_the_first_payment_and_then_each_year_after_the_last(held, due):
    assert review_due(date(2026, 3, 27), held) == due


def test_a_surplus_is_what_lies_above_so_many_weeks():
    assert [surplus(closing, gross=4_800, weeks=8) for closing in (38_399, 38_400, 38_401, -1)] == [0, 0, 1, 0]
    with pytest.raises(ValueError, match="not below nought"):
        surplus(1, gross=4_800, weeks=-1)


def test_a_payment_for_a_day_after_a_bank_holiday_is_there_before_it():
    starts, made = date(2026, 4, 6).toordinal(), date(2026, 3, 20).toordinal()  # Easter Monday
    assert date.fromordinal(processed_on(starts, made, WorkingDays())) == date(2026, 4, 1)


@pytest.mark.django_db
def test_a_return_whose_balances_do_not_agree_is_refused_with_what_they_should_be(officer):
    with pytest.raises(Refusal, match=r"makes it £600.00"):
        returned(somebody(by=officer), officer, closing=60_001)
    with pytest.raises(Refusal) as refused:
        returned(somebody(by=officer), officer, last=date(2026, 3, 1), evidence="")
    assert {each.field for each in refused.value.problems} == {"last", "evidence"}


@pytest.mark.django_db
def test_spending_the_plan_does_not_allow_is_recorded_with_its_reason(officer):
    ada = somebody(by=officer)
    found = returned(ada, officer)
    reviews.record_not_allowed(found, amount=1_250, reason="Household bills are not in the plan.", by=officer, at=AT)
    assert [each.amount for each in of_person(ada, today=AT.date()).returns[0].not_allowed.all()] == [1_250]
    for amount, reason in ((40_001, REASON), (0, REASON), (1, "no")):
        with pytest.raises(Refusal):
            reviews.record_not_allowed(found, amount=amount, reason=reason, by=officer, at=AT)


@pytest.mark.django_db
def test_a_surplus_is_reclaimed_by_agreement_once_and_then_owed(officer):
    ada = somebody(by=officer)
    found = returned(ada, officer)
    for wrong in ({"amount": 21_601}, {"amount": 0}, {"agreed_with": " "}, {"agreed_on": date(2026, 6, 29)}):
        with pytest.raises(Refusal):
            reclaimed(found, officer, **wrong)
    assert balances_of([ada])[ada.pk] == 0
    reclaim = reclaimed(found, officer)
    assert balances_of([ada])[ada.pk] == 21_600 and trial_balance()[Account.DIRECT_PAYMENT_COST] == -21_600
    assert reclaim.reference.startswith("DC-")
    with pytest.raises(Refusal, match="reclaimed from already"):
        reclaimed(found, officer, amount=1)


@pytest.mark.django_db
def test_reviews_due_are_of_all_who_were_paid_and_go_on(officer, clerk, manager, pays_from):
    ada, ben, eve = (somebody(by=officer) for _ in range(3))
    agreed(ada, by=officer, checker=clerk)
    ended = agreed(ben, by=officer, checker=clerk)
    agreed(eve, by=officer, checker=None)
    paid(1, by=clerk, released_by=manager)
    agreements.end(ended, last=date(2026, 5, 1), reason=REASON, by=officer, at=AT)
    assert reviews_due(date(2026, 9, 26)) == []
    assert [(each.person, each.by) for each in reviews_due(date(2026, 9, 27))] == [(ada, date(2026, 9, 27))]
    reviews.record_review(ada, held_on=date(2026, 7, 1), is_appropriate=True, says=MET, by=officer, at=AT)
    assert reviews_due(date(2026, 9, 27)) == [] and of_person(ada, today=AT.date()).review_by == date(2027, 7, 1)

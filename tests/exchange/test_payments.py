"""What no bank would take is refused before a file is written, whatever the file's format."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from farthing.base.days import day
from farthing.base.refusal import Refusal
from farthing.exchange import bacs_standard_18, pain_001
from farthing.exchange.bank_details import BankAccount
from farthing.exchange.payments import MOST_PENCE, Originator, Payment
from farthing.exchange.working_days import WorkingDays
from tests.exchange.invented import BRIEN, COUNCIL, FIRST_DAY, MADE_ON, ONE_DAY, SECOND_DAY, WORKING_DAYS

WRITERS = pytest.mark.parametrize("write", [bacs_standard_18.write, pain_001.write])

Write = Callable[..., bytes]


def refusal(
    write: Write, payments: tuple[Payment, ...], originator: Originator = COUNCIL, **changes: object
) -> Refusal:
    with pytest.raises(Refusal) as refused:
        write(payments, originator, **{"made_on": MADE_ON, "working_days": WORKING_DAYS, **changes})
    assert all(problem.what_to_do for problem in refused.value.problems)
    return refused.value


@WRITERS
@pytest.mark.parametrize(
    ("change", "field", "wrong"),
    [
        ({"amount": 0}, "amount", "is not above nought"),
        ({"amount": -1}, "amount", "is not above nought"),
        ({"amount": MOST_PENCE + 1}, "amount", "is above 99999999999 pence"),
        ({"reference": ""}, "reference", "is empty"),
        ({"reference": "DP/0000102/2026-05-07"}, "reference", "has 21 characters"),
        ({"reference": "dp0000102"}, "reference", "has a character banks do not take"),
        ({"reference": "DP 0000102 "}, "reference", "a space too many"),
        ({"reference": "DP\r\n0000102"}, "reference", "has a character banks do not take"),
        ({"reference": "DP£102"}, "reference", "has a character banks do not take"),
        ({"reference": "DP0000101"}, "reference", "is that of payments[0] too"),
        ({"day": day("2026-05-09")}, "day", "is no working day: 9 May 2026"),
        ({"day": day("2026-05-25")}, "day", "is no working day: 25 May 2026"),
        ({"day": MADE_ON}, "day", "the file is made on 5 May 2026"),
        ({"day": day("2031-01-02")}, "day", "bank holidays are known from"),
        ({"to": BankAccount("08999", "66374958", "A EXAMPLE")}, "to.sort_code", "is not a sort code"),
        ({"to": BankAccount("089999", "6637495", "A EXAMPLE")}, "to.account_number", "is not an account number"),
        ({"to": BankAccount("089999", "66374958", "Siân")}, "to.name", "has a character banks do not take"),
        ({"to": BankAccount("089999", "66374958", "")}, "to.name", "is empty"),
        ({"to": BankAccount("089999", "66374958", "A EXAMPLE", "1234567890123456789")}, "to.roll_number", "has 19"),
    ],
)
def test_a_payment_no_bank_would_take_is_refused_by_its_place(write, change, field, wrong):
    second = replace(Payment("DP0000102", 100, BRIEN, FIRST_DAY), **change)
    problems = refusal(write, (ONE_DAY[0], second)).problems
    assert [problem.field for problem in problems if wrong in problem.problem] == [f"payments[1].{field}"], problems


@WRITERS
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"service_user_number": "12345"}, "service_user_number"),
        ({"name": "Example Council"}, "name"),
        ({"file_serial": 0}, "file_serial"),
        ({"file_serial": 1_000_000}, "file_serial"),
        ({"account": BankAccount("107999", "00000000", "EXAMPLE")}, "account.account_number"),
    ],
)
def test_a_payer_no_bank_would_take_is_refused(write, change, field):
    (problem,) = refusal(write, ONE_DAY, replace(COUNCIL, **change)).problems
    assert problem.field == f"originator.{field}"


@WRITERS
def test_a_file_that_pays_nobody_is_refused(write):
    (problem,) = refusal(write, ()).problems
    assert str(problem) == "payments are none. Make no file where nobody is to be paid"


@WRITERS
def test_an_account_number_of_noughts_is_taken_with_a_roll_number_and_refused_without(write):
    society = BankAccount("839207", "00000000", "B EXAMPLE", "123456789")
    paid = Payment("DP1", 100, society, FIRST_DAY)
    assert write((paid,), COUNCIL, made_on=MADE_ON, working_days=WORKING_DAYS)
    (problem,) = refusal(write, (replace(paid, to=replace(society, roll_number="")),)).problems
    assert problem.field == "payments[0].to.account_number"


@WRITERS
def test_payments_that_come_to_more_than_the_file_holds_are_refused(write):
    payments = tuple(Payment(f"DP{number}", MOST_PENCE, BRIEN, FIRST_DAY) for number in (1, 2))
    (problem,) = refusal(write, payments).problems
    assert problem.field == "payments"
    assert "Make two files" in problem.what_to_do


@WRITERS
def test_the_most_a_file_holds_is_taken(write):
    payments = (Payment("DP1", MOST_PENCE, BRIEN, FIRST_DAY), Payment("DP2", MOST_PENCE, BRIEN, SECOND_DAY))
    assert write(payments, COUNCIL, made_on=MADE_ON, working_days=WORKING_DAYS)


@WRITERS
def test_a_day_the_council_says_its_bank_is_closed_is_refused(write):
    closed = WorkingDays(frozenset({FIRST_DAY}))
    (problem,) = refusal(write, ONE_DAY, working_days=closed).problems
    assert problem.field == "payments[0].day"


@WRITERS
def test_everything_that_is_wrong_is_said_at_once(write):
    payments = (Payment("dp", 0, BankAccount("1", "2", "é"), MADE_ON),)
    fields = {problem.field for problem in refusal(write, payments, replace(COUNCIL, name="")).problems}
    assert fields == {
        "originator.name",
        "payments[0].amount",
        "payments[0].reference",
        "payments[0].to.sort_code",
        "payments[0].to.account_number",
        "payments[0].to.name",
        "payments[0].day",
    }


@WRITERS
def test_a_refusal_names_no_account_and_nobody(write):
    payments = (Payment("DP1", 0, BankAccount("0899990", "663749581", "Secret Sián"), FIRST_DAY),)
    said = str(refusal(write, payments))
    assert not any(secret in said for secret in ("0899990", "663749581", "Secret"))

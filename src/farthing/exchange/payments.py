"""What is paid, to whom and by whom; and what every bank would refuse, found before a file is written."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from farthing.base.days import in_words
from farthing.base.refusal import Problem, Refusal
from farthing.exchange.bank_details import (
    REFERENCE_LENGTH,
    BankAccount,
    is_account_number,
    is_in_bank_letters,
    is_sort_code,
)
from farthing.exchange.working_days import WorkingDays

MOST_PENCE = 99_999_999_999
"""The most that the eleven figures of an amount in a Bacs file hold: of a payment, and of a day's payments together."""

HIGHEST_SERIAL = 999_999


@dataclass(frozen=True, slots=True)
class Payment:
    """One sum to one account. ``amount`` is in whole pence.

    ``reference`` is what the receiver's statement shows, of 1 to 18 characters, and no other payment's in the file.
    ``day`` is the day number on which Bacs is to process it: the money arrives on the working day after.
    """

    reference: str
    amount: int
    to: BankAccount
    day: int


@dataclass(frozen=True, slots=True)
class Originator:
    """Who pays: the six-figure number Bacs gave, the account the money comes from, and the serial number of the file.

    ``file_serial``, from 1 to 999999, makes the file's name with the bank; it is never used for another file.
    """

    service_user_number: str
    name: str
    account: BankAccount
    file_serial: int


def check(payments: Sequence[Payment], originator: Originator, *, made_on: int, working_days: WorkingDays) -> None:
    """Raises ``Refusal`` with everything a bank would refuse of the payments; ``made_on`` is the day the file is made."""
    problems = [
        *_originator_problems(originator),
        *_together_problems(payments),
        *(
            problem
            for number, payment in enumerate(payments)
            for problem in _payment_problems(f"payments[{number}]", payment)
        ),
        *_day_problems(payments, made_on, working_days),
    ]
    if problems:
        raise Refusal(*problems)


def totals_by_day(payments: Sequence[Payment]) -> dict[int, int]:
    """The pence of each day's payments together, the days in order."""
    totals = Counter[int]()
    for payment in payments:
        totals[payment.day] += payment.amount
    return dict(sorted(totals.items()))


def _originator_problems(originator: Originator) -> Iterator[Problem]:
    if re.fullmatch("[0-9]{6}", originator.service_user_number) is None:
        problem = f"is not six figures: {originator.service_user_number!r}"
        yield Problem("originator.service_user_number", problem, "Give the number that Bacs gave the council")
    if not is_in_bank_letters(originator.name):
        problem = f"has a character banks do not take: {originator.name!r}"
        yield Problem("originator.name", problem, "Use the capitals A to Z, figures, and . & / - only")
    if not 1 <= originator.file_serial <= HIGHEST_SERIAL:
        problem = f"is not from 1 to {HIGHEST_SERIAL}: {originator.file_serial}"
        yield Problem("originator.file_serial", problem, "Give the file the next serial number")
    yield from _account_problems("originator.account", originator.account)


def _together_problems(payments: Sequence[Payment]) -> Iterator[Problem]:
    if not payments:
        yield Problem("payments", "are none", "Make no file where nobody is to be paid")
    for day, total in totals_by_day(payments).items():
        if total > MOST_PENCE:
            problem = f"come to {total} pence on {in_words(day)}, and a file holds {MOST_PENCE}"
            yield Problem("payments", problem, "Make two files")
    first = dict[str, int]()
    for number, payment in enumerate(payments):
        if first.setdefault(payment.reference, number) != number:
            problem = f"is that of payments[{first[payment.reference]}] too: {payment.reference!r}"
            yield Problem(f"payments[{number}].reference", problem, "Give each payment a reference of its own")


def _payment_problems(where: str, payment: Payment) -> Iterator[Problem]:
    if payment.amount <= 0:
        problem = f"is not above nought: {payment.amount} pence"
        yield Problem(f"{where}.amount", problem, "Leave the payment out; a bank takes no refunds this way")
    elif payment.amount > MOST_PENCE:
        yield Problem(f"{where}.amount", f"is above {MOST_PENCE} pence: {payment.amount}", "Check it, or pay in two")
    yield from _text_problems(f"{where}.reference", payment.reference)
    yield from _account_problems(f"{where}.to", payment.to)


def _account_problems(where: str, account: BankAccount) -> Iterator[Problem]:
    if not is_sort_code(account.sort_code):
        yield Problem(f"{where}.sort_code", "is not a sort code", "Give six figures, without spaces or hyphens")
    if not is_account_number(account.account_number, account.roll_number):
        yield Problem(f"{where}.account_number", "is not an account number", "Give eight figures, without spaces")
    if not is_in_bank_letters(account.name):
        say = "Use the capitals A to Z, figures, and . & / - only"
        yield Problem(f"{where}.name", "is empty or has a character banks do not take", say)
    if account.roll_number:
        yield from _text_problems(f"{where}.roll_number", account.roll_number)


def _text_problems(where: str, text: str) -> Iterator[Problem]:
    if not text:
        yield Problem(where, "is empty", f"Give 1 to {REFERENCE_LENGTH} characters")
    elif len(text) > REFERENCE_LENGTH:
        yield Problem(where, f"has {len(text)} characters", f"Give 1 to {REFERENCE_LENGTH} characters")
    elif not is_in_bank_letters(text):
        say = "Use the capitals A to Z, figures, and . & / - only"
        yield Problem(where, "has a character banks do not take, or a space too many", say)


def _day_problems(payments: Sequence[Payment], made_on: int, working_days: WorkingDays) -> Iterator[Problem]:
    asked = dict[int, Problem | None]()
    for number, payment in enumerate(payments):
        if payment.day not in asked:
            asked[payment.day] = _day_problem(f"payments[{number}].day", payment.day, made_on, working_days)
    yield from (problem for problem in asked.values() if problem is not None)


def _day_problem(where: str, day: int, made_on: int, working_days: WorkingDays) -> Problem | None:
    """What is wrong with a processing day; the file must reach Bacs on a day before it."""
    try:
        if not working_days.is_working_day(day):
            return Problem(where, f"is no working day: {in_words(day)}", "Choose the working day before it")
    except Refusal as unknown:
        return Problem(where, unknown.problems[0].problem, unknown.problems[0].what_to_do)
    if day <= made_on:
        problem = f"is {in_words(day)}, and the file is made on {in_words(made_on)}"
        return Problem(where, problem, "Choose a working day after the file is made")
    return None

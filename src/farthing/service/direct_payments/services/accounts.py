"""The account kept for direct payments alone: keyed by one member of staff, held against a statement by another."""

from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from farthing.base.refusal import Problem, Refusal
from farthing.exchange.bank_details import read_bank_account
from farthing.exchange.modulus_check import Answer, Table, read_table
from farthing.service.access.models import Account
from farthing.service.audit.services import record
from farthing.service.direct_payments.models import AccountCheck, DedicatedAccount
from farthing.service.people.models import Person

NOT_MADE = "not made"
"""What ``DedicatedAccount.modulus`` says where the council supplies no tables."""


def key_account(
    person: Person,
    *,
    sort_code: str,
    account_number: str,
    name: str,
    roll_number: str = "",
    by: Account,
    at: datetime,
) -> DedicatedAccount:
    """Key the account direct payments of a person go to from now on, once it is checked.

    Raises ``Refusal`` with everything that is wrong with it, also where the account number cannot belong to the sort code.
    """
    read = read_bank_account(sort_code, account_number, name, roll_number)
    table = _modulus_table()
    answer = table.check(read) if table else NOT_MADE
    if answer is Answer.FAILS:
        say = "Check both against a statement of the bank"
        raise Refusal(Problem("account_number", "cannot belong to this sort code", say))
    with transaction.atomic():
        account = DedicatedAccount.objects.create(
            person=person, sort_code=read.sort_code, account_number=read.account_number, name=read.name,
            roll_number=read.roll_number, modulus=str(answer), keyed_by=by, keyed_at=at,
        )  # fmt: skip
        record(action="direct payment account keyed", actor=by.actor, about=person.reference, at=at,
               account=account.pk, modulus_check=account.modulus)  # fmt: skip
    return account


def check_account(account: DedicatedAccount, *, seen: str, by: Account, at: datetime) -> None:
    """Record that an account was held against what the bank wrote; ``seen`` is the reference of that evidence.

    Raises ``Refusal`` for whoever keyed it, without evidence, and where it was checked already.
    """
    problems = []
    if by.pk == account.keyed_by_id:
        problems.append(Problem("account", "was keyed by you", "Let somebody else check it"))
    if not seen.strip():
        problems.append(Problem("seen", "is empty", "Give the reference of the statement you saw"))
    if problems:
        raise Refusal(*problems)
    try:
        with transaction.atomic():
            AccountCheck.objects.create(account=account, seen=seen.strip(), by=by, at=at)
            about = account.person.reference
            record(action="direct payment account checked", actor=by.actor, about=about, at=at, account=account.pk)
    except IntegrityError as error:
        raise Refusal(Problem("account", "was checked already", "Look at it again")) from error


def _modulus_table() -> Table | None:
    """The tables of weights in the folder the council names; None where it names none."""
    folder = settings.MODULUS_TABLES
    return _table_in(Path(folder)) if folder else None


@cache
def _table_in(folder: Path) -> Table:
    try:
        weights = (folder / "valacdos.txt").read_text(encoding="ascii")
        substitutes = folder / "scsubtab.txt"
        return read_table(weights, substitutes.read_text(encoding="ascii") if substitutes.exists() else "")
    except OSError as error:
        say = "Put valacdos.txt and scsubtab.txt there, or leave the setting out"
        raise Refusal(Problem("FARTHING_MODULUS_TABLES", f"cannot be read: {error.strerror}", say)) from error

"""The file of a payment run: made once and kept, the same bytes whenever it is made again, whole in its folder or not there.

The council's setting ``PAYS_FROM`` says which account it pays from and which form its bank takes. One form is made of a run,
never two, so that no bank is sent the same payments twice.
"""

import os
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from farthing.base.money import shown
from farthing.base.refusal import Problem, Refusal
from farthing.exchange import bacs_standard_18, pain_001
from farthing.exchange.bank_details import BankAccount
from farthing.exchange.payments import Originator
from farthing.exchange.payments import Payment as ToPay
from farthing.exchange.working_days import WorkingDays
from farthing.ledger.posting import Reason
from farthing.service.direct_payments.models import Payment, PaymentFile, PaymentRun
from farthing.service.ledger.models import LedgerEntry

BACS, PAIN_03, PAIN_09 = "bacs_standard_18", pain_001.Version.V03.value, pain_001.Version.V09.value
ENDINGS = {BACS: "txt", PAIN_03: "xml", PAIN_09: "xml"}
"""The forms a bank takes, and how the name of a file ends."""

OF_THE_COUNCIL = ("service_user", "name", "sort_code", "account_number", "form")
"""What ``PAYS_FROM`` must give."""


def pays_from() -> Mapping[str, str]:
    """The account the council pays from and the form of its files. Raises ``Refusal`` with what is not set."""
    given: Mapping[str, str] = settings.PAYS_FROM
    if missing := [name for name in OF_THE_COUNCIL if not given.get(name)]:
        raise Refusal(
            *(Problem(f"FARTHING_PAYS_FROM_{name.upper()}", "is not set", "Set it, and pay then") for name in missing)
        )
    if given["form"] not in ENDINGS:
        problem = f"is none of {', '.join(ENDINGS)}"
        raise Refusal(Problem("FARTHING_PAYS_FROM_FORM", problem, "Set it to the form the council's bank takes"))
    return {name: given[name] for name in OF_THE_COUNCIL}


def written(run: PaymentRun, payments: Sequence[Payment]) -> bytes:
    """The bytes of the file of payments in a run that was let go. Raises ``Refusal`` with what a bank would refuse."""
    if run.pays_on is None or run.made_on is None:
        raise Refusal(Problem("run", "has no day of payment", "Let it be released first"))
    day = run.pays_on.toordinal()
    wanted = [ToPay(each.reference, each.amount, each.account.at_bank, day) for each in payments]
    given: dict[str, Any] = {"made_on": run.made_on.toordinal(), "working_days": WorkingDays()}
    originator = _originator(run)
    if run.form == BACS:
        return bacs_standard_18.write(wanted, originator, **given)
    return pain_001.write(wanted, originator, version=pain_001.Version(run.form), **given)


def make(run: PaymentRun) -> PaymentFile | None:
    """Make and keep the file of a run, in the caller's transaction; None where it pays nobody.

    Its total is what the ledger says the run paid out, and it reads back as it was written.
    """
    payments = _payments(run)
    paid_out = paid_out_by(run)
    if not payments:
        return None
    content = written(run, payments)
    if not paid_out == _total_read(run, content) == sum(each.amount for each in payments):
        raise ValueError(f"the file of {run.name} does not come to the {shown(paid_out)} the ledger says it pays")
    return PaymentFile.objects.create(run=run, content=content, digest=sha256(content).hexdigest(), total=paid_out)


def paid_out_by(run: PaymentRun) -> int:
    """What the ledger says a run paid out, in pence."""
    rows = LedgerEntry.objects.filter(reason=Reason.PAID_OUT, comes_from=run.name)
    return rows.aggregate(amount=Sum("amount"))["amount"] or 0


def put_in_place(run: PaymentRun) -> Path | None:
    """Put the kept file of a run into the folder for the bank, whole; one that was cut off there is replaced."""
    with transaction.atomic():
        PaymentRun.objects.select_for_update().get(pk=run.pk)  # two who write it at once would spoil each other's
        kept = PaymentFile.objects.filter(run=run).first()
        if kept is None:
            return None
        place = place_of(run)
        if not is_whole(kept, place):
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_whole(place, bytes(kept.content))
    return place


def place_of(run: PaymentRun) -> Path:
    """Where the file of a run lies for whoever sends it to the bank. The name holds nothing personal."""
    return Path(settings.DATA) / "payment-files" / f"{run.name}.{ENDINGS[run.form]}"


def is_whole(kept: PaymentFile, place: Path) -> bool:
    """Whether the file in a place is the one that was made, to the last byte."""
    return place.exists() and sha256(place.read_bytes()).hexdigest() == kept.digest


def _payments(run: PaymentRun) -> list[Payment]:
    return list(run.payments.select_related("account").order_by("reference"))


def _originator(run: PaymentRun) -> Originator:
    given = run.originator
    account = BankAccount(given["sort_code"], given["account_number"], given["name"])
    return Originator(given["service_user"], given["name"], account, run.number)


def _total_read(run: PaymentRun, content: bytes) -> int:
    return bacs_standard_18.read(content).total if run.form == BACS else pain_001.read(content).total


def _write_whole(place: Path, content: bytes) -> None:
    """Let a file appear whole or not at all, whatever happens meanwhile."""
    unfinished = place.with_name(f".{place.name}.unfinished")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    unfinished.replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

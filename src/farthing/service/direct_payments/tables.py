"""Every table of direct payments, row by row: what a spreadsheet or another program is given. Nobody is named in any."""

from collections.abc import Iterator, Sequence

from farthing.service.design.tables import Cell
from farthing.service.direct_payments.models import AccountReturn, Agreement, Payment, PaymentRun, SinglePayment


def _payments() -> Iterator[Sequence[Cell]]:
    columns = ("reference", "person__reference", "run__number", "run__pays_on", "amount")
    yield from Payment.objects.order_by("id").values_list(*columns).iterator()


def _runs() -> Iterator[Sequence[Cell]]:
    columns = ("reference", "number", "period", "state", "made_on", "pays_on", "form", "file__total")
    yield from PaymentRun.objects.order_by("number").values_list(*columns).iterator()


def _agreements() -> Iterator[Sequence[Cell]]:
    columns = ("reference", "person__reference", "starts_on", "signing__signed_on", "gross", "contribution", "net")
    yield from Agreement.objects.order_by("id").values_list(*columns).iterator()


def _single_payments() -> Iterator[Sequence[Cell]]:
    columns = ("reference", "agreement__person__reference", "kind", "amount")
    for *cells, approved_at in SinglePayment.objects.order_by("id").values_list(*columns, "approved_at").iterator():
        yield (*cells, "approved" if approved_at else "waits")


def _returns() -> Iterator[Sequence[Cell]]:
    columns = ("person__reference", "first", "last", "opening", "paid_in", "paid_out", "closing", "reclaim__amount")
    yield from AccountReturn.objects.order_by("id").values_list(*columns).iterator()


TABLES = {
    "payments": (["Payment", "Person", "Run", "Paid on", "Amount"], _payments, (4,)),
    "payment-runs": (["Run", "Number", "Period", "State", "Made on", "Paid on", "Form", "Total"], _runs, (7,)),
    "agreements": (
        ["Agreement", "Person", "Starts", "Signed", "Care a week", "Person pays", "Council pays"],
        _agreements,
        (4, 5, 6),
    ),
    "single-payments": (["Payment", "Person", "Kind", "Amount", "State"], _single_payments, (3,)),
    "account-returns": (
        ["Person", "First day", "Last day", "Before", "Paid in", "Paid out", "After", "Reclaimed"],
        _returns,
        (3, 4, 5, 6, 7),
    ),
}
"""Every table: its columns, its rows, and which columns are money."""

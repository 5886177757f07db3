"""Every table of the books, row by row: what a spreadsheet or another program is given. Nobody is named in any."""

from collections.abc import Iterator, Sequence

from farthing.service.billing.models import BillingRun, Paper, RunLine
from farthing.service.clock import day_of
from farthing.service.design.tables import Cell
from farthing.service.ledger.models import LedgerEntry


def _entries() -> Iterator[Sequence[Cell]]:
    columns = (
        "id", "posted_at", "person__reference", "reason", "first", "last", "of", "debited", "credited", "amount", "comes_from",
    )  # fmt: skip
    for number, at, *rest in LedgerEntry.objects.order_by("id").values_list(*columns).iterator():
        yield (number, day_of(at), *rest)


def _papers() -> Iterator[Sequence[Cell]]:
    rows = Paper.objects.select_related("person", "mirrors", "run").defer("charges", "says").order_by("id")
    for paper in rows.iterator():
        mirrored = paper.mirrors.name if paper.mirrors else ""
        yield (
            paper.name, paper.person.reference, paper.run.reference, paper.issued_on, paper.due_on, paper.first_period,
            paper.last_period, paper.earlier, paper.total, mirrored,
        )  # fmt: skip


def _lines() -> Iterator[Sequence[Cell]]:
    columns = ("run__reference", "run__period", "person__reference", "state", "before", "total", "differs")
    yield from RunLine.objects.order_by("id").values_list(*columns).iterator()


def _runs() -> Iterator[Sequence[Cell]]:
    for each in BillingRun.objects.select_related("person").order_by("id").iterator():
        alone = each.person.reference if each.person else ""
        yield (each.reference, each.period, alone, each.state, each.issued_on)


TABLES = {
    "ledger-entries": (
        [
            "Entry",
            "Posted",
            "Person",
            "Reason",
            "First day",
            "Last day",
            "Of",
            "Debited",
            "Credited",
            "Amount",
            "Comes from",
        ],
        _entries,
        (9,),
    ),
    "papers": (
        [
            "Paper",
            "Person",
            "Run",
            "Issued",
            "Due",
            "First period",
            "Last period",
            "Balance before",
            "Total",
            "Mirrors",
        ],
        _papers,
        (7, 8),
    ),
    "run-lines": (["Run", "Period", "Person", "State", "Last time", "This time", "Apart"], _lines, (4, 5, 6)),
    "runs": (["Run", "Period", "Person alone", "State", "Issued"], _runs, ()),
}
"""Every table of the books: its columns, its rows, and which columns are money."""

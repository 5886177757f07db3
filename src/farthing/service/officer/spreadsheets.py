"""Tables as files for a spreadsheet: streamed, and no text in them can be taken for a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.http import StreamingHttpResponse

from farthing.base.money import pounds
from farthing.service.clock import day_of
from farthing.service.design.tables import Cell

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class _Line:
    """What ``csv`` writes to, which hands each line back."""

    def write(self, line: str) -> str:
        return line


def file_of(
    name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, money: Iterable[int] = (), at: datetime
) -> StreamingHttpResponse:
    """A table as a file to download. ``money`` are the columns of pence, which are written in pounds and pence."""
    answered = StreamingHttpResponse(_lines(columns, rows, frozenset(money)), content_type="text/csv; charset=utf-8")
    answered.headers["Content-Disposition"] = f'attachment; filename="{name}-{day_of(at)}.csv"'
    answered.headers["X-Content-Type-Options"] = "nosniff"
    return answered


def as_text(text: str) -> str:
    """Text that a spreadsheet reads as text, whatever it begins with."""
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text


def as_cell(cell: Cell, *, is_money: bool = False) -> str:
    """A cell as the file has it: nothing for none, money in pounds and pence, days as 2026-04-06."""
    if cell is None:
        return ""
    if isinstance(cell, int):
        return pounds(cell) if is_money else str(cell)
    return cell.isoformat() if isinstance(cell, date) else as_text(cell)


def _lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]], money: frozenset[int]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow([as_text(column) for column in columns])
    for row in rows:
        yield writer.writerow([as_cell(cell, is_money=number in money) for number, cell in enumerate(row)])

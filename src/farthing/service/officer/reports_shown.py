"""Reports as a chart and as a file."""

import csv
from io import StringIO

from markupsafe import Markup

from farthing.base.money import pounds
from farthing.service.assessments.selectors.reports import Cell, Report
from farthing.service.design import chart

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def shown_rows(report: Report) -> list[list[str | int]]:
    """The rows as a page shows them: a word where there is no figure."""
    return [["none" if cell is None else cell for cell in row] for row in report.rows]


def drawn(report: Report) -> Markup:
    """The chart of a report; nothing where there is nothing to draw."""
    figures = [(str(row[0]), row[report.drawn]) for row in report.rows]
    bars = [(words, figure) for words, figure in figures if isinstance(figure, int)]
    if not any(figure for _, figure in bars):
        return Markup()
    shown = chart.in_pounds if report.drawn in report.money else "{:,}".format
    said = ", ".join(f"{words} {shown(figure)}" for words, figure in bars)
    title = f"{report.title}: {report.columns[report.drawn].lower()}"
    return chart.bars(f"chart-{report.name}", title=title, description=f"{said}.", bars=bars, written=shown)


def as_csv(report: Report) -> str:
    """The table for a spreadsheet. Money is in pounds and pence; no text can be taken for a formula."""
    written = StringIO()
    lines = csv.writer(written)
    lines.writerow([as_text(column) for column in report.columns])
    for row in report.rows:
        lines.writerow([_cell(cell, is_money=number in report.money) for number, cell in enumerate(row)])
    return written.getvalue()


def as_text(text: str) -> str:
    """Text that a spreadsheet reads as text, whatever it begins with."""
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text


def _cell(cell: Cell, *, is_money: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int):
        return pounds(cell) if is_money else str(cell)
    return as_text(cell)

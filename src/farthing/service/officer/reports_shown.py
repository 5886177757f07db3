"""Reports as a chart and as rows."""

from markupsafe import Markup

from farthing.service.assessments.selectors.reports import Report
from farthing.service.design import chart
from farthing.service.design.tables import Cell


def shown_rows(report: Report) -> list[list[Cell]]:
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

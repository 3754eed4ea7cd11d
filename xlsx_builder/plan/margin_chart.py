"""A chart of the margins that Summary shows, a group of columns for each period."""

from __future__ import annotations

from xlsx_builder.model.workbook import CellRange, CellRef, Chart, ChartKind, NumberKind, Series
from xlsx_builder.plan.analysis import FigureRow
from xlsx_builder.plan.frame import Frame
from xlsx_builder.plan.layout import HEADING_ROW, LABEL
from xlsx_builder.plan.names import SUMMARY


def margin_chart(frame: Frame, rows: tuple[FigureRow, ...], anchor: CellRef) -> Chart | None:
    """The chart; None where fewer than two margins, or no two periods, are there to be compared."""
    margins = [row for row in rows if row.number is NumberKind.PERCENT]
    places = sorted(set.intersection(*(set(row.formulas) for row in margins))) if margins else []
    if len(margins) < 2 or len(places) < 2:
        return None
    first, last = (frame.column(place) for place in (places[0], places[-1]))

    def along(row: int) -> CellRange:
        return CellRange(CellRef(SUMMARY, row, first), CellRef(SUMMARY, row, last))

    series = tuple(Series(CellRef(SUMMARY, row.row, LABEL), along(HEADING_ROW), along(row.row)) for row in margins)
    alt = f"Margins by period: {', '.join(row.label for row in margins)}; the figures stand on {SUMMARY}."
    return Chart(ChartKind.COLUMNS, "Margins", alt, anchor, series, NumberKind.PERCENT)

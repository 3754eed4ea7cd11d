"""The cells behind a waterfall chart, beside the bridge that it draws: where each step begins, ends, and shows."""

from __future__ import annotations

from collections.abc import Iterator

from xlsx_builder.model.workbook import (
    Bar,
    CellRange,
    CellRef,
    Chart,
    ChartKind,
    Link,
    NumberKind,
    PlannedCell,
    Role,
    Series,
    SignedSum,
    Step,
)
from xlsx_builder.plan.layout import HEADING_ROW, LABEL

HEADINGS = {
    Bar.LIFT: "Chart: below the step",
    Bar.SINK: "Chart: above the step",
    Bar.ABOVE: "Chart: step above zero",
    Bar.BELOW: "Chart: step below zero",
}


def waterfall_headings() -> tuple[str, ...]:
    """What stands over the columns."""
    return ("Chart: from", "Chart: to", *HEADINGS.values())


def waterfall_cells(sheet: str, column: int, rows: tuple[int, int], *, figure: int) -> Iterator[PlannedCell]:
    """Each row from the first to the last: the first and the last stand on zero, those between on the one before.

    Args:
        sheet: The sheet of the bridge.
        column: The first of the six columns.
        rows: First and last row of the bridge, its total last.
        figure: The column whose figures are drawn.
    """
    first, last = rows
    for row in range(first, last + 1):
        start, end = CellRef(sheet, row, column), CellRef(sheet, row, column + 1)
        if row in rows:
            yield PlannedCell(row, column, 0, Role.PARAMETER, NumberKind.MONEY)
        else:
            yield PlannedCell(row, column, Link(CellRef(sheet, row - 1, column + 1)), Role.LINK, NumberKind.MONEY)
        reached = SignedSum(((1, start), (1, CellRef(sheet, row, figure))))
        yield PlannedCell(row, column + 1, reached, Role.CALCULATION, NumberKind.MONEY)
        for at, bar in enumerate(Bar, start=column + 2):
            yield PlannedCell(row, at, Step(start, end, bar), Role.CALCULATION, NumberKind.MONEY)


def waterfall_chart(sheet: str, column: int, rows: tuple[int, int], title: str, anchor: CellRef) -> Chart:
    """The chart over those cells."""
    first, last = rows

    def down(at: int) -> CellRange:
        return CellRange(CellRef(sheet, first, at), CellRef(sheet, last, at))

    series = tuple(
        Series(CellRef(sheet, HEADING_ROW, at), down(LABEL), down(at), invisible=bar in (Bar.LIFT, Bar.SINK))
        for at, bar in enumerate(Bar, start=column + 2)
    )
    alt = f"{title}: columns from the first result over each amount added back to EBITDA; the figures stand on {sheet}."
    return Chart(ChartKind.STACKED, title, alt, anchor, series)

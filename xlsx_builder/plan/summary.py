"""The sheet Summary: key figures with their changes, the master check, charts, and the way to every other sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlsx_builder.model.workbook import CellRef, Chart, PlannedCell, Role, Sheet, Tab
from xlsx_builder.plan.about import Origin
from xlsx_builder.plan.analysis import FigureRow, heading_cells, row_cells
from xlsx_builder.plan.bridge_sheet import BridgePlan
from xlsx_builder.plan.figures import scale_text
from xlsx_builder.plan.frame import Frame
from xlsx_builder.plan.ground import Ground
from xlsx_builder.plan.headings import day_text
from xlsx_builder.plan.keyfigures import Key, key_rows
from xlsx_builder.plan.layout import FIRST_FIGURE, FIRST_ROW, HEADING_ROW, LABEL, SUBTITLE_ROW, TITLE_ROW, UNIT
from xlsx_builder.plan.margin_chart import margin_chart
from xlsx_builder.plan.names import EBITDA, SUMMARY
from xlsx_builder.plan.segment_chart import segment_chart
from xlsx_builder.plan.top import flag_range, top_cells
from xlsx_builder.plan.waterfall import waterfall_chart

CHART_ROWS, CHART_COLUMNS = 16, 4
FEWEST_COLUMNS = 3
"""Columns of figures that a chart needs."""


def summary_sheet(
    origin: Origin, ground: Ground, frame: Frame | None, ebitda: BridgePlan | None, contents: tuple[Sheet, ...]
) -> Sheet:
    """The sheet; widths come with the contents' own."""
    statements = ground.statements
    title = statements.company or origin.document.source
    told = (
        f"Earnings release of {day_text(statements.released)}" if statements.released else "Earnings release",
        origin.document.source,
        scale_text(frame.home.statement) if frame else "",
    )
    cells = list(top_cells(SUMMARY, title, " · ".join(part for part in told if part)))
    row, rows = FIRST_ROW, tuple[FigureRow, ...]()
    if frame is not None:
        cells.extend(heading_cells(frame))
        rows = key_rows(Key(ground, frame, ebitda), row)
        for line in rows:
            cells.extend(row_cells(SUMMARY, frame, line))
        row = max((line.row for line in rows), default=row) + 2
    charts = _charts(ground, frame, ebitda, rows, row)
    row = max((chart.anchor.row + CHART_ROWS + 1 for chart in charts), default=row)
    cells.extend(_contents(contents, row))
    return Sheet(
        SUMMARY,
        Tab.SUMMARY,
        tuple(cells),
        freeze=(FIRST_ROW, FIRST_FIGURE),
        title_rows=(1, HEADING_ROW),
        charts=charts,
        flags=(flag_range(SUMMARY),),
    )


def _charts(
    ground: Ground, frame: Frame | None, ebitda: BridgePlan | None, rows: tuple[FigureRow, ...], row: int
) -> tuple[Chart, ...]:
    """The charts that there are figures for, side by side as far as the key figures reach."""
    anchor = CellRef(SUMMARY, row, LABEL)
    made = [
        None if ebitda is None else _bridge_chart(ebitda, anchor),
        segment_chart(ground, anchor),
        None if frame is None else margin_chart(frame, rows, anchor),
    ]
    slots = _slots(frame, row)
    return tuple(
        replace(chart, anchor=CellRef(SUMMARY, slot[0], slot[1]), columns=slot[2], rows=CHART_ROWS)
        for chart, slot in zip((chart for chart in made if chart is not None), slots, strict=False)
    )


def _slots(frame: Frame | None, row: int) -> Iterator[tuple[int, int, int]]:
    """Row, column and width in columns of the places for charts: label and unit are as wide as some figures."""
    last = FIRST_FIGURE + CHART_COLUMNS - 1 if frame is None else frame.last_column
    # The first chart has names of lines under its columns; where there is room for three, it takes more of it.
    lead = UNIT + 1 if last - FIRST_FIGURE + 1 >= 2 * CHART_COLUMNS else UNIT
    while True:
        yield row, LABEL, lead
        for first in range(lead + 1, last - FEWEST_COLUMNS + 2, CHART_COLUMNS):
            yield row, first, min(CHART_COLUMNS, last - first + 1)
        row += CHART_ROWS + 1


def _bridge_chart(ebitda: BridgePlan, anchor: CellRef) -> Chart:
    block = ebitda.blocks[0]
    start = block.bridge.start.value
    period = ebitda.frame.headings[block.places[0]].replace("\n", " ")
    return waterfall_chart(EBITDA, ebitda.chart_rows, f"{start[0].upper()}{start[1:]} to EBITDA, {period}", anchor)


def _contents(sheets: tuple[Sheet, ...], row: int) -> Iterator[PlannedCell]:
    yield PlannedCell(row, LABEL, "Contents", Role.HEADING)
    for at, sheet in enumerate(sheets, start=row + 1):
        texts = {cell.row: cell.content for cell in sheet.cells if cell.column == LABEL and cell.row <= SUBTITLE_ROW}
        title = texts.get(TITLE_ROW) if sheet.tab is Tab.STATEMENT else texts.get(SUBTITLE_ROW)
        yield PlannedCell(at, LABEL, sheet.name, Role.LABEL, link=CellRef(sheet.name, TITLE_ROW, LABEL))
        yield PlannedCell(at, UNIT, sheet.tab.value, Role.UNIT)
        if isinstance(title, str):
            yield PlannedCell(at, FIRST_FIGURE, title, Role.SUBTITLE)

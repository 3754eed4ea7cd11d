"""The sheet Summary: key figures with their changes, the master check, charts, and the way to every other sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlsx_builder.model.workbook import CellRef, Chart, PlannedCell, Role, Sheet, Tab
from xlsx_builder.plan.about import Origin
from xlsx_builder.plan.analysis import heading_cells, row_cells
from xlsx_builder.plan.bridge_sheet import BridgePlan
from xlsx_builder.plan.figures import scale_text
from xlsx_builder.plan.frame import Frame
from xlsx_builder.plan.ground import Ground
from xlsx_builder.plan.headings import day_text
from xlsx_builder.plan.keyfigures import Key, key_rows
from xlsx_builder.plan.layout import FIRST_FIGURE, FIRST_ROW, HEADING_ROW, LABEL, SUBTITLE_ROW, TITLE_ROW, UNIT
from xlsx_builder.plan.names import EBITDA, SUMMARY
from xlsx_builder.plan.segment_chart import segment_chart
from xlsx_builder.plan.top import flag_range, top_cells
from xlsx_builder.plan.waterfall import waterfall_chart

CHART_ROWS, CHART_COLUMNS = 16, 4


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
    row = FIRST_ROW
    if frame is not None:
        cells.extend(heading_cells(frame))
        rows = key_rows(Key(ground, frame, ebitda), row)
        for line in rows:
            cells.extend(row_cells(SUMMARY, frame, line))
        row = max((line.row for line in rows), default=row) + 2
    charts = _charts(ground, ebitda, row)
    row += CHART_ROWS + 1 if charts else 0
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


def _charts(ground: Ground, ebitda: BridgePlan | None, row: int) -> tuple[Chart, ...]:
    charts: list[Chart] = []
    if ebitda is not None:
        block = ebitda.blocks[0]
        period = ebitda.frame.headings[block.places[0]].replace("\n", " ")
        title = f"From {block.bridge.start.value} to EBITDA, {period}"
        rows = ebitda.chart_rows
        anchor = CellRef(SUMMARY, row, LABEL)
        charts.append(waterfall_chart(EBITDA, rows, title, anchor))
    segments = segment_chart(ground, CellRef(SUMMARY, row, FIRST_FIGURE if charts else LABEL))
    if segments is not None:
        charts.append(segments)
    return tuple(_sized(chart) for chart in charts)


def _sized(chart: Chart) -> Chart:
    wide = UNIT if chart.anchor.column == LABEL else CHART_COLUMNS
    return replace(chart, columns=wide, rows=CHART_ROWS)


def _contents(sheets: tuple[Sheet, ...], row: int) -> Iterator[PlannedCell]:
    yield PlannedCell(row, LABEL, "Contents", Role.HEADING)
    for at, sheet in enumerate(sheets, start=row + 1):
        texts = {cell.row: cell.content for cell in sheet.cells if cell.column == LABEL and cell.row <= SUBTITLE_ROW}
        title = texts.get(TITLE_ROW) if sheet.tab is Tab.STATEMENT else texts.get(SUBTITLE_ROW)
        yield PlannedCell(at, LABEL, sheet.name, Role.LABEL, link=CellRef(sheet.name, TITLE_ROW, LABEL))
        yield PlannedCell(at, UNIT, sheet.tab.value, Role.UNIT)
        if isinstance(title, str):
            yield PlannedCell(at, FIRST_FIGURE, title, Role.SUBTITLE)

"""The sheet EBITDA: each bridge with its margins, the sum over the segments, and the steps of the chart."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from xlsx_builder.model.workbook import CellRef, Formula, NumberKind, PlannedCell, Ratio, Role, Sheet, SignedSum
from xlsx_builder.plan.analysis import PERCENT_DECIMALS, FigureRow, row_cells
from xlsx_builder.plan.bridge_sheet import BridgePlan, bridge_sheet, line_cells, total_label, total_rows
from xlsx_builder.plan.bridges import Part
from xlsx_builder.plan.figures import decimals_of
from xlsx_builder.plan.frame import linked
from xlsx_builder.plan.layout import FIRST_FIGURE, FIRST_ROW, LABEL
from xlsx_builder.plan.names import EBITDA
from xlsx_builder.plan.waterfall import HEADINGS, step, waterfall_cells
from xlsx_builder.plan.widths import Widths

SUBTITLE = "Earnings before interest, taxes, depreciation and amortization, step by step"
LONGEST_STEP = 32
"""Characters of a step's name under its column of the chart."""


def ebitda_sheet(plan: BridgePlan, rows: dict[int, int], widths: Widths) -> Sheet:
    """The sheet."""
    more = [*_margins(plan, rows), *_chart_table(plan)]
    if len(plan.segments) > 1:
        more.extend(_segment_total(plan))
    columns = max(plan.switch_column + 1, FIRST_FIGURE - 1 + len(HEADINGS)) - FIRST_FIGURE + 1
    return bridge_sheet(plan, SUBTITLE, more, rows, widths.of(columns))


def _margins(plan: BridgePlan, rows: dict[int, int]) -> Iterator[PlannedCell]:
    """Sales on top, and the margins under both totals of the first bridge."""
    if plan.sales is None:
        return
    yield from line_cells(plan, Part(plan.sales, 1), FIRST_ROW, range(len(plan.frame.indexes)), rows)
    sold = linked(plan.ground, plan.frame, plan.sales, EBITDA)
    for line in total_rows(plan, plan.blocks[0]):
        ratios: dict[int, Formula] = {
            place: Ratio(line.cell(EBITDA, plan.frame, place), CellRef(EBITDA, FIRST_ROW, plan.frame.column(place)))
            for place in line.formulas
            if place in sold
        }
        label = f"Margin of {line.label}"
        margin = FigureRow(line.row + 2, label, "%", ratios, Role.RATIO, NumberKind.PERCENT, PERCENT_DECIMALS)
        yield from row_cells(EBITDA, plan.frame, margin)


def _chart_table(plan: BridgePlan) -> Iterator[PlannedCell]:
    """The first bridge as steps of a waterfall, in the first period that it has."""
    block = plan.blocks[0]
    column = plan.frame.column(block.places[0])
    lines = (block.bridge.base, *block.bridge.parts)
    labels = [*(plan.ground.items[part.line].label for part in lines), total_label(plan.ground, block.bridge)]
    labels = [textwrap.shorten(label, LONGEST_STEP, placeholder=" …").replace(", …", " …") for label in labels]
    steps = tuple(step(label, row, column) for row, label in enumerate(labels, start=block.first))
    head = plan.chart_rows[0]
    period = plan.frame.headings[block.places[0]].replace("\n", " ")
    yield PlannedCell(head - 1, LABEL, f"Steps of the chart on Summary: {period}", Role.HEADING)
    yield from waterfall_cells(EBITDA, head, steps, block.unit(plan.ground))


def _segment_total(plan: BridgePlan) -> Iterator[PlannedCell]:
    blocks = plan.segments
    sums: dict[int, Formula] = {}
    for place in range(len(plan.frame.indexes)):
        if all(place in block.places for block in blocks):
            column = plan.frame.column(place)
            sums[place] = SignedSum(tuple((1, CellRef(EBITDA, block.total, column)) for block in blocks))
    item = plan.ground.items[blocks[0].bridge.base.line]
    home = plan.ground.homes[item.id].statement
    line = FigureRow(
        plan.last_row,
        "EBITDA of all segments",
        blocks[0].unit(plan.ground),
        sums,
        Role.TOTAL,
        decimals=decimals_of(item, home, 0),
    )
    yield from row_cells(EBITDA, plan.frame, line)

"""The sheet EBITDA: each bridge with its switches, what it comes to, and whether the ways agree."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from xlsx_builder.model.workbook import (
    CellRange,
    CellRef,
    Choice,
    Formula,
    NumberKind,
    PlannedCell,
    Ratio,
    Role,
    Sheet,
    SignedSum,
    SwitchedSum,
    Tab,
)
from xlsx_builder.plan.analysis import PERCENT_DECIMALS, FigureRow, heading_cells, row_cells
from xlsx_builder.plan.bridges import Bridge, Part, Start
from xlsx_builder.plan.figures import comparable, decimals_of, unit_text
from xlsx_builder.plan.frame import Frame, columns_of, linked
from xlsx_builder.plan.ground import Ground
from xlsx_builder.plan.layout import FIRST_FIGURE, FIRST_ROW, HEADING_ROW, LABEL
from xlsx_builder.plan.names import EBITDA
from xlsx_builder.plan.release import citation
from xlsx_builder.plan.top import flag_range, top_cells
from xlsx_builder.plan.waterfall import step, waterfall_cells

LONGEST_STEP = 32
"""Characters of a step's name under its column of the chart."""
ON = 1
"""A switch that adds back, as the release does."""


@dataclass(frozen=True, slots=True)
class Block:
    """A bridge with its place on the sheet."""

    bridge: Bridge
    first: int
    """Row of the base; the parts follow, then the total."""
    places: tuple[int, ...]
    """Periods in which all its lines have a column."""

    @property
    def total(self) -> int:
        """Row of what the bridge comes to."""
        return self.first + 1 + len(self.bridge.parts)

    @property
    def adjusted(self) -> int:
        """Row of what it comes to with the switches as they stand."""
        return self.total + 1


@dataclass(frozen=True, slots=True)
class EbitdaPlan:
    """All bridges laid out under one frame."""

    ground: Ground
    frame: Frame
    blocks: tuple[Block, ...]
    sales: str | None
    """The line that margins are taken of."""

    @property
    def switch_column(self) -> int:
        """Where the switches stand."""
        return self.frame.last_column + 1

    @property
    def segments(self) -> tuple[Block, ...]:
        """The bridges of single segments."""
        return tuple(block for block in self.blocks if block.bridge.segment)

    @property
    def last_row(self) -> int:
        """Row of the sum over the segments, or of the last block."""
        return self.blocks[-1].adjusted + 2

    @property
    def chart_rows(self) -> tuple[int, int]:
        """Rows of the chart's table: its headings, and its last step."""
        head = self.last_row + 4
        return head, head + 2 + len(self.blocks[0].bridge.parts)


def ebitda_plan(ground: Ground, frame: Frame, found: tuple[Bridge, ...], sales: str | None) -> EbitdaPlan | None:
    """Lay out the bridges that have figures; None where there is none."""
    row = FIRST_ROW + (2 if sales else 0)
    blocks = []
    for bridge in found:
        places = _places(ground, frame, bridge)
        if places:
            blocks.append(Block(bridge, row + 1, places))
            row = blocks[-1].adjusted + (4 if len(blocks) == 1 and sales else 2)
    return EbitdaPlan(ground, frame, tuple(blocks), sales) if blocks else None


def _places(ground: Ground, frame: Frame, bridge: Bridge) -> tuple[int, ...]:
    """The periods that all lines of a bridge have, in one unit and scale."""
    parts = [columns_of(ground, frame, part.line) for part in bridge.parts]
    fit = []
    for place, index in columns_of(ground, frame, bridge.base.line).items():
        if not all(place in columns for columns in parts) or ground.printed(bridge.base.line, index) is None:
            continue
        base, here = ground.items[bridge.base.line], ground.column(bridge.base.line, index)
        alike = all(
            comparable(base, here, ground.items[part.line], ground.column(part.line, columns[place]))
            for part, columns in zip(bridge.parts, parts, strict=True)
        )
        if alike:
            fit.append(place)
    return tuple(fit)


def ebitda_sheet(plan: EbitdaPlan, rows: dict[int, int], widths: dict[int, float]) -> Sheet:
    """The sheet."""
    cells = [
        *top_cells(EBITDA, "EBITDA", "Earnings before interest, taxes, depreciation and amortization, step by step"),
        *heading_cells(plan.frame, ("Switch", "Source line")),
    ]
    if plan.sales is not None:
        cells.extend(_figures(plan, _line(plan, Part(plan.sales, 1), FIRST_ROW, range(len(plan.frame.indexes)), rows)))
    for block in plan.blocks:
        cells.extend(_block(plan, block, rows))
    cells.extend(_chart_table(plan))
    if len(plan.segments) > 1:
        cells.extend(_segment_total(plan))
    return Sheet(
        EBITDA,
        Tab.ANALYSIS,
        tuple(cells),
        widths,
        freeze=(FIRST_ROW, FIRST_FIGURE),
        title_rows=(1, HEADING_ROW),
        choices=tuple(Choice(_switches(plan, block), ("1", "0")) for block in plan.blocks),
        flags=(flag_range(EBITDA),),
    )


def _chart_table(plan: EbitdaPlan) -> Iterator[PlannedCell]:
    """The first bridge as steps of a waterfall, in the first period that it has."""
    block = plan.blocks[0]
    column = plan.frame.column(block.places[0])
    lines = (block.bridge.base, *block.bridge.parts)
    labels = [*(plan.ground.items[part.line].label for part in lines), total_label(plan.ground, block.bridge)]
    labels = [textwrap.shorten(label, LONGEST_STEP, placeholder=" …") for label in labels]
    steps = tuple(step(label, row, column) for row, label in enumerate(labels, start=block.first))
    head = plan.chart_rows[0]
    period = plan.frame.headings[block.places[0]].replace("\n", " ")
    yield PlannedCell(head - 1, LABEL, f"Steps of the chart on Summary: {period}", Role.HEADING)
    item = plan.ground.items[block.bridge.base.line]
    unit = unit_text(item, plan.ground.homes[item.id].statement.currency)
    yield from waterfall_cells(EBITDA, head, steps, unit)


def _switches(plan: EbitdaPlan, block: Block) -> CellRange:
    first = CellRef(EBITDA, block.first + 1, plan.switch_column)
    return CellRange(first, replace(first, row=block.total - 1))


def _figures(plan: EbitdaPlan, line: tuple[FigureRow, PlannedCell | None]) -> Iterator[PlannedCell]:
    row, source = line
    yield from row_cells(EBITDA, plan.frame, row)
    if source is not None:
        yield source


def _line(
    plan: EbitdaPlan, part: Part, row: int, places: tuple[int, ...] | range, rows: dict[int, int]
) -> tuple[FigureRow, PlannedCell | None]:
    """A row that shows a line of the release as it counts, and its citation."""
    ground, item = plan.ground, plan.ground.items[part.line]
    home = ground.homes[item.id]
    formulas: dict[int, Formula] = {}
    for place, formula in linked(ground, plan.frame, item.id, EBITDA).items():
        if place in places:
            formulas[place] = replace(formula, weight=part.weight)
    index = next(iter(columns_of(ground, plan.frame, item.id).values()), 0)
    segment = next((b.bridge.segment for b in plan.blocks if b.first <= row < b.total), "")
    made = FigureRow(
        row,
        item.section[-1] if segment and item.label == segment and item.section else item.label,
        unit_text(item, home.statement.currency),
        formulas,
        Role.LINK,
        decimals=decimals_of(item, home.statement, index),
        indent=1,
        link=home.cell(item.id, index),
    )
    if item.line is None:
        return made, None
    at = plan.switch_column + 1
    return made, PlannedCell(row, at, item.line, Role.SOURCE, link=citation(rows, item.line))


def _block(plan: EbitdaPlan, block: Block, rows: dict[int, int]) -> Iterator[PlannedCell]:
    bridge = block.bridge
    yield PlannedCell(block.first - 1, LABEL, _title(bridge), Role.HEADING)
    for row, part in enumerate((bridge.base, *bridge.parts), start=block.first):
        yield from _figures(plan, _line(plan, part, row, block.places, rows))
        if row > block.first:
            yield PlannedCell(row, plan.switch_column, ON, Role.SWITCH, NumberKind.COUNT)
    item = plan.ground.items[bridge.base.line]
    home = plan.ground.homes[item.id].statement
    unit, decimals = unit_text(item, home.currency), decimals_of(item, home, 0)
    name = total_label(plan.ground, bridge)
    columns = [plan.frame.column(place) for place in block.places]
    sums = {place: _sum(block, column) for place, column in zip(block.places, columns, strict=True)}
    switched = {place: _switched(plan, block, column) for place, column in zip(block.places, columns, strict=True)}
    note = "" if bridge.reported else "Ours: the release prints no such figure; built from its own lines."
    total = FigureRow(block.total, name, unit, sums, Role.TOTAL, decimals=decimals, note=note)
    adjusted = FigureRow(block.adjusted, f"{name}, as switched", unit, switched, Role.CALCULATION, decimals=decimals)
    for line in (total, adjusted):
        yield from row_cells(EBITDA, plan.frame, line)
    if block is plan.blocks[0] and plan.sales is not None:
        for line in (total, adjusted):
            yield from row_cells(EBITDA, plan.frame, _margin(plan, line))


def _margin(plan: EbitdaPlan, line: FigureRow) -> FigureRow:
    """The margin two rows below its figure: under both totals."""
    assert plan.sales is not None
    sold = linked(plan.ground, plan.frame, plan.sales, EBITDA)
    ratios: dict[int, Formula] = {
        place: Ratio(line.cell(EBITDA, plan.frame, place), CellRef(EBITDA, FIRST_ROW, plan.frame.column(place)))
        for place in line.formulas
        if place in sold
    }
    label = f"Margin of {line.label}"
    return FigureRow(line.row + 2, label, "%", ratios, Role.RATIO, NumberKind.PERCENT, PERCENT_DECIMALS)


def _title(bridge: Bridge) -> str:
    way = f"from {bridge.start.value}"
    whose = "" if bridge.reported else " (ours, from the release's lines)"
    return f"{bridge.segment}: {way}{whose}" if bridge.segment else f"{way[0].upper()}{way[1:]}{whose}"


def total_label(ground: Ground, bridge: Bridge) -> str:
    """What a bridge comes to, in the release's words where it prints it for the company."""
    if bridge.reported is None or bridge.segment:
        return "Adjusted EBITDA" if bridge.start is Start.EBITDA else "EBITDA"
    return ground.items[bridge.reported].label or "EBITDA"


def _sum(block: Block, column: int) -> SignedSum:
    return SignedSum(tuple((1, CellRef(EBITDA, row, column)) for row in range(block.first, block.total)))


def _switched(plan: EbitdaPlan, block: Block, column: int) -> SwitchedSum:
    values = CellRange(CellRef(EBITDA, block.first + 1, column), CellRef(EBITDA, block.total - 1, column))
    return SwitchedSum(CellRef(EBITDA, block.first, column), _switches(plan, block), values)


def _segment_total(plan: EbitdaPlan) -> Iterator[PlannedCell]:
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
        unit_text(item, home.currency),
        sums,
        Role.TOTAL,
        decimals=decimals_of(item, home, 0),
    )
    yield from row_cells(EBITDA, plan.frame, line)


def rounding(ground: Ground, frame: Frame, bridge: Bridge, place: int) -> Decimal:
    """How far rounding can move what a bridge comes to."""
    lines = (bridge.base.line, *(part.line for part in bridge.parts))
    return sum((ground.slack(line, columns_of(ground, frame, line)[place]) for line in lines), Decimal(0))

"""Bridges on a sheet: each with its switches, what it comes to, and the same as switched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.model.workbook import (
    CellRange,
    CellRef,
    Choice,
    Formula,
    PlannedCell,
    Role,
    Sheet,
    SignedSum,
    SwitchedSum,
    Tab,
)
from xlsx_builder.plan.analysis import FigureRow, heading_cells, row_cells
from xlsx_builder.plan.bridges import Bridge, Part, Start
from xlsx_builder.plan.figures import comparable, decimals_of, number_of, unit_text
from xlsx_builder.plan.frame import Frame, Keys, columns_of, linked, own_headings
from xlsx_builder.plan.ground import Ground
from xlsx_builder.plan.layout import FIRST_FIGURE, FIRST_ROW, HEADING_ROW, LABEL
from xlsx_builder.plan.names import EBITDA
from xlsx_builder.plan.release import citation
from xlsx_builder.plan.top import flag_range, top_cells

ON = 1
"""A switch that adds back, as the release does."""


class Block(Struct, frozen=True):
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

    def unit(self, ground: Ground) -> str:
        """What its figures count."""
        item = ground.items[self.bridge.base.line]
        return unit_text(item, ground.homes[item.id].statement.currency)

    def headings(self, ground: Ground, frame: Frame) -> Keys | None:
        """Headings of its own, beside its title, where those of the sheet do not find its figures."""
        lines = (self.bridge.base.line, *(part.line for part in self.bridge.parts))
        return own_headings(ground, frame, lines, self.first - 1)


class BridgePlan(Struct, frozen=True):
    """Bridges laid out under one frame."""

    ground: Ground
    frame: Frame
    blocks: tuple[Block, ...] = ()
    sales: str | None = None
    """The line that margins are taken of."""
    sheet: str = EBITDA

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
        """Row of the sum over the segments, or of the last block with its margins."""
        margins = 2 if self.sales and len(self.blocks) == 1 else 0
        return self.blocks[-1].adjusted + margins + (2 if len(self.segments) > 1 else 0)

    @property
    def chart_rows(self) -> tuple[int, int]:
        """Rows of the chart's table: its headings, and its last step."""
        head = self.last_row + 3
        return head, head + 2 + len(self.blocks[0].bridge.parts)


def laid_out(empty: BridgePlan, found: tuple[Bridge, ...]) -> BridgePlan | None:
    """The plan with the bridges that have figures; None where there is none."""
    row = FIRST_ROW + (2 if empty.sales else 0)
    blocks: list[Block] = []
    for bridge in found:
        places = _places(empty.ground, empty.frame, bridge)
        if places:
            blocks.append(Block(bridge, row + 1, places))
            row = blocks[-1].adjusted + (4 if len(blocks) == 1 and empty.sales else 2)
    return replace(empty, blocks=tuple(blocks)) if blocks else None


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


def bridge_sheet(
    plan: BridgePlan, subtitle: str, more: Iterable[PlannedCell], rows: dict[int, int], widths: dict[int, float]
) -> Sheet:
    """The sheet of some bridges.

    Args:
        plan: The bridges.
        subtitle: What they are.
        more: Cells besides those of the bridges.
        rows: Source line -> row of the sheet Release.
        widths: Of the columns.
    """
    cells = [
        *top_cells(plan.sheet, plan.sheet, subtitle),
        *heading_cells(plan.frame, ("Switch", "Source line")),
        *(cell for block in plan.blocks for cell in _block_cells(plan, block, rows)),
        *more,
    ]
    return Sheet(
        plan.sheet,
        Tab.ANALYSIS,
        tuple(cells),
        widths,
        freeze=(FIRST_ROW, FIRST_FIGURE),
        title_rows=(1, HEADING_ROW),
        choices=tuple(Choice(_switches(plan, block), ("1", "0")) for block in plan.blocks),
        flags=(flag_range(plan.sheet),),
    )


def _block_cells(plan: BridgePlan, block: Block, rows: dict[int, int]) -> Iterator[PlannedCell]:
    bridge = block.bridge
    yield PlannedCell(block.first - 1, LABEL, title_of(plan.ground, bridge), Role.HEADING)
    keys = block.headings(plan.ground, plan.frame)
    if keys is not None:
        for place, text in keys.texts.items():
            yield PlannedCell(keys.row, plan.frame.column(place), text, Role.PERIOD)
    for row, part in enumerate((bridge.base, *bridge.parts), start=block.first):
        yield from line_cells(plan, part, row, block.places, rows)
        if row > block.first:
            yield PlannedCell(row, plan.switch_column, ON, Role.SWITCH)
    for line in total_rows(plan, block):
        yield from row_cells(plan.sheet, plan.frame, line)


def total_rows(plan: BridgePlan, block: Block) -> tuple[FigureRow, FigureRow]:
    """What a bridge comes to, as the release adds it up and as the switches stand."""
    bridge = block.bridge
    item, statement = plan.ground.items[bridge.base.line], plan.ground.homes[bridge.base.line].statement
    index = columns_of(plan.ground, plan.frame, item.id)[block.places[0]]
    columns = {place: plan.frame.column(place) for place in block.places}
    note = "" if bridge.reported else "Computed: the release prints no such figure; built from its own lines."
    total = FigureRow(
        block.total,
        total_label(plan.ground, bridge),
        block.unit(plan.ground),
        {place: _sum(plan, block, column) for place, column in columns.items()},
        Role.TOTAL,
        number_of(item, statement.columns[index]),
        decimals_of(item, statement, index),
        note=note,
    )
    switched: dict[int, Formula] = {place: _switched(plan, block, column) for place, column in columns.items()}
    label = f"{total.label}, as switched"
    return total, replace(total, row=block.adjusted, label=label, formulas=switched, role=Role.CALCULATION, note="")


def line_cells(
    plan: BridgePlan, part: Part, row: int, places: tuple[int, ...] | range, rows: dict[int, int]
) -> Iterator[PlannedCell]:
    """A row that shows a line of the release as it counts, and its citation."""
    ground, item = plan.ground, plan.ground.items[part.line]
    home = ground.homes[item.id]
    block = next((block for block in plan.blocks if block.first <= row < block.total), None)
    own = None if block is None else block.headings(ground, plan.frame)
    formulas: dict[int, Formula] = {
        place: replace(formula, weight=part.weight)
        for place, formula in linked(ground, plan.frame, item.id, plan.sheet, own).items()
        if place in places
    }
    index = next(iter(columns_of(ground, plan.frame, item.id).values()), 0)
    segment = "" if block is None else block.bridge.segment
    made = FigureRow(
        row,
        item.section[-1] if segment and item.label == segment and item.section else item.label,
        unit_text(item, home.statement.currency),
        formulas,
        Role.LINK,
        number_of(item, home.statement.columns[index]),
        decimals_of(item, home.statement, index),
        indent=1,
        link=home.cell(item.id, index),
    )
    yield from row_cells(plan.sheet, plan.frame, made)
    if item.line is not None:
        at = plan.switch_column + 1
        yield PlannedCell(row, at, item.line, Role.SOURCE, link=citation(rows, item.line))


def title_of(ground: Ground, bridge: Bridge) -> str:
    """What a bridge is, over its rows."""
    whose = "" if bridge.reported else " (computed from the release's lines)"
    if bridge.start is Start.REPORTED:
        return f"{total_label(ground, bridge)}, from {ground.items[bridge.base.line].label}{whose}"
    way = f"from {bridge.start.value}"
    return f"{bridge.segment}: {way}{whose}" if bridge.segment else f"{way[0].upper()}{way[1:]}{whose}"


def total_label(ground: Ground, bridge: Bridge) -> str:
    """What a bridge comes to, in the release's words where it prints it for the company."""
    if bridge.name:
        return bridge.name
    if bridge.reported is None or bridge.segment:
        return "Adjusted EBITDA" if bridge.start is Start.EBITDA else "EBITDA"
    return ground.items[bridge.reported].label or "EBITDA"


def _switches(plan: BridgePlan, block: Block) -> CellRange:
    first = CellRef(plan.sheet, block.first + 1, plan.switch_column)
    return CellRange(first, replace(first, row=block.total - 1))


def _sum(plan: BridgePlan, block: Block, column: int) -> SignedSum:
    return SignedSum(tuple((1, CellRef(plan.sheet, row, column)) for row in range(block.first, block.total)))


def _switched(plan: BridgePlan, block: Block, column: int) -> SwitchedSum:
    values = CellRange(CellRef(plan.sheet, block.first + 1, column), CellRef(plan.sheet, block.total - 1, column))
    return SwitchedSum(CellRef(plan.sheet, block.first, column), _switches(plan, block), values)


def rounding(ground: Ground, frame: Frame, bridge: Bridge, place: int) -> Decimal:
    """How far rounding can move what a bridge comes to."""
    lines = (bridge.base.line, *(part.line for part in bridge.parts))
    return sum((ground.slack(line, columns_of(ground, frame, line)[place]) for line in lines), Decimal(0))

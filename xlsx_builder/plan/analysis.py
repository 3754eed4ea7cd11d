"""Rows of analysis sheets: a label, a unit, a formula for each period of a frame, and the changes beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from xlsx_builder.model.workbook import (
    CellRef,
    Change,
    Difference,
    Formula,
    NumberKind,
    PlannedCell,
    Role,
    ScaledDifference,
)
from xlsx_builder.plan.checks import FACTOR
from xlsx_builder.plan.frame import Frame
from xlsx_builder.plan.layout import HEADING_ROW, LABEL, UNIT, Measure, analysis_headings
from xlsx_builder.plan.widths import WIDEST_LABEL

PERCENT_DECIMALS = 1
"""Digits of computed per cents."""

LONGEST_LINK = WIDEST_LABEL - 6
"""Characters of a label that a click leads on from; not every program wraps the text of a link."""


class FigureRow(Struct, frozen=True):
    """One row of an analysis sheet."""

    row: int
    label: str
    unit: str
    formulas: Mapping[int, Formula]
    """Place in the frame -> formula."""
    role: Role
    number: NumberKind = NumberKind.MONEY
    decimals: int = 0
    indent: int = 0
    note: str = ""
    link: CellRef | None = None
    """Where a click on the label leads."""

    def cell(self, sheet: str, frame: Frame, place: int) -> CellRef:
        """The cell of a period."""
        return CellRef(sheet, self.row, frame.column(place))


def heading_cells(frame: Frame, more: tuple[str, ...] = ()) -> Iterator[PlannedCell]:
    """The headings of a frame, and of columns behind it."""
    changes = analysis_headings(frame.analyses, frame.headings)
    for column, text in enumerate(("Line", "Unit", *frame.headings, *changes, *more), start=1):
        yield PlannedCell(HEADING_ROW, column, text, Role.PERIOD)


def row_cells(sheet: str, frame: Frame, line: FigureRow) -> Iterator[PlannedCell]:
    """The cells of a row."""
    link = line.link if len(line.label) <= LONGEST_LINK else None
    yield PlannedCell(line.row, LABEL, line.label, Role.LABEL, indent=line.indent, link=link)
    yield PlannedCell(line.row, UNIT, line.unit, Role.UNIT)
    for count, (place, formula) in enumerate(sorted(line.formulas.items())):
        note = "" if count else line.note
        yield PlannedCell(line.row, frame.column(place), formula, line.role, line.number, line.decimals, note=note)
    for at, analysis in enumerate(frame.analyses):
        new, old = analysis.pair.new, analysis.pair.old
        if new in line.formulas and old in line.formulas:
            cells = line.cell(sheet, frame, new), line.cell(sheet, frame, old)
            yield from _change(line, analysis.measure, frame.analysis_column(at), cells)


def _change(line: FigureRow, measure: Measure, column: int, cells: tuple[CellRef, CellRef]) -> Iterator[PlannedCell]:
    new, old = cells
    share = line.number is NumberKind.PERCENT
    if measure is Measure.PERCENT:
        if not share:  # a per cent of a per cent says nothing
            formula = Change(new, old)
            yield PlannedCell(line.row, column, formula, Role.CHANGE, NumberKind.PERCENT, PERCENT_DECIMALS)
    elif share:
        points = ScaledDifference(new, old, FACTOR, bounded=True)
        yield PlannedCell(line.row, column, points, Role.CHANGE, NumberKind.BASIS_POINTS)
    else:
        difference = Difference(new, old)
        yield PlannedCell(line.row, column, difference, Role.CHANGE, line.number, line.decimals)

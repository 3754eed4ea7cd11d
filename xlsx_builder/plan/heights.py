"""Rows as high as their text needs: programs that open a workbook do not all measure wrapped text themselves."""

from __future__ import annotations

import textwrap
from dataclasses import replace

from xlsx_builder.model.workbook import PlannedCell, Role, Sheet

WRAPPING = frozenset({Role.LABEL, Role.TEXT, Role.PERIOD, Role.HEADING})
"""Roles whose text goes on in the next line where the column ends."""

LINE = 12.75
"""Points of a line of text."""
PADDING = 2.0
INDENT = 1.6
"""Characters that a level of indentation takes."""
WIDER = 1.12
"""Ten-point letters of running text per character of width, which is measured in digits."""
DEFAULT_WIDTH = 9.0
HIGHEST = 400.0
"""Points; Excel allows 409."""


def with_heights(sheet: Sheet) -> Sheet:
    """The sheet with a height for each row whose text needs more than one line."""
    lines: dict[int, int] = {}
    for cell in sheet.cells:
        if isinstance(cell.content, str) and cell.role in WRAPPING:
            lines[cell.row] = max(lines.get(cell.row, 1), lines_of(cell, sheet.widths.get(cell.column, DEFAULT_WIDTH)))
    heights = {row: min(HIGHEST, count * LINE + PADDING) for row, count in lines.items() if count > 1}
    return replace(sheet, heights={**heights, **sheet.heights})


def lines_of(cell: PlannedCell, width: float) -> int:
    """How many lines the text of a cell takes in a column."""
    assert isinstance(cell.content, str)
    bold = cell.role in (Role.PERIOD, Role.HEADING)
    room = max(4, int((width - INDENT * cell.indent) * (1 if bold else WIDER)))
    parts = cell.content.split("\n")
    return sum(1 if len(part) <= room else len(textwrap.wrap(part, room)) for part in parts)

"""The first rows of every sheet: title, what it is, the way back, and the master flag, all in frozen rows."""

from __future__ import annotations

from collections.abc import Iterator

from xlsx_builder.model.workbook import CellRange, CellRef, Link, PlannedCell, Role
from xlsx_builder.plan.layout import FLAG_ROW, SUBTITLE_ROW, TITLE_ROW
from xlsx_builder.plan.names import CHECKS, SUMMARY
from xlsx_builder.plan.wording import cut

LONGEST_TITLE = 90
"""Characters of a title that fit on a page."""
FLAG_LABEL, FLAG = 2, 3
"""Columns of the master flag and its label on every sheet."""

MASTER = CellRef(CHECKS, FLAG_ROW, FLAG)
"""The master check itself; all other sheets link to it."""


def top_cells(sheet: str, title: str, subtitle: str, home: str = SUMMARY) -> Iterator[PlannedCell]:
    """Title, subtitle, link back to the sheet with the contents, and master flag; Checks computes the flag itself."""
    fits = len(title) <= LONGEST_TITLE
    shown = title if fits else f"{cut(title, LONGEST_TITLE)} …"
    yield PlannedCell(TITLE_ROW, 1, shown, Role.TITLE, note="" if fits else title)
    yield PlannedCell(SUBTITLE_ROW, 1, subtitle, Role.SUBTITLE)
    if sheet != home:
        yield PlannedCell(FLAG_ROW, 1, f"← {home}", Role.SOURCE, link=CellRef(home, TITLE_ROW, 1))
    yield PlannedCell(FLAG_ROW, FLAG_LABEL, "All checks", Role.UNIT)
    if sheet != CHECKS:
        yield PlannedCell(FLAG_ROW, FLAG, Link(MASTER), Role.CHECK, link=CellRef(CHECKS, TITLE_ROW, 1))


def flag_range(sheet: str) -> CellRange:
    """The master flag's own cell."""
    cell = CellRef(sheet, FLAG_ROW, FLAG)
    return CellRange(cell, cell)

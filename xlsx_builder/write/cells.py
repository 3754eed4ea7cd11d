"""Planned cells -> cells of a sheet: text only ever as text, formulas only ever from Formula values."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from math import isfinite
from typing import Any

from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from xlsx_builder.model.problem import Problem, Severity
from xlsx_builder.model.template import VERBATIM
from xlsx_builder.model.workbook import CellRange, CellRef, PlannedCell, Role, Sheet, Tab
from xlsx_builder.write.fingerprint import Entry, normal_form
from xlsx_builder.write.fit import fit
from xlsx_builder.write.formula_text import formula_text
from xlsx_builder.write.styles import Palette, Way
from xlsx_builder.write.text import NOTE_LIMIT, cell_text, cleaned

WORDS = {
    **dict.fromkeys((Role.LABEL, Role.TEXT, Role.UNIT), "left"),
    **dict.fromkeys((Role.CHECK, Role.SWITCH, Role.SOURCE), "center"),
}
"""Where cells that hold no figures stand in their columns."""
BESIDE = frozenset({Role.PERIOD, Role.TITLE, Role.SUBTITLE, Role.HEADING})
"""Cells that do not tell what their column holds."""
FORMULA_LIMIT = 8_192
"""Characters of a formula; Excel does not open a workbook with a longer one."""
NOTE_AUTHOR = "xlsx_builder"
NOTE_WIDTH = 300
"""Pixels; some 45 characters a line."""
NOTE_LINE = 16
"""Pixels of a line of a note."""


def fill(target: Worksheet, sheet: Sheet, palette: Palette) -> tuple[list[Entry], list[Problem]]:
    """Write the cells of a sheet; gives their normal forms, and what could not be written."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    sides = header_sides(sheet)
    names = {(cell.row, cell.column): style_name(cell, sheet) for cell in sheet.cells}
    fitted = fit(sheet, palette.types, names)
    for row, height in fitted.heights.items():
        target.row_dimensions[row].height = height
    for planned in sheet.cells:
        cell: Any = target.cell(planned.row, planned.column)
        side = sides.get(planned.column, "") if planned.role is Role.PERIOD else ""
        if _is_way(planned):
            side = "left"
        at = (planned.row, planned.column)
        way = Way(names[at], side, running=at in fitted.running, top=planned.row in fitted.prose)
        cell._style = palette.style(planned, way)  # noqa: SLF001  (see Palette)
        formula = put(cell, planned, sheet.name)
        if cell.value is None and not isinstance(planned.content, str | None):
            problems.append(refused(f"{quote_sheetname(sheet.name)}!{cell.coordinate}", planned))
        entries.append((planned.row, planned.column, normal_form(cell.value, formula=formula)))
        if planned.note.strip():
            cell.comment = note(planned.note)
        if planned.link is not None and cell.value is not None:
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=address(planned.link))
    return entries, problems


def style_name(cell: PlannedCell, sheet: Sheet) -> str:
    """The named style of a cell: its role's, but the release's own lines keep their columns."""
    return VERBATIM if sheet.tab is Tab.SOURCE and cell.role is Role.TEXT else cell.role.value


def header_sides(sheet: Sheet) -> dict[int, str]:
    """Columns of words -> where their headers go: above the words, not above figures."""
    telling = (cell for cell in sheet.cells if cell.content is not None and cell.role not in BESIDE)
    counts = Counter((cell.column, cell.role) for cell in telling if not _is_way(cell))
    usual: dict[int, Role] = {}
    for (column, role), _ in counts.most_common():
        usual.setdefault(column, role)
    return {column: WORDS[role] for column, role in usual.items() if role in WORDS}


def _is_way(cell: PlannedCell) -> bool:
    """Whether it is the words of a way back; numbers of lines stay as the style has them."""
    return cell.role is Role.SOURCE and isinstance(cell.content, str)


def put(cell: Any, planned: PlannedCell, sheet: str) -> bool:  # noqa: ANN401  (openpyxl's cells are loosely typed)
    """Set the cell's value; tells whether it is a formula."""
    content = planned.content
    if content is None:
        return False
    if isinstance(content, str):
        cell.value = cell_text(content) or None
        if cell.value is not None:
            cell.data_type = "s"  # openpyxl takes '=…' for a formula and '#REF!' for an error
        return False
    if isinstance(content, Decimal | int):
        cell.value = content if isfinite(content) and isfinite(float(content)) else None
        return False
    text = formula_text(content, sheet)
    cell.value = text if len(text) <= FORMULA_LIMIT else None
    return cell.value is not None


def refused(place: str, planned: PlannedCell) -> Problem:
    """Why a cell stays empty."""
    number = isinstance(planned.content, Decimal | int)
    why = f"{planned.content} is no number for a cell" if number else "its formula is longer than Excel takes"
    return Problem(Severity.ERROR, f"{place} stays empty: {why}.")


def note(text: str) -> Comment:
    """A comment as large as its text."""
    shown = cleaned(text.strip(), NOTE_LIMIT)
    lines = sum(1 + len(line) // 45 for line in shown.splitlines())
    return Comment(shown, NOTE_AUTHOR, width=NOTE_WIDTH, height=NOTE_LINE * (lines + 1))


def address(place: CellRef) -> str:
    """`'Income Statement'!B7`, as a link inside the workbook names it."""
    return f"{quote_sheetname(place.sheet)}!{get_column_letter(place.column)}{place.row}"


def coordinates(cells: CellRange) -> str:
    """`B5:C9`."""
    first, last = cells.first, cells.last
    return f"{get_column_letter(first.column)}{first.row}:{get_column_letter(last.column)}{last.row}"


def absolute(cells: CellRange) -> str:
    """`'Income Statement'!$B$5:$C$9`, as charts name their cells."""
    first, last = cells.first, cells.last
    corners = [f"${get_column_letter(c.column)}${c.row}" for c in (first, last)]
    return f"{quote_sheetname(first.sheet)}!{corners[0]}" + (f":{corners[1]}" if first != last else "")

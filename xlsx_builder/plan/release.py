"""The sheet Release: the text a line a row, where the citations of all other sheets land."""

from __future__ import annotations

from collections.abc import Iterable

from xlsx_builder.model.document import Document
from xlsx_builder.model.workbook import CellRef, PlannedCell, Role, Sheet, Tab
from xlsx_builder.plan.layout import FIRST_ROW, HEADING_ROW
from xlsx_builder.plan.names import RELEASE
from xlsx_builder.plan.top import flag_range, top_cells

NUMBER, PAGE, SHOWN, TEXT = 1, 2, 3, 4
WIDTHS = {NUMBER: 10.0, PAGE: 9.0}
WIDTH_SHOWN = 14, 31
WIDTH_TEXT = 60, 130
"""Narrowest and widest, in characters; longer texts wrap."""


FIXED_PITCH = 1.08
"""Width of a letter of the release's text, in digits."""


def release_rows(document: Document) -> dict[int, int]:
    """Number of a source line -> the row that shows it."""
    return {line.number: row for row, line in enumerate(document.lines, start=FIRST_ROW)}


def release_sheet(document: Document, sheets: tuple[Sheet, ...]) -> Sheet:
    """The text of the release, each line with a link to the first row of the sheets that cites it."""
    cells = list(top_cells(RELEASE, "Release", f"The text of {document.source}, line by line"))
    for column, text in ((NUMBER, "Line"), (PAGE, "Page"), (SHOWN, "Shown on"), (TEXT, "Text")):
        cells.append(PlannedCell(HEADING_ROW, column, text, Role.PERIOD))
    citing = citing_rows(sheets)
    for row, line in enumerate(document.lines, start=FIRST_ROW):
        cells.append(PlannedCell(row, NUMBER, line.number, Role.SOURCE))
        if line.page is not None:
            cells.append(PlannedCell(row, PAGE, line.page, Role.SOURCE))
        if line.number in citing:
            place = citing[line.number]
            cells.append(PlannedCell(row, SHOWN, place.sheet, Role.SOURCE, link=place))
        if line.text.strip():
            cells.append(PlannedCell(row, TEXT, line.text, Role.TEXT))
    texts, names = (line.text.rstrip() for line in document.lines), (place.sheet for place in citing.values())
    widths = {SHOWN: _width(names, WIDTH_SHOWN), TEXT: _width(texts, WIDTH_TEXT)}
    return Sheet(
        RELEASE,
        Tab.SOURCE,
        tuple(cells),
        WIDTHS | widths,
        freeze=(FIRST_ROW, 1),
        title_rows=(1, HEADING_ROW),
        flags=(flag_range(RELEASE),),
    )


def _width(texts: Iterable[str], limits: tuple[int, int]) -> float:
    least, most = limits
    return float(min(most, max(least, *(int(len(text) * FIXED_PITCH) + 2 for text in (*texts, "")))))


def citing_rows(sheets: tuple[Sheet, ...]) -> dict[int, CellRef]:
    """Source line -> the first row that cites it."""
    rows: dict[int, CellRef] = {}
    for sheet in sheets:
        for cell in sheet.cells:
            if cell.role is Role.SOURCE and isinstance(cell.content, int) and cell.link is not None:
                rows.setdefault(cell.content, CellRef(sheet.name, cell.row, 1))
    return rows


def citation(rows: dict[int, int], line: int | None) -> CellRef | None:
    """Where a citation of a source line leads; None where the release shows no such line."""
    return None if line is None or line not in rows else CellRef(RELEASE, rows[line], TEXT)

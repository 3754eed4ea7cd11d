"""The sheet Release: the text a line a row, where the citations of all other sheets land."""

from __future__ import annotations

from xlsx_builder.model.document import Document
from xlsx_builder.model.workbook import CellRef, PlannedCell, Role, Sheet, Tab
from xlsx_builder.plan.layout import FIRST_ROW, HEADING_ROW
from xlsx_builder.plan.names import RELEASE
from xlsx_builder.plan.top import flag_range, top_cells

NUMBER, PAGE, TEXT = 1, 2, 3
WIDTHS = {NUMBER: 10.0, PAGE: 9.0, TEXT: 130.0}


def release_rows(document: Document) -> dict[int, int]:
    """Number of a source line -> the row that shows it."""
    return {line.number: row for row, line in enumerate(document.lines, start=FIRST_ROW)}


def release_sheet(document: Document) -> Sheet:
    """The text of the release."""
    cells = list(top_cells(RELEASE, "Release", f"The text of {document.source}, line by line"))
    for column, text in ((NUMBER, "Line"), (PAGE, "Page"), (TEXT, "Text")):
        cells.append(PlannedCell(HEADING_ROW, column, text, Role.HEADING))
    for row, line in enumerate(document.lines, start=FIRST_ROW):
        cells.append(PlannedCell(row, NUMBER, line.number, Role.SOURCE))
        if line.page is not None:
            cells.append(PlannedCell(row, PAGE, line.page, Role.SOURCE))
        if line.text.strip():
            cells.append(PlannedCell(row, TEXT, line.text, Role.TEXT))
    return Sheet(
        RELEASE,
        Tab.SOURCE,
        tuple(cells),
        WIDTHS,
        freeze=(FIRST_ROW, 1),
        title_rows=(1, HEADING_ROW),
        flags=(flag_range(RELEASE),),
    )


def citation(rows: dict[int, int], line: int | None) -> CellRef | None:
    """Where a citation of a source line leads; None where the release shows no such line."""
    return None if line is None or line not in rows else CellRef(RELEASE, rows[line], TEXT)

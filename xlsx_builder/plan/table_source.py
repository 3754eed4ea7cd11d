"""What a table's workbook says of its source: the rows as they were, and how to read what was made of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from xlsx_builder import __version__
from xlsx_builder.model.workbook import CellRef, PlannedCell, Role, Sheet, Tab
from xlsx_builder.plan.layout import FIRST_ROW, HEADING_ROW
from xlsx_builder.plan.names import ABOUT, CHECKS
from xlsx_builder.plan.table_relations import TABLE
from xlsx_builder.plan.top import flag_range, top_cells

SOURCE = "Source"
NUMBER, TEXT = 1, 2
SOURCE_WIDTHS, ABOUT_WIDTHS = {NUMBER: 12.0, TEXT: 110.0, 3: 12.0}, {1: 24.0, 2: 90.0, 3: 14.0}

SHEETS = (
    (TABLE, "The table, each cell where it was, its sums as formulas"),
    (CHECKS, "Each formula against the figure that stood in its cell"),
    (SOURCE, "The rows of the table as they were"),
)
RULES = (
    ("Signs", "Figures keep their sign; formulas say with + and - how each one counts."),
    ("Per cents", "A cell holds 0.123 where 12.3% stood."),
    ("Tolerance", "Half a unit of the last digit for each figure taking part."),
)
LEGEND = (
    (Role.INPUT, "A figure of the table; change it to see what depends on it"),
    (Role.SUBTOTAL, "A sum or an average"),
    (Role.LINK, "Repeats another cell"),
    (Role.REPORTED, "What stood where there is a formula now"),
    (Role.CALCULATION, "Another formula"),
    (Role.PARAMETER, "A constant that formulas read"),
    (Role.CHECK, "The result of a check"),
    (Role.SOURCE, "A citation; a click leads to the row as it was"),
)


def citation(index: int, row: int, column: int) -> PlannedCell:
    """A cell that says which row of the table its own row is from, counted from 0, and leads there."""
    return PlannedCell(row, column, index + 1, Role.SOURCE, link=CellRef(SOURCE, FIRST_ROW + index, TEXT))


def source_sheet(source: str, rows: Sequence[Sequence[str]]) -> Sheet:
    """The rows of the table as text, numbered."""
    cells = [*top_cells(SOURCE, "Source", f"The rows of {source} as they were", ABOUT)]
    for column, text in ((NUMBER, "Line"), (TEXT, "Text")):
        cells.append(PlannedCell(HEADING_ROW, column, text, Role.PERIOD))
    for index, texts in enumerate(rows):
        cells.append(PlannedCell(FIRST_ROW + index, NUMBER, index + 1, Role.SOURCE))
        if any(text.strip() for text in texts):
            cells.append(PlannedCell(FIRST_ROW + index, TEXT, " | ".join(text.strip() for text in texts), Role.TEXT))
    return Sheet(
        SOURCE,
        Tab.SOURCE,
        tuple(cells),
        SOURCE_WIDTHS,
        freeze=(FIRST_ROW, 1),
        title_rows=(1, HEADING_ROW),
        flags=(flag_range(SOURCE),),
    )


def about_sheet(source: str) -> Sheet:
    """Where the workbook comes from, its sheets, and how to read it."""
    origin = (("Source", source), ("Built by", f"xlsx_builder {__version__}"))
    at = count(FIRST_ROW)
    cells = [*top_cells(ABOUT, "About this workbook", "Where it comes from, and how to read it", ABOUT)]
    for title, pairs in (("Origin", origin), ("Contents", SHEETS), ("How to read it", RULES)):
        cells.append(PlannedCell(next(at), 1, title, Role.HEADING))
        for topic, text in pairs:
            link = CellRef(topic, 1, 1) if pairs is SHEETS else None
            cells.append(PlannedCell(row := next(at), 1, topic, Role.LABEL, link=link))
            cells.append(PlannedCell(row, 2, text, Role.TEXT))
        next(at)
    cells.append(PlannedCell(next(at), 1, "Colours", Role.HEADING))
    for role, text in LEGEND:
        name = role.value.removeprefix("xb ")
        cells.append(PlannedCell(row := next(at), 1, name.capitalize(), Role.LABEL))
        cells += [PlannedCell(row, 2, text, Role.TEXT), PlannedCell(row, 3, name, role)]
    return Sheet(ABOUT, Tab.ABOUT, tuple(cells), ABOUT_WIDTHS, freeze=(FIRST_ROW, 1), flags=(flag_range(ABOUT),))

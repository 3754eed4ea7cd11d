"""Rules about sheets as read and printed: nothing hidden or merged, panes, paper, titles, and words for pictures."""

from __future__ import annotations

from collections.abc import Iterator

from xlsx_builder.model.formula import address, column_letters
from xlsx_builder.verify.audit.facts import Facts, SheetFact
from xlsx_builder.verify.audit.figures import header_row
from xlsx_builder.verify.audit.report import Fault, Place
from xlsx_builder.verify.audit.rule import Rule

SCREEN_ROWS, SCREEN_COLUMNS = 30, 12
"""What a screen shows at once, about."""


def hidden(facts: Facts) -> Iterator[Fault]:
    """Hidden sheets, rows and columns, and figures that a format does not show."""
    charts = ((sheet.title, sheet.sheet_state) for sheet in facts.book.chartsheets)
    for name, state in (*((sheet.name, sheet.raw.sheet_state) for sheet in facts.sheets), *charts):
        if state != "visible":
            yield Fault(Place(name), "The sheet is hidden.")
    for sheet in facts.sheets:
        for row, dimension in sheet.raw.row_dimensions.items():
            if dimension.hidden or dimension.height == 0:
                yield sheet.fault(f"Row {row} is hidden.")
        for letter, dimension in sheet.raw.column_dimensions.items():
            if dimension.hidden or dimension.width == 0:
                last = column_letters(dimension.max) if dimension.max else letter
                yield sheet.fault(f"Column {letter if last == letter else f'{letter}:{last}'} is hidden.")
        for cell in sheet.cells.values():
            if cell.look.number_format.strip().startswith(";;"):
                yield cell.fault("The format hides what the cell holds.")
            elif cell.look.fill and cell.look.fill == cell.look.colour:
                yield cell.fault("The letters have the colour of the cell, so nobody sees them.")


def merged(facts: Facts) -> Iterator[Fault]:
    """Merged cells, which break sorting, filling and screen readers."""
    for sheet in facts.sheets:
        for area in sheet.raw.merged_cells.ranges:
            yield Fault(Place(sheet.name, area.min_row, area.min_col), f"The cells {area.coord} are merged.")


def described(facts: Facts) -> Iterator[Fault]:
    """Charts and pictures without a text for those who cannot see them."""
    for sheet in facts.sheets:
        for name, text in sheet.drawings:
            if not text.strip():
                yield sheet.fault(f"'{name}' has no alternative text.")


def titled(facts: Facts) -> Iterator[Fault]:
    """A document without a title."""
    if not (facts.book.properties.title or "").strip():
        yield Fault(Place(""), "The document has no title among its properties.")


def panes(facts: Facts) -> Iterator[Fault]:
    """Sheets larger than a screen whose headings scroll away."""
    for sheet in facts.sheets:
        if sheet.last_row > SCREEN_ROWS or (header_row(sheet) and sheet.last_column > SCREEN_COLUMNS):
            frozen = sheet.raw.sheet_view.pane is not None and sheet.raw.freeze_panes
            if not frozen:
                yield sheet.fault("No panes are frozen, so the headings scroll away.")
            elif frozen_rows(sheet) <= header_row(sheet) - 1:
                yield sheet.fault(f"The frozen panes end above the headings in row {header_row(sheet)}.")


def frozen_rows(sheet: SheetFact) -> int:
    """Rows that stay in view."""
    at = sheet.raw.freeze_panes
    return int("".join(letter for letter in at if letter.isdigit()) or 1) - 1 if at else 0


def paper(facts: Facts) -> Iterator[Fault]:
    """Sheets that print over several pages across, upright, or without a foot."""
    for sheet in facts.sheets:
        if not sheet.cells:
            continue
        setup, properties = sheet.raw.page_setup, sheet.raw.sheet_properties.pageSetUpPr
        if setup.orientation != "landscape":
            yield sheet.fault("The page is not landscape.")
        if not (properties is not None and properties.fitToPage) or setup.fitToWidth not in (None, 1):
            yield sheet.fault("The page is not fitted to one page's width.")
        foot = sheet.raw.oddFooter
        if not any(part.text for part in (foot.left, foot.center, foot.right)):
            yield sheet.fault("The page has no footer.")


def repeated_titles(facts: Facts) -> Iterator[Fault]:
    """Sheets of several pages whose headings stand on the first only; screen readers take them as header rows too."""
    for sheet in facts.sheets:
        head = header_row(sheet)
        if not head:
            continue
        rows = (sheet.raw.print_title_rows or "").replace("$", "").partition(":")
        given = range(int(rows[0]), int(rows[2]) + 1) if rows[0].isdigit() and rows[2].isdigit() else range(0)
        if head not in given and sheet.last_row > head + 1:
            at = address(head, min(cell.place.column for cell in sheet.rows[head]))
            yield sheet.fault(f"The headings in row {head} ({at}) are no print titles, which mark them as header rows.")


RULES = (
    Rule("hidden", "Nothing is hidden.", "ICAEW code", hidden),
    Rule("merged", "No cells are merged.", "accessibility", merged),
    Rule("alt", "Charts and pictures have an alternative text.", "accessibility", described),
    Rule("title", "The document has a title.", "accessibility", titled),
    Rule("panes", "Headings stay in view.", "FAST, practice", panes),
    Rule("page", "Pages are landscape, one page wide, with a footer.", "practice", paper),
    Rule("titles", "Headings are marked as header rows and repeated on each page.", "practice", repeated_titles),
)

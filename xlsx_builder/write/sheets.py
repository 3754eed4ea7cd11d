"""What a sheet has besides cells: widths, panes, page set-up, protection, choices, flags and charts."""

from __future__ import annotations

from typing import Any

from openpyxl.formatting.rule import CellIsRule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from xlsx_builder.model.patterns import regex
from xlsx_builder.model.template import FLAG_BAD, FLAG_OK, HouseStyle
from xlsx_builder.model.workbook import Choice, Sheet, Tab
from xlsx_builder.write.cells import coordinates
from xlsx_builder.write.fit import LEAST_HEIGHT
from xlsx_builder.write.text import cell_text, footer_text

PAPER = {"A4": 9, "Letter": 1}
"""Excel's numbers of paper sizes."""
ONE_PAGE = {Tab.SUMMARY: 75, Tab.STATEMENT: 55, Tab.ANALYSIS: 55}
"""Rows of a sheet that can still be read when they share a page; longer sheets and others take several."""
FIELD = regex(r"\{(source|sheet|page|pages)\}")
"""What a template's footer has in the place of fields; all at once, as a file may be called like one."""
MARGIN = 0.4
"""Inches; enough for any printer, twice as much above the footer."""


def arrange(target: Worksheet, sheet: Sheet, house: HouseStyle, footer: str) -> None:
    """Set up everything but the cells and charts."""
    for column, width in sorted(sheet.widths.items()):
        target.column_dimensions[get_column_letter(column)].width = width
    target.sheet_format.defaultRowHeight = LEAST_HEIGHT
    target.sheet_format.customHeight = True
    if sheet.freeze is not None:
        row, column = sheet.freeze
        target.freeze_panes = f"{get_column_letter(column)}{row}"
    target.sheet_properties.tabColor = house.tabs[sheet.tab]
    target.sheet_view.zoomScale = house.page.zoom
    target.sheet_view.showGridLines = house.page.gridlines
    printed(target, sheet, house, footer)
    protected(target)
    for choice in sheet.choices:
        target.add_data_validation(validation(choice))
    flagged(target, sheet)


def printed(target: Worksheet, sheet: Sheet, house: HouseStyle, footer: str) -> None:
    """Landscape, one page wide (one in all where that can be read), titles repeated, source and page at the foot."""
    target.page_setup.orientation = "landscape"
    target.page_setup.paperSize = PAPER.get(house.page.paper)
    target.page_setup.fitToWidth = 1
    whole = max((cell.row for cell in sheet.cells), default=0) <= ONE_PAGE.get(sheet.tab, 0)
    target.page_setup.fitToHeight = 1 if whole else 0
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = target.page_margins
    margins.left = margins.right = margins.top = MARGIN
    margins.bottom, margins.footer = 2 * MARGIN, MARGIN
    if sheet.title_rows is not None:
        target.print_title_rows = f"{sheet.title_rows[0]}:{sheet.title_rows[1]}"
    foot: Any = target.oddFooter
    fields = {"source": footer_text(footer), "sheet": "&A", "page": "&P", "pages": "&N"}
    for part, text in zip((foot.left, foot.center, foot.right), house.page.footer, strict=True):
        part.text = FIELD.sub(lambda found: fields[found[1]], text.replace("&", "&&")) or None


def protected(target: Worksheet) -> None:
    """Lock what is not open, without a password; columns and rows can still be resized."""
    target.protection.sheet = True
    target.protection.formatColumns = False  # openpyxl and the file format say what is forbidden
    target.protection.formatRows = False


def validation(choice: Choice) -> DataValidation:
    """Only the listed values, offered as a list."""
    listed = ",".join(cell_text(value) for value in choice.allowed)
    quoted = '"' + listed.replace('"', '""') + '"'
    made = DataValidation(type="list", formula1=quoted, allow_blank=False, showErrorMessage=True, showInputMessage=True)
    made.errorTitle = made.promptTitle = "Choose a value"
    made.error = made.prompt = f"One of: {listed.replace(',', ', ')}"[:255]
    made.add(coordinates(choice.cells))
    return made


def flagged(target: Worksheet, sheet: Sheet) -> None:
    """Colour the words OK, differs and CHECK; the words stay what tells them apart."""
    book: Any = target.parent
    looks = {style.name: style for style in book._named_styles if style.name in (FLAG_OK, FLAG_BAD)}  # noqa: SLF001
    words = (("OK", FLAG_OK), ("differs", FLAG_BAD), ("CHECK", FLAG_BAD))
    for cells in sheet.flags:
        for word, name in words:
            look = looks[name]
            rule = CellIsRule(operator="equal", formula=[f'"{word}"'], font=look.font, fill=look.fill)  # type: ignore[no-untyped-call]
            target.conditional_formatting.add(coordinates(cells), rule)

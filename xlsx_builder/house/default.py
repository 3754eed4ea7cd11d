"""Make the templates: `python -m xlsx_builder.house.default [FOLDER]`."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import Any

from openpyxl import Workbook as Book
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.styles.colors import Color
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import ARC_THEME

from xlsx_builder.house.looks import (
    DEFAULT,
    FIXED_FONT,
    FONT,
    FORMATS,
    PLAIN,
    PURPOSES,
    SETTINGS,
    TEXT_AS_FIGURE,
    Design,
    Edge,
    Look,
)
from xlsx_builder.house.settings import FORMATS as FORMATS_SHEET
from xlsx_builder.house.settings import PAPERS
from xlsx_builder.house.settings import SETTINGS as SETTINGS_SHEET
from xlsx_builder.model.package import packed, parts
from xlsx_builder.model.template import Part
from xlsx_builder.model.workbook import NumberKind, Role, Tab

TARGET = Path(__file__).resolve().parents[2] / "templates"
SHEETS = ("Styles", FORMATS_SHEET, SETTINGS_SHEET)
SAMPLE = -1234.5678
SAMPLES: dict[NumberKind, str | float] = {
    NumberKind.PERCENT: -0.12345,
    NumberKind.DATE: 45_000,
    NumberKind.TEXT: "text",
}
"""Dates are days as Excel counts them."""
MIN_HEIGHT = 14
"""Points; a line of text of ordinary size."""
BASE = Font(name=FONT, size=10, family=2)
TEXT_COLUMNS = (1, 8)
AS_FIGURES = (Role.PERIOD.value, Role.CHECK.value)
WIDTHS = {"A": 22, "B": 24, "C": 16, "D": 16, "E": 16, "F": 16, "G": 4, "H": 50}


def template(design: Design = DEFAULT) -> bytes:
    """A house style as a template, the same bytes each time."""
    book = Book()
    book.remove(book.worksheets[0])
    # The first font is the one of cells without a style, and of the digits that column widths count.
    vars(book)["_fonts"] = IndexedList([BASE])
    normal = next(style for style in vars(book)["_named_styles"] if style.name == "Normal")
    normal.font = BASE
    for name, look in design.looks.items():
        book.add_named_style(_named_style(name, look, design.edge))
    styles, formats, settings = (book.create_sheet(name) for name in SHEETS)
    _styles_sheet(styles, design)
    _formats_sheet(formats)
    _settings_sheet(settings, design)
    book.properties = DocumentProperties(title=design.title, creator="xlsx_builder")
    saved = io.BytesIO()
    book.save(saved)
    found = parts(saved.getvalue())
    found[ARC_THEME] = _theme(found[ARC_THEME], design.accents)
    return packed(found)


def _named_style(name: str, look: Look, edge: str) -> NamedStyle:
    style = NamedStyle(name)
    style.font = Font(
        name=look.font,
        size=look.size,
        bold=look.bold,
        italic=look.italic,
        color=Color(rgb="FF" + look.colour),
        family=3 if look.font == FIXED_FONT else 2,
    )
    if look.fill:
        style.fill = PatternFill("solid", fgColor="FF" + look.fill)
    style.border = Border(top=_side(look.above, edge), bottom=_side(look.below, edge))
    style.alignment = Alignment(
        horizontal=look.side or None, vertical="top" if look.top else "bottom", wrap_text=look.wrap
    )
    style.number_format = TEXT_AS_FIGURE if name in AS_FIGURES else "General"
    style.protection = Protection(locked=not look.open)
    return style


def _side(edge: Edge, colour: str) -> Side:
    return Side(border_style=edge.value or None, color="FF" + colour if edge.value else None)


def _head(sheet: Worksheet, title: str, hint: str, header: tuple[str, ...]) -> None:
    for letters, width in WIDTHS.items():
        sheet.column_dimensions[letters].width = width
    sheet.sheet_view.showGridLines = False
    sheet.cell(1, 1, title).style = Role.TITLE.value
    sheet.cell(2, 1, hint).style = Role.SUBTITLE.value
    for column, head in enumerate(header, 1):
        cell = sheet.cell(4, column, head)
        cell.style = Role.PERIOD.value
        if column in TEXT_COLUMNS:
            cell.alignment = Alignment(horizontal="left", vertical="bottom")
    for column, name in enumerate(SHEETS, 1):
        cell = sheet.cell(3, column, name)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!A1")
        cell.style = Role.SOURCE.value
        cell.alignment = Alignment(horizontal="left")
    sheet.freeze_panes = "A5"
    foot: Any = sheet.oddFooter
    foot.center.text, foot.right.text = "&A", "Page &P of &N"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _styles_sheet(sheet: Worksheet, design: Design) -> None:
    hint = "Change a style in Excel: right-click its name under Home, Cell Styles, then Modify. Keep the names."
    _head(sheet, "Cell styles", hint, ("Style", "Sample", "", "", "", "", "", "What it is for"))
    for row, (name, purpose) in enumerate(PURPOSES.items(), 5):
        sheet.cell(row, 1, name)
        sheet.cell(row, 2, _sample(name, design.looks[name])).style = name
        sheet.cell(row, 8, purpose)
        sheet.row_dimensions[row].height = max(MIN_HEIGHT, 1.4 * design.looks[name].size)


def _sample(style: str, look: Look) -> str | int:
    if style == Role.SWITCH.value:
        return 1
    return 1234 if look.side == "right" else "Net sales"


def _formats_sheet(sheet: Worksheet) -> None:
    hint = "Change the number format of a sample: one column for each number of digits after the point."
    _head(sheet, "Number formats", hint, ("kind of figure", "0 digits", "1", "2", "3", "4", "", "Remark"))
    for row, (kind, formats) in enumerate(FORMATS.items(), 5):
        sheet.cell(row, 1, kind.value)
        for column, code in enumerate(formats, 2):
            sheet.cell(row, column, SAMPLES.get(kind, SAMPLE)).number_format = code
        sheet.cell(row, 8, "Also the style's own format" if kind is NumberKind.GENERAL else None)


def _settings_sheet(sheet: Worksheet, design: Design) -> None:
    hint = "Change the second column; fill a cell with another colour to colour the tabs."
    _head(sheet, "Settings", hint, ("setting", "value", "", "", "", "", "", "Remark"))
    for row, (key, value, remark) in enumerate(SETTINGS, 5):
        sheet.cell(row, 1, key)
        sheet.cell(row, 2, value).alignment = Alignment(horizontal="left")
        if key.startswith("analysis") or key == "gridlines":
            _offer(sheet, row, ("yes", "no"))
        elif key.startswith("sheet"):
            _offer(sheet, row, (*map(str, range(1, len(Part) + 1)), *(("no",) if remark.endswith("no") else ())))
        elif key == "paper":
            _offer(sheet, row, PAPERS)
        sheet.cell(row, 8, remark)
    for row, tab in enumerate(Tab, 5 + len(SETTINGS)):
        sheet.cell(row, 1, f"tab {tab.value}")
        sheet.cell(row, 2).fill = PatternFill("solid", fgColor="FF" + design.tabs[tab])


def _offer(sheet: Worksheet, row: int, values: tuple[str, ...]) -> None:
    listed = DataValidation(type="list", formula1=f'"{",".join(values)}"', allow_blank=False, showErrorMessage=True)
    listed.add(f"B{row}")
    sheet.add_data_validation(listed)


def _theme(theme: bytes, accents: tuple[str, ...]) -> bytes:
    """The Office theme with our fonts and accent colours, so that charts and new cells match."""
    text = theme.decode()
    for number, colour in enumerate(accents, 1):
        text = re.sub(rf'(<a:accent{number}>\s*<a:srgbClr val=")[0-9A-F]{{6}}', rf"\g<1>{colour}", text)
    return re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\g<1>{FONT}", text).encode()


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    for design in (DEFAULT, PLAIN):
        (folder / design.file).write_bytes(template(design))

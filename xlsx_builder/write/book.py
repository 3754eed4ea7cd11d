"""The planned sheets in an openpyxl workbook that begins as the template."""

from __future__ import annotations

import io
from typing import Any
from zipfile import ZipFile

from openpyxl.packaging.core import DocumentProperties
from openpyxl.packaging.custom import CustomPropertyList, StringProperty
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.workbook import Workbook as Book
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import ARC_THEME

from xlsx_builder.model.package import MARK, MASTER
from xlsx_builder.model.problem import Problem
from xlsx_builder.model.template import HouseStyle
from xlsx_builder.model.workbook import CellRange, Workbook
from xlsx_builder.write.cells import absolute, fill
from xlsx_builder.write.charts import draw
from xlsx_builder.write.fingerprint import Entry, digest
from xlsx_builder.write.logo import place
from xlsx_builder.write.sheets import arrange
from xlsx_builder.write.styles import Palette
from xlsx_builder.write.text import cleaned, sheet_names

CREATOR = "xlsx_builder"
TITLE_LIMIT = 255
"""Characters of a document's title."""


def drafted(workbook: Workbook, house: HouseStyle) -> tuple[bytes, tuple[Problem, ...]]:
    """The workbook without stored values, and what could not be written."""
    sheet_names(tuple(sheet.name for sheet in workbook.sheets))
    book = _empty(house)
    palette = Palette(book, house)
    problems: list[Problem] = []
    contents: list[tuple[str, list[Entry]]] = []
    for sheet in workbook.sheets:
        target = book.create_sheet(sheet.name)
        entries, refused = fill(target, sheet, palette)
        arrange(target, sheet, house, workbook.footer)
        for chart in sheet.charts:
            draw(target, chart, house)
        contents.append((sheet.name, entries))
        problems.extend(refused)
    if house.logo is not None:
        # At the right, beside the title, in the last columns that the sheet uses.
        place(book.worksheets[0], house.logo, max(2, book.worksheets[0].max_column - 1))
    if workbook.master is not None:
        book.defined_names.add(DefinedName(MASTER, attr_text=absolute(CellRange(workbook.master, workbook.master))))
    book.worksheets[0].sheet_view.tabSelected = True
    book.properties = DocumentProperties(title=cleaned(workbook.title, TITLE_LIMIT), creator=CREATOR)
    marks: Any = CustomPropertyList()
    marks.append(StringProperty(name=MARK, value=digest(contents)))
    vars(book)["custom_doc_props"] = marks
    saved = io.BytesIO()
    ExcelWriter(book, ZipFile(saved, "w")).save()  # not compressed: that is done once, when the file is finished
    return saved.getvalue(), tuple(problems)


def _empty(house: HouseStyle) -> Book:
    """A workbook without sheets that has the template's styles and theme, and nothing else of it."""
    book = Book()
    book.remove(book.worksheets[0])
    with ZipFile(io.BytesIO(house.content)) as template:
        apply_stylesheet(template, book)
        if ARC_THEME in template.namelist():
            book.loaded_theme = template.read(ARC_THEME)
    book.calculation.fullCalcOnLoad = True  # stored values come from another engine; Excel shall have the last word
    return book

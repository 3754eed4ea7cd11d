"""Role and number format -> one style of the workbook, made once and shared by all cells that look so."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import Any

from openpyxl.styles import Protection
from openpyxl.styles.cell_style import StyleArray
from openpyxl.workbook import Workbook as Book
from openpyxl.worksheet.worksheet import Worksheet

from xlsx_builder.model.template import HouseStyle
from xlsx_builder.model.workbook import NumberKind, PlannedCell, Role

OPEN = frozenset({Role.INPUT, Role.SWITCH, Role.PARAMETER})
"""Cells that an analyst may change while the sheet is protected."""

FORMULA_LIKE = ("=", "+", "-", "@")
"""A text that begins so would turn into a formula when somebody edits the cell."""


Key = tuple[Role, NumberKind, int, int, bool, str]
"""All that styles of cells may differ in."""


class Palette:
    """The styles of one workbook.

    openpyxl looks every part of a style up again for each cell; a style array that is made once and copied is a third
    faster, and it is the reason for touching `_style`.
    """

    def __init__(self, book: Book, house: HouseStyle) -> None:
        self._book = book
        self._house = house
        self._made: dict[Key, StyleArray] = {}

    def style(self, cell: PlannedCell, side: str = "") -> StyleArray:
        """A style array for a cell to keep; `side` aligns it otherwise than its named style does."""
        quoted = isinstance(cell.content, str) and cell.content.startswith(FORMULA_LIKE)
        decimals = 0 if cell.number is NumberKind.GENERAL else cell.decimals
        key = (cell.role, cell.number, decimals, cell.indent, quoted, side)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._make(replace(cell, decimals=decimals), side, quoted=quoted)
        return copy(made)

    def _make(self, planned: PlannedCell, side: str, *, quoted: bool) -> StyleArray:
        # A cell of a sheet that is never saved: openpyxl makes styles only through cells.
        cell: Any = Worksheet(self._book).cell(1, 1)
        cell.style = planned.role.value
        if planned.number is not NumberKind.GENERAL:
            cell.number_format = number_format(self._house, planned.number, planned.decimals)
        if planned.indent or side:
            alignment = copy(cell.alignment)
            alignment.horizontal = side or alignment.horizontal or "left"
            alignment.indent = planned.indent
            cell.alignment = alignment
        cell.protection = Protection(locked=planned.role not in OPEN)
        cell._style.quotePrefix = int(quoted)  # noqa: SLF001
        made: StyleArray = cell._style  # noqa: SLF001
        return made


def number_format(house: HouseStyle, kind: NumberKind, decimals: int) -> str:
    """The template's number format for figures with so many digits after the point."""
    formats = house.formats[kind]
    return formats[min(max(decimals, 0), len(formats) - 1)]

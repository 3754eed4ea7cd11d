"""Role and number format -> one style of the workbook, made once and shared by all cells that look so."""

from __future__ import annotations

from copy import copy
from typing import Any

from openpyxl.styles import Font, Protection
from openpyxl.styles.cell_style import StyleArray
from openpyxl.workbook import Workbook as Book
from openpyxl.worksheet.worksheet import Worksheet

from xlsx_builder.model.template import HouseStyle
from xlsx_builder.model.workbook import NumberKind, PlannedCell, Role

OPEN = frozenset({Role.INPUT, Role.SWITCH, Role.PARAMETER})
"""Cells that an analyst may change while the sheet is protected."""

LINKED = frozenset({Role.SOURCE, Role.TEXT})
"""Cells that are underlined where a click leads on; others have looks of their own to keep."""

FORMULA_LIKE = ("=", "+", "-", "@")
"""A text that begins so would turn into a formula when somebody edits the cell."""


Key = tuple[str, bool, bool, NumberKind, int, int, bool, str]
"""Named style, whether open, whether a link, kind and digits of figures, indentation, whether quoted, side."""


class Palette:
    """The styles of one workbook.

    openpyxl looks every part of a style up again for each cell; a style array that is made once and copied is a third
    faster, and it is the reason for touching `_style`.
    """

    def __init__(self, book: Book, house: HouseStyle) -> None:
        self._book = book
        self._house = house
        self._made: dict[Key, StyleArray] = {}

    def style(self, cell: PlannedCell, name: str, side: str = "") -> StyleArray:
        """A style array for a cell to keep: of a named style, aligned otherwise where `side` says so."""
        quoted = isinstance(cell.content, str) and cell.content.startswith(FORMULA_LIKE)
        decimals = 0 if cell.number is NumberKind.GENERAL else cell.decimals
        linked = cell.link is not None and cell.role in LINKED
        key = (name, cell.role in OPEN, linked, cell.number, decimals, cell.indent, quoted, side)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._make(key)
        return copy(made)

    def _make(self, key: Key) -> StyleArray:
        name, is_open, linked, number, decimals, indent, quoted, side = key
        # A cell of a sheet that is never saved: openpyxl makes styles only through cells.
        cell: Any = Worksheet(self._book).cell(1, 1)
        cell.style = name
        if number is not NumberKind.GENERAL:
            cell.number_format = number_format(self._house, number, decimals)
        if indent or side:
            alignment = copy(cell.alignment)
            alignment.horizontal = side or alignment.horizontal or "left"
            alignment.indent = indent
            cell.alignment = alignment
        if linked:
            cell.font = cell.font + Font(underline="single")
        cell.protection = Protection(locked=not is_open)
        cell._style.quotePrefix = int(quoted)  # noqa: SLF001
        made: StyleArray = cell._style  # noqa: SLF001
        return made


def number_format(house: HouseStyle, kind: NumberKind, decimals: int) -> str:
    """The template's number format for figures with so many digits after the point."""
    formats = house.formats[kind]
    return formats[min(max(decimals, 0), len(formats) - 1)]

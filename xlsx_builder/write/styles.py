"""Role and number format -> one style of the workbook, made once and shared by all cells that look so."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from openpyxl.styles import Alignment, Font, Protection
from openpyxl.styles.cell_style import StyleArray
from openpyxl.workbook import Workbook as Book
from openpyxl.worksheet.worksheet import Worksheet

from xlsx_builder.model.template import HouseStyle
from xlsx_builder.model.workbook import OPEN, NumberKind, PlannedCell, Role
from xlsx_builder.write.fit import BASE_SIZE, Type

FIXED_PITCH = 3
"""The family of fonts whose letters have one width, as the file format numbers them."""

LINKED = frozenset({Role.SOURCE, Role.TEXT, Role.LABEL, Role.SUBTITLE})
"""Cells that are underlined where a click leads on; others have looks of their own to keep."""

FORMULA_LIKE = ("=", "+", "-", "@")
"""A text that begins so would turn into a formula when somebody edits the cell."""


class Way(Struct, frozen=True):
    """How a cell is to look because of where it stands."""

    name: str
    """Named style."""
    side: str = ""
    """Horizontal alignment; '' leaves it to the named style."""
    running: bool = False
    """Whether the text runs over the cells beside it instead of wrapping."""
    top: bool = False
    """Whether it begins at the top of its row."""


class Key(Struct, frozen=True):
    """All that the looks of cells differ in."""

    way: Way
    is_open: bool
    linked: bool
    quoted: bool
    number: NumberKind
    decimals: int
    indent: int


class Palette:
    """The styles of one workbook.

    openpyxl looks every part of a style up again for each cell; a style array that is made once and shared is a third
    faster, and it is the reason for touching `_style`.
    """

    def __init__(self, book: Book, house: HouseStyle) -> None:
        self._house = house
        self._made: dict[Key, StyleArray] = {}
        # openpyxl makes styles only through cells; this sheet is never saved.
        self._scratch = Worksheet(book)

        self.types = {style.name: _type(style) for style in vars(book)["_named_styles"]}

    def style(self, cell: PlannedCell, way: Way) -> StyleArray:
        """The style array of a cell, shared by all that look so."""
        key = Key(
            way,
            is_open=cell.role in OPEN,
            linked=cell.link is not None and cell.role in LINKED,
            quoted=isinstance(cell.content, str) and cell.content.startswith(FORMULA_LIKE),
            number=cell.number,
            decimals=0 if cell.number is NumberKind.GENERAL else cell.decimals,
            indent=cell.indent,
        )
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._make(key)
        return made

    def _make(self, key: Key) -> StyleArray:
        cell: Any = self._scratch.cell(len(self._made) + 1, 1)
        cell.style = key.way.name
        if key.number is not NumberKind.GENERAL:
            cell.number_format = number_format(self._house, key.number, key.decimals)
        if key.indent or key.way != Way(key.way.name):
            cell.alignment = _alignment(cell.alignment, key)
        if key.linked:
            cell.font = cell.font + Font(underline="single")
        if cell.protection.locked == key.is_open:
            cell.protection = Protection(locked=not key.is_open)
        cell._style.quotePrefix = int(key.quoted)  # noqa: SLF001
        made: StyleArray = cell._style  # noqa: SLF001
        return made


def _alignment(named: Any, key: Key) -> Alignment:  # noqa: ANN401  (a proxy that the stubs do not know)
    """The named style's alignment, but as the cell's place wants it."""
    horizontal = key.way.side or named.horizontal
    return Alignment(
        horizontal=horizontal or ("left" if key.indent else None),
        vertical="top" if key.way.top else named.vertical,
        indent=key.indent,
        wrap_text=named.wrap_text and not key.way.running,
    )


def _type(style: Any) -> Type:  # noqa: ANN401  (the stubs do not know that styles have fonts)
    return Type(
        size=float(style.font.size or BASE_SIZE),
        wraps=bool(style.alignment.wrap_text),
        fixed=style.font.family == FIXED_PITCH,
        bold=bool(style.font.b),
    )


def number_format(house: HouseStyle, kind: NumberKind, decimals: int) -> str:
    """The template's number format for figures with so many digits after the point."""
    formats = house.formats[kind]
    return formats[min(max(decimals, 0), len(formats) - 1)]

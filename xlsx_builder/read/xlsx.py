"""Sheets of a workbook as tables: each cell as the sheet shows it."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsx_builder.model.limits import LIMITS, Limits, hold
from xlsx_builder.model.package import is_built, opening, parts
from xlsx_builder.model.patterns import regex
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.read.assemble import assemble
from xlsx_builder.read.flow import Item, TextLine
from xlsx_builder.read.plain_grid import Field, items_of_rows
from xlsx_builder.read.text import Reading

UNNAMED = regex(r"(?:sheet|tabelle|feuil|hoja)\s*\d+", re.IGNORECASE)


def read_xlsx(data: bytes, limits: Limits = LIMITS) -> Reading:
    """The source lines and blocks of a workbook.

    Args:
        data: The file.
        limits: How many rows and columns a sheet may have.

    Returns:
        One line for each row; the names of sheets are titles.

    Raises:
        ReleaseError: The file is damaged, locked, or far too large, or one that we built.
    """
    if is_built(BytesIO(data)):
        raise ReleaseError("it is a workbook that xlsx-builder built; name the release that it was built from.")
    items: list[Item] = []
    for number, (name, rows) in enumerate(_sheets(data, limits)):
        made = items_of_rows(rows)
        if made and not UNNAMED.fullmatch(name):
            items.append(TextLine(name, block=-1 - number, bold=True))
        items += made
    return assemble(items)


def sheet_cells(data: bytes, limits: Limits) -> list[tuple[tuple[str, ...], ...]]:
    """The cells of each visible sheet as text.

    Raises:
        ReleaseError: The file is damaged, locked, or far too large.
    """
    return [tuple(tuple(field.text for field in row) for row in rows) for _, rows in _sheets(data, limits)]


def _sheets(data: bytes, limits: Limits) -> list[tuple[str, list[list[Field]]]]:
    """Name and rows of every sheet that can be seen."""
    import openpyxl  # noqa: PLC0415 (heavy)

    parts(data)
    with opening():
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
        return [(sheet.title, _rows(sheet, limits)) for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _rows(sheet: Any, limits: Limits) -> list[list[Field]]:  # noqa: ANN401 (openpyxl's type does not tell what can be reset)
    """The rows of a sheet, each up to its last cell that holds something."""
    sheet.reset_dimensions()  # a stray format can stretch what a sheet says of its size to a million rows
    rows: list[list[Field]] = []
    for number, cells in enumerate(sheet.iter_rows(), 1):
        row = [_field(cell) for cell in cells]
        while row and not row[-1].text.strip():
            row.pop()
        if row:
            hold("lines", number, limits.lines)
            hold("columns", len(row), limits.columns)
            rows.extend([] for _ in range(len(rows) + 1, number))
            rows.append(row)
    return rows


def _field(cell: Any) -> Field:  # noqa: ANN401 (openpyxl's empty cells have another type)
    """One cell as text."""
    value = cell.value
    if value is None:
        return Field("")
    bold = bool(cell.font and cell.font.b)
    indent = round(cell.alignment.indent) if cell.alignment else 0
    return Field(shown(value, cell.number_format or "General"), bold, indent)


def shown(value: object, number_format: str) -> str:
    """A value as its number format shows it: 0.123 under '0.0%' is '12.3%', -5 under '#,##0;(#,##0)' is '(5)'."""
    if isinstance(value, datetime | date):
        return f"{value:%B} {value.day}, {value.year}"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    number = Decimal(repr(value))
    positive, *_ = number_format.split(";")
    places = re.search(r"\.(0+)", positive)
    percent = "%" in positive
    if percent:
        number *= 100
    if places or "0" in positive:
        text = f"{abs(number):,.{len(places[1]) if places else 0}f}"
        text = text if "," in positive else text.replace(",", "")
    else:
        text = f"{abs(number.normalize()):f}"
    sign = re.search(r"\[?\$|\u20ac|\u00a3", positive)
    mark = "" if not sign else ("$" if "$" in sign[0] and "\u20ac" not in positive else sign[0])
    text = f"{mark}{text}{'%' if percent else ''}"
    return f"({text})" if number < 0 else text

"""An open workbook of Excel, through xlwings, as the update sees it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from xlsx_builder.udf.update import OpenBook
from xlsx_builder.udf.values import Block

ALLOWED = (
    *("AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingColumns"),
    *("AllowInsertingRows", "AllowInsertingHyperlinks", "AllowDeletingColumns", "AllowDeletingRows", "AllowSorting"),
    *("AllowFiltering", "AllowUsingPivotTables"),
)
"""What a protected sheet may permit; Protect forgets what it is not told again."""
SHAPES = ("ProtectDrawingObjects", "ProtectContents", "ProtectScenarios")
"""What a sheet says it protects; the arguments of Protect have the same names without 'Protect'."""


class ExcelSheet:
    """A sheet of a workbook that is open in Excel."""

    def __init__(self, sheet: Any) -> None:  # noqa: ANN401  (an xlwings.Sheet, which has no types)
        self._sheet = sheet

    @property
    def _area(self) -> Any:  # noqa: ANN401  (an xlwings.Range)
        last = self._sheet.used_range.last_cell
        return self._sheet.range((1, 1), (last.row, last.column))

    def values(self) -> Block:
        """The values of its cells."""
        return tuple(tuple(row) for row in self._area.options(ndim=2, err_to_str=True).value)

    def formulas(self) -> tuple[tuple[str, ...], ...]:
        """Formulas and constants as text; one cell alone comes without its row."""
        found = self._area.formula
        rows = found if isinstance(found, tuple | list) else ((found,),)
        return tuple(tuple(str(cell) for cell in row) for row in rows)

    def write(self, row: int, column: int, value: float) -> None:
        """Put a figure into a cell."""
        self._sheet.range((row, column)).value = value

    @contextmanager
    def unlocked(self) -> Iterator[None]:
        """Lift the sheet's protection, which has no password, and put it back as it was."""
        api = self._sheet.api
        if not api.ProtectContents:
            yield
            return
        settings = {name: getattr(api.Protection, name) for name in ALLOWED}
        settings |= {name.removeprefix("Protect"): getattr(api, name) for name in SHAPES}
        api.Unprotect()
        try:
            yield
        finally:
            api.Protect(**settings)


def book_of(book: Any) -> OpenBook:  # noqa: ANN401  (an xlwings.Book, which has no types)
    """The sheets of an open workbook by name."""
    return {sheet.name: ExcelSheet(sheet) for sheet in book.sheets}

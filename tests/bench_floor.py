"""The least that any program would do for such a workbook: import, read, style, save, store the formulas' values."""

from __future__ import annotations

import io
import sys
from itertools import islice
from pathlib import Path
from typing import Any

WIDTH = 6
"""Columns of a sheet, as a release's tables have them."""


def write(release: Path, output: Path, sheets: int, cells: int, formulas: int) -> None:
    """Write a workbook with so many sheets, styled cells and, among these, formulas; the others hold words."""
    import formualizer  # noqa: PLC0415 (what the imports cost is part of the measure)
    import openpyxl  # noqa: PLC0415
    from openpyxl.styles import Border, Font, NamedStyle, PatternFill, Side  # noqa: PLC0415

    words = [word for word in release.read_text(encoding="utf-8").split() if word.isalnum()]
    book = openpyxl.Workbook()
    font, fill, border = Font(name="Arial", color="0000FF"), PatternFill("solid", "FFF2CC"), Border(top=Side("thin"))
    book.add_named_style(NamedStyle("figure", font, fill, border, number_format="#,##0"))
    book.remove(book.worksheets[0])
    numbers = iter(range(cells))
    for _ in range(sheets):
        sheet: Any = book.create_sheet()
        for place, number in enumerate(islice(numbers, -(-cells // sheets))):
            cell = sheet.cell(place // WIDTH + 2, place % WIDTH + 1)
            cell.style = "figure"
            formula = number * formulas // cells != (number + 1) * formulas // cells
            cell.value = f"=$A$1+{number}" if formula else words[number % len(words)]
    saved = io.BytesIO()
    book.save(saved)
    output.write_bytes(formualizer.recalculate_xlsx_bytes(saved.getvalue())["bytes"])


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:]))

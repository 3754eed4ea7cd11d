"""The sheet Recompute: functions beside the model's own formulas, and the settings that xlwings reads from a sheet."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import xlsx_builder
from xlsx_builder.model.workbook import (
    CellRange,
    CellRef,
    Link,
    NumberKind,
    PlannedCell,
    Role,
    Sheet,
    Tab,
    Workbook,
)
from xlsx_builder.udf.pairs import Pair, Piece, pairs

SHEET, CONFIGURATION = "Recompute", "xlwings.conf"
HEADINGS = ("Line", "Period", "Sheet", "Function", "Model", "Recomputed", "Agreement")
LINE, PERIOD, PLACE, FUNCTION, MODEL, RECOMPUTED, AGREEMENT = range(1, 8)
"""Columns."""
TITLE_ROW, HINT_ROW, FLAG_ROW, RELEASE_ROW, TOLERANCE_ROW, TALLY_ROW, HEADING_ROW = 1, 2, 3, 5, 6, 7, 9
VALUE = 2
"""Column of the settings above the table."""
TOLERANCE = Decimal("0.000001")
"""Functions and formulas differ in the last binary digits at most; figures differ by more."""
WIDTHS = {1: 44, 2: 30, 3: 22, 4: 15, 5: 16, 6: 16, 7: 14}
HINT = (
    "Functions of the add-in beside the model's own formulas, which need none of them. Without Python the values stay "
    "as they were built; to recompute, install xlsx-builder[excel], allow macros and run ImportPythonUDFs "
    "(docs/analysts.md)."
)
AGREES, DIFFERS, SILENT = "OK", "differs", "no answer"


@dataclass(frozen=True, slots=True)
class Patch:
    """A formula that only the finished file can hold, since it calls a function of the add-in."""

    row: int
    column: int
    formula: str
    pair: Pair | None
    """None for the count of the agreements."""


def extended(workbook: Workbook, release: Path) -> Workbook:
    """The workbook with the sheets Recompute and xlwings.conf, and Recompute among the contents."""
    first, *others = workbook.sheets
    last = others[-1].name if others else first.name
    found = next((c for c in first.cells if c.column == 1 and c.content == last and c.link is not None), None)
    if found is not None:
        row = found.row + 1
        entry = (
            PlannedCell(row, 1, SHEET, Role.LABEL, link=CellRef(SHEET, 1, 1)),
            PlannedCell(row, 2, "check", Role.UNIT),
            PlannedCell(row, 3, "Functions of the add-in beside the model's own formulas", Role.SUBTITLE),
        )
        first = replace(first, cells=(*first.cells, *entry))
    sheets = (first, *others, recompute_sheet(workbook, release), configuration_sheet())
    return replace(workbook, sheets=sheets)


def recompute_sheet(workbook: Workbook, release: Path) -> Sheet:
    """The sheet, the cells of `patches` still empty."""
    found = pairs(workbook)
    last = HEADING_ROW + max(1, len(found))
    cells = [*_top(workbook, release)]
    for row, pair in enumerate(found, start=HEADING_ROW + 1):
        cells.extend(_row(row, pair))
    flags = CellRange(CellRef(SHEET, HEADING_ROW + 1, AGREEMENT), CellRef(SHEET, last, AGREEMENT))
    master = CellRef(SHEET, FLAG_ROW, 3)
    return Sheet(
        SHEET,
        Tab.CHECK,
        tuple(cells),
        WIDTHS,
        freeze=(HEADING_ROW + 1, 2),
        title_rows=(TITLE_ROW, HEADING_ROW),
        flags=(flags, CellRange(master, master)),
        heights={HINT_ROW: 30},
    )


def _top(workbook: Workbook, release: Path) -> Iterator[PlannedCell]:
    yield PlannedCell(TITLE_ROW, 1, SHEET, Role.TITLE)
    yield PlannedCell(HINT_ROW, 1, HINT, Role.SUBTITLE)
    yield PlannedCell(FLAG_ROW, 1, "← Summary", Role.SOURCE, link=CellRef(workbook.sheets[0].name, 1, 1))
    if workbook.master is not None:
        yield PlannedCell(FLAG_ROW, 2, "All checks", Role.UNIT)
        yield PlannedCell(FLAG_ROW, 3, Link(workbook.master), Role.CHECK)
    yield PlannedCell(RELEASE_ROW, 1, "Release that XB_UPDATE reads", Role.LABEL)
    yield PlannedCell(RELEASE_ROW, VALUE, str(release.resolve()), Role.PARAMETER, NumberKind.TEXT)
    yield PlannedCell(TOLERANCE_ROW, 1, "Largest difference that is none", Role.LABEL)
    yield PlannedCell(TOLERANCE_ROW, VALUE, TOLERANCE, Role.PARAMETER)
    yield PlannedCell(TALLY_ROW, 1, "Pairs that do not agree", Role.LABEL)
    yield PlannedCell(TALLY_ROW, VALUE, None, Role.CALCULATION, NumberKind.COUNT)
    for column, heading in enumerate(HEADINGS, start=1):
        yield PlannedCell(HEADING_ROW, column, heading, Role.PERIOD)


def _row(row: int, pair: Pair) -> Iterator[PlannedCell]:
    number, decimals = pair.look.number, pair.look.decimals
    yield PlannedCell(row, LINE, pair.label, Role.LABEL)
    yield PlannedCell(row, PERIOD, pair.period, Role.LABEL)
    yield PlannedCell(row, PLACE, pair.native.sheet, Role.LABEL, link=pair.native)
    yield PlannedCell(row, FUNCTION, pair.function, Role.LABEL)
    yield PlannedCell(row, MODEL, Link(pair.native), Role.LINK, number, decimals)
    yield PlannedCell(row, RECOMPUTED, None, Role.CALCULATION, number, decimals)
    yield PlannedCell(row, AGREEMENT, None, Role.CHECK)


def patches(workbook: Workbook) -> Iterator[Patch]:
    """The formulas of Recompute that call functions, and those that depend on them."""
    found = pairs(workbook)
    for row, pair in enumerate(found, start=HEADING_ROW + 1):
        call = f"{pair.function}({','.join(piece_text(piece) for piece in pair.arguments)})"
        # A text that a host answers instead of a figure must not pass for one: adding zero makes an error of it.
        yield Patch(row, RECOMPUTED, f"0+{call}" if pair.numeric else call, pair)
    for row, pair in enumerate(found, start=HEADING_ROW + 1):
        model, own = f"E{row}", f"F{row}"
        same = f"IFERROR(ABS({model}-{own})<=$B${TOLERANCE_ROW},{model}={own})"
        yield Patch(row, AGREEMENT, f'IFERROR(IF({same},"{AGREES}","{DIFFERS}"),"{SILENT}")', pair)
    shown = f"G{HEADING_ROW + 1}:G{HEADING_ROW + max(1, len(found))}"
    yield Patch(TALLY_ROW, VALUE, f'COUNTIF({shown},"{DIFFERS}")+COUNTIF({shown},"{SILENT}")', None)


def piece_text(piece: Piece) -> str:
    """An argument as a formula writes it."""
    if isinstance(piece, str):
        return '"' + piece.replace('"', '""') + '"'
    first, last = (piece.first, piece.last) if isinstance(piece, CellRange) else (piece, piece)
    corners = dict.fromkeys(f"{letters(cell.column)}{cell.row}" for cell in (first, last))
    return "'" + first.sheet.replace("'", "''") + "'!" + ":".join(corners)


def letters(column: int) -> str:
    """1 -> A, 28 -> AB."""
    text = ""
    while column:
        column, letter = divmod(column - 1, 26)
        text = chr(ord("A") + letter) + text
    return text


def configuration_sheet() -> Sheet:
    """What xlwings reads from A1 on, without an empty row: which Python, where the package is, which functions."""
    settings = {
        "Interpreter_Win": sys.executable,
        "Interpreter_Mac": sys.executable,
        "PYTHONPATH": str(Path(xlsx_builder.__file__).resolve().parents[1]),
        "UDF Modules": "xlsx_builder.udf.xlwings_host",
        "Debug UDFs": "False",
        "Show Console": "False",
    }
    cells = [
        cell
        for row, (name, value) in enumerate(settings.items(), start=1)
        for cell in (PlannedCell(row, 1, name, Role.LABEL), PlannedCell(row, 2, value, Role.PARAMETER, NumberKind.TEXT))
    ]
    return Sheet(CONFIGURATION, Tab.ABOUT, tuple(cells), {1: 24, 2: 80})

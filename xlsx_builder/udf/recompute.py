"""The sheet Recompute: functions beside the model's own formulas, and the settings that xlwings reads from a sheet."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

import xlsx_builder
from xlsx_builder.model.formula import address
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
TITLE_ROW, SUBTITLE_ROW, FLAG_ROW, HINT_ROW, RELEASE_ROW, DIGITS_ROW, TALLY_ROW, HEADING_ROW = 1, 2, 3, 4, 5, 6, 7, 9
VALUE = 2
"""Column of the settings above the table."""
DIGITS = 6
"""Functions and formulas differ in the last binary digits at most; figures differ by more than a millionth."""
WIDTHS = {1: 44, 2: 40, 3: 22, 4: 15, 5: 16, 6: 16, 7: 14}
SUBTITLE = "Functions of the add-in beside the model's own formulas, which need none of them"
HINT = (
    "Without Python the values stay as they were built. To recompute: install xlsx-builder[excel], allow macros, run "
    "ImportPythonUDFs (docs/analysts.md)."
)
AGREES, DIFFERS, SILENT = "OK", "differs", "no answer"


class Patch(Struct, frozen=True):
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
        entries = (
            *_entry(found.row + 1, SHEET, "check", SUBTITLE),
            *_entry(found.row + 2, CONFIGURATION, "about", "Which Python runs the functions, for xlwings"),
        )
        first = replace(first, cells=(*first.cells, *entries))
    sheets = (first, *others, recompute_sheet(workbook, release), configuration_sheet(workbook.master))
    return replace(workbook, sheets=sheets)


def _entry(row: int, sheet: str, kind: str, what: str) -> Iterator[PlannedCell]:
    """A line of the contents."""
    yield PlannedCell(row, 1, sheet, Role.LABEL, link=CellRef(sheet, 1, 1))
    yield PlannedCell(row, 2, kind, Role.UNIT)
    yield PlannedCell(row, 3, what, Role.SUBTITLE)


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
    )


def _top(workbook: Workbook, release: Path) -> Iterator[PlannedCell]:
    yield PlannedCell(TITLE_ROW, 1, SHEET, Role.TITLE)
    yield PlannedCell(SUBTITLE_ROW, 1, SUBTITLE, Role.SUBTITLE)
    yield PlannedCell(HINT_ROW, 1, HINT, Role.SUBTITLE)
    yield PlannedCell(FLAG_ROW, 1, "← Summary", Role.SOURCE, link=CellRef(workbook.sheets[0].name, 1, 1))
    if workbook.master is not None:
        yield PlannedCell(FLAG_ROW, 2, "All checks", Role.UNIT)
        yield PlannedCell(FLAG_ROW, 3, Link(workbook.master), Role.CHECK)
    yield PlannedCell(RELEASE_ROW, 1, "Release that XB_UPDATE reads", Role.LABEL)
    yield PlannedCell(RELEASE_ROW, VALUE, str(release.resolve()), Role.PARAMETER, NumberKind.TEXT)
    yield PlannedCell(DIGITS_ROW, 1, "Digits compared", Role.LABEL)
    yield PlannedCell(DIGITS_ROW, VALUE, DIGITS, Role.PARAMETER, NumberKind.COUNT)
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
        same = f"IFERROR(ROUND({model}-{own},$B${DIGITS_ROW})=0,{model}={own})"
        yield Patch(row, AGREEMENT, f'IFERROR(IF({same},"{AGREES}","{DIFFERS}"),"{SILENT}")', pair)
    shown = f"G{HEADING_ROW + 1}:G{HEADING_ROW + max(1, len(found))}"
    yield Patch(TALLY_ROW, VALUE, f'COUNTIF({shown},"{DIFFERS}")+COUNTIF({shown},"{SILENT}")', None)


def piece_text(piece: Piece) -> str:
    """An argument as a formula writes it."""
    if isinstance(piece, str):
        return '"' + piece.replace('"', '""') + '"'
    first, last = (piece.first, piece.last) if isinstance(piece, CellRange) else (piece, piece)
    corners = dict.fromkeys(address(cell.row, cell.column) for cell in (first, last))
    return "'" + first.sheet.replace("'", "''") + "'!" + ":".join(corners)


def configuration_sheet(master: CellRef | None) -> Sheet:
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
    if master is not None:  # beside the settings, which xlwings reads from the first two columns
        cells += [PlannedCell(1, 4, "All checks", Role.UNIT), PlannedCell(1, 5, Link(master), Role.CHECK)]
    return Sheet(CONFIGURATION, Tab.ABOUT, tuple(cells), {1: 24, 2: 80, 4: 12, 5: 10}, freeze=(2, 1))

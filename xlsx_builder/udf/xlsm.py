"""The same workbook as .xlsm: xlwings' own VBA project, byte for byte, and calls with their values stored."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from xlsx_builder.model.formula import address
from xlsx_builder.model.package import CONTENT_TYPES, MACRO_TYPE, PLAIN_TYPE, packed, parts
from xlsx_builder.model.patterns import regex
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.model.workbook import CellRange, CellRef, Workbook
from xlsx_builder.pipeline import Packaging
from xlsx_builder.udf.pairs import Piece
from xlsx_builder.udf.recompute import (
    AGREEMENT,
    AGREES,
    CONFIGURATION,
    DIFFERS,
    DIGITS,
    RECOMPUTED,
    SHEET,
    SILENT,
    Patch,
    extended,
    patches,
)
from xlsx_builder.udf.registry import call
from xlsx_builder.udf.values import Argument, UdfError, Value, WrongValueError

DONOR, PROJECT = "quickstart_standalone.xlsm", "xl/vbaProject.bin"
"""The workbook inside xlwings that carries its VBA, which names the DLL of just that version."""
BOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
PROJECT_TYPE = b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
PROJECT_LINK = (
    b'<Relationship Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin" '
    b'Id="rIdVba"/></Relationships>'
)
CALCULATION = regex(rb"<calcPr[^>]*/>")
TRUSTED = b'<calcPr calcId="191029"/>'
"""Calculated by a current Excel: it then trusts the stored values, where it would else miss the functions."""
MODULES = {"ThisWorkbook": BOOK, "Sheet1": SHEET, "Sheet2": CONFIGURATION}
"""The documents that the VBA project has a module for."""

Cells = Mapping[tuple[str, int, int], Value]


def vba_project() -> bytes:
    """The VBA project of the installed xlwings.

    Raises:
        ReleaseError: xlwings is not installed, or brings none.
    """
    found = find_spec("xlwings")  # importing it would cost a second
    if found is None or found.origin is None:
        raise ReleaseError('--xlsm needs xlwings, whose VBA the workbook carries: pip install "xlsx-builder[excel]".')
    donor = Path(found.origin).with_name(DONOR)
    try:
        return parts(donor.read_bytes(), donor.name)[PROJECT]
    except (OSError, KeyError) as error:
        raise ReleaseError(f"The installed xlwings brings no {DONOR}; install another version of it.") from error


def dressed(content: bytes, workbook: Workbook) -> bytes:
    """The finished .xlsx as .xlsm."""
    found = parts(content)
    sheets = {sheet.name: f"xl/worksheets/sheet{number}.xml" for number, sheet in enumerate(workbook.sheets, start=1)}
    found[sheets[SHEET]] = _patched(found[sheets[SHEET]], workbook, _stored(content))
    for module, name in MODULES.items():
        part, tag = (name, b"<workbookPr") if name == BOOK else (sheets[name], b"<sheetPr")
        found[part] = found[part].replace(tag, tag + f' codeName="{module}"'.encode(), 1)
    found[BOOK] = CALCULATION.sub(TRUSTED, found[BOOK])
    found[CONTENT_TYPES] = found[CONTENT_TYPES].replace(PLAIN_TYPE, MACRO_TYPE).replace(b"</Types>", PROJECT_TYPE)
    found[LINKS] = found[LINKS].replace(b"</Relationships>", PROJECT_LINK)
    return packed({**found, PROJECT: vba_project()})


XLSM = Packaging(".xlsm", vba_project, extended, dressed)
"""How `build` makes an .xlsm."""


def _stored(content: bytes) -> Cells:
    """The stored values of all cells."""
    from openpyxl import load_workbook  # noqa: PLC0415  (a fifth of a second to import)

    with warnings.catch_warnings(action="ignore"):
        book: Any = load_workbook(io.BytesIO(content), data_only=True, read_only=True)
    return {
        (sheet.title, cell.row, cell.column): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def _patched(sheet: bytes, workbook: Workbook, stored: Cells) -> bytes:
    """The sheet Recompute with its formulas, each with the value that it comes to."""
    answers: dict[int, Value] = {}
    verdicts: list[str] = []
    for patch in patches(workbook):
        if patch.column == RECOMPUTED:
            value = answers[patch.row] = _answer(patch, stored)
        elif patch.column == AGREEMENT and patch.pair is not None:
            native = patch.pair.native
            value = _verdict(stored.get((native.sheet, native.row, native.column)), answers[patch.row])
            verdicts.append(str(value))
        else:
            value = sum(verdict != AGREES for verdict in verdicts)
        sheet = _put(sheet, patch, value)
    return sheet


def _answer(patch: Patch, stored: Cells) -> Value:
    """What the function gives for the values that the cells have."""
    assert patch.pair is not None
    try:
        value = call(patch.pair.function, *(_argument(piece, stored) for piece in patch.pair.arguments))
    except UdfError as error:
        return WrongValueError.code if patch.pair.numeric else str(error)
    assert not isinstance(value, tuple)
    return value


def _argument(piece: Piece, stored: Cells) -> Argument:
    match piece:
        case CellRef(sheet, row, column):
            return stored.get((sheet, row, column))
        case CellRange(first, last):
            return tuple(
                tuple(stored.get((first.sheet, row, column)) for column in range(first.column, last.column + 1))
                for row in range(first.row, last.row + 1)
            )
    return piece


def _verdict(native: Value, answer: Value) -> str:
    """What the formula of the agreement says."""
    if answer == WrongValueError.code:
        return SILENT
    if isinstance(native, int | float) and isinstance(answer, int | float):
        return AGREES if round(native - answer, DIGITS) == 0 else DIFFERS
    return AGREES if (native or 0) == answer else DIFFERS


def _put(sheet: bytes, patch: Patch, value: Value) -> bytes:
    """The sheet with a formula and its value in a cell that is empty but for its style."""
    place = address(patch.row, patch.column)
    empty = re.compile(rf'<c r="{place}"( s="\d+")?(?: t="n")?\s*(?:/>|></c>)'.encode())
    kind = ""
    if isinstance(value, str):
        kind = ' t="e"' if value == WrongValueError.code else ' t="str"'
    body = f"<f>{escape(patch.formula)}</f><v>{escape(str(value))}</v>"
    filled, count = empty.subn(lambda found: _cell(place, found[1] or b"", kind, body), sheet, count=1)
    assert count == 1, f"{SHEET}!{place} is not empty"
    return filled


def _cell(place: str, style: bytes, kind: str, body: str) -> bytes:
    return f'<c r="{place}"'.encode() + style + f"{kind}>{body}</c>".encode()

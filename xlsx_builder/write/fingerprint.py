"""What an analyst would call the content of a workbook, as one digest: sheets, formulas and constants, no looks."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from xlsx_builder.model.package import MARK, PROPERTIES, opening, packed, parts
from xlsx_builder.model.patterns import regex
from xlsx_builder.model.problem import ReleaseError

Entry = tuple[int, int, str]
"""Row, column and normal form of a cell."""

LITERAL = regex(r'("(?:[^"]|"")*")')


def normal_form(value: object, *, formula: bool) -> str:
    """A cell's content as it stays when another program saves it; '' where the cell is empty.

    Formulas lose spaces, case and the quotes around sheet names; numbers keep twelve digits; text loses extra spaces.
    """
    if formula:
        text = str(getattr(value, "text", value)).removeprefix("=")
        pieces = LITERAL.split(text) if '"' in text else (text,)
        return "=" + "".join([p if p.startswith('"') else "".join(p.split()).replace("'", "").upper() for p in pieces])
    if isinstance(value, bool):
        return f"b{value:d}"
    if isinstance(value, int | float | Decimal):
        return f"n{value:.12g}" if isinstance(value, float) else f"n{float(value):.12g}"
    if isinstance(value, datetime | date | time | timedelta):
        from openpyxl.utils.datetime import to_excel  # noqa: PLC0415  (only workbooks that were read have dates)

        return f"n{float(to_excel(value)):.12g}"  # type: ignore[no-untyped-call]
    text = " ".join(str(value).split()) if value is not None else ""
    return f"t{text}" if text else ""


def digest(sheets: Iterable[tuple[str, Iterable[Entry]]]) -> str:
    """One digest of sheets with their entries, in order."""
    whole = hashlib.sha256()
    for name, entries in sheets:
        whole.update(f"\n[{name}]".encode())
        for row, column, form in sorted(entries):
            if form:
                whole.update(f"\n{row} {column} {form}".encode("utf-8", "surrogatepass"))
    return whole.hexdigest()


def recorded_and_present(content: bytes, name: str) -> tuple[str, str] | None:
    """The digest that a workbook was built with and the one of what it holds now; None where it is none of ours."""
    from openpyxl import load_workbook  # noqa: PLC0415

    try:
        parts(content, name)
        with opening(name):
            book = load_workbook(io.BytesIO(content), read_only=True)
            recorded = next((p.value for p in vars(book)["custom_doc_props"].props if p.name == MARK), None)
            return None if recorded is None else (str(recorded), digest(map(_entries, book)))
    except ReleaseError:
        return None


def _entries(sheet: Any) -> tuple[str, list[Entry]]:  # noqa: ANN401  (a sheet of cells or of a chart)
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()
    rows = sheet.iter_rows() if hasattr(sheet, "iter_rows") else ()
    cells = (cell for row in rows for cell in row if cell.value is not None)
    return sheet.title, [(c.row, c.column, normal_form(c.value, formula=c.data_type == "f")) for c in cells]


def remarked(content: bytes, name: str) -> bytes:
    """The workbook with the digest of what it holds now, after something was put to it."""
    found = recorded_and_present(content, name)
    if found is None:
        return content
    recorded, present = (digest.encode() for digest in found)
    changed = parts(content, name)
    return packed({**changed, PROPERTIES: changed[PROPERTIES].replace(recorded, present)})

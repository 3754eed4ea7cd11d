"""A table file as rows of text cells, nothing interpreted: CSV and TSV, or the first filled sheet of a workbook."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

from xlsx_builder.model.files import content_of
from xlsx_builder.model.limits import LIMITS, Limits, hold
from xlsx_builder.model.patterns import regex
from xlsx_builder.model.problem import ReleaseError
from xlsx_builder.read import PDF, ZIP
from xlsx_builder.read.delimiters import DELIMITERS
from xlsx_builder.read.encodings import decode

Rows = tuple[tuple[str, ...], ...]
SAMPLE = 200
"""Rows from which the delimiter is told."""
MOST_CELLS = 2_000_000
"""More is no table that anybody looks at, and would fill the memory."""
_PAGE = regex(r"\s*<(?:!doctype|html|table)\b", re.IGNORECASE)
csv.field_size_limit(10_000_000)


def read_cells(path: Path, limits: Limits = LIMITS) -> Rows:
    """The cells of a table file as text, row by row; blank lines are empty rows.

    Raises:
        ReleaseError: it cannot be read, or holds no table.
    """
    data = content_of(path, limits.bytes)
    try:
        rows = _rows(data, limits)
        hold("lines", len(rows), limits.lines)
        hold("columns", max(map(len, rows)), limits.columns)
    except ReleaseError as error:
        raise ReleaseError(f"{path}: {error}") from None
    if sum(map(len, rows)) > MOST_CELLS:
        raise ReleaseError(f"{path}: a table of more than {MOST_CELLS:,} cells is too large.")
    return rows


def _rows(data: bytes, limits: Limits) -> Rows:
    """The cells of a file's content, some of them filled."""
    if data.startswith(ZIP):
        from xlsx_builder.read.xlsx import sheet_cells  # noqa: PLC0415 (openpyxl is slow to load)

        rows = next((rows for rows in sheet_cells(data, limits) if any(any(row) for row in rows)), ())
    else:
        text = None if data.startswith(PDF) else decode(data)
        if text is None or _PAGE.match(text):
            raise ReleaseError("it is neither a text table nor an .xlsx workbook.")
        rows = _delimited(text)
    if not any(any(row) for row in rows):
        raise ReleaseError("there is no table in it.")
    return rows


def _delimited(text: str) -> Rows:
    if "\n" not in text:
        text = text.replace("\r", "\n")
    lines = text.split("\n")  # not splitlines: other line ends stand inside quoted cells
    lines = [f"{line}\n" for line in lines[:-1]] + [line for line in lines[-1:] if line]
    mark = max(DELIMITERS, key=lambda each: (_regular(lines[:SAMPLE], each), each == ","))
    try:
        return tuple(tuple(row) for row in csv.reader(lines, delimiter=mark))
    except csv.Error as error:
        raise ReleaseError(f"the table cannot be taken apart: {error}.") from error


def _regular(lines: list[str], delimiter: str) -> float:
    """The share of rows that a delimiter makes equally wide; 0 where it parts nothing."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
    except csv.Error:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return count / widths.total() if width > 1 else 0.0

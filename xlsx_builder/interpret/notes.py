"""Columns that refer to the notes of a report ('Note 12') hold no figures: they are taken out before all else."""

from __future__ import annotations

import re

from msgspec.structs import replace

from xlsx_builder.model.document import Document, Row, Table
from xlsx_builder.model.patterns import regex

HEADED = regex(r"^\(?(?:notes?|ref(?:erence)?s?\.?|footnotes?)(?:\s+(?:no\.?|number))?\)?$", re.IGNORECASE)
REFERENCE = regex(r"^\(?[A-Z]?\d{1,2}(?:\.\d{1,2})?(?:\([a-z]\))?\)?(?:\s*(?:,|&|and|-)\s*\d{1,2}(?:\.\d{1,2})?)*$")
"""'7', '12.1', '3, 8', 'B4'."""


def without_notes(document: Document) -> Document:
    """The document, its tables without columns of references to notes."""
    return replace(
        document, blocks=tuple(plain(block) if isinstance(block, Table) else block for block in document.blocks)
    )


def plain(table: Table) -> Table:
    """A table without the cells of its columns of references; the other columns keep their numbers."""
    headed = {
        cell.first
        for row in table.header
        for cell in row.cells
        if cell.first == cell.last and HEADED.match(cell.text.strip())
    }
    notes = {number for number in headed if all(map(REFERENCE.match, texts(table, number)))}
    if not notes:
        return table
    return replace(
        table,
        header=tuple(stripped(row, notes) for row in table.header),
        body=tuple(stripped(row, notes) for row in table.body),
    )


def texts(table: Table, number: int) -> tuple[str, ...]:
    """What stands in a column of a table."""
    return tuple(
        cell.text.strip()
        for row in table.body
        for cell in row.cells
        if cell.first == number == cell.last and not HEADED.match(cell.text.strip())
    )


def stripped(row: Row, notes: set[int]) -> Row:
    """A row without what stands in some columns alone."""
    return replace(row, cells=tuple(cell for cell in row.cells if cell.first != cell.last or cell.first not in notes))

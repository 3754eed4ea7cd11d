"""How many of the rows that a person has read in a release stand in one row of a table as read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from xlsx_builder.model.document import Block, Row, Table

NUMBER = re.compile(r"\d[\d,]*\.?\d*|\.\d+")
NOTHING = re.compile(r"[\s$%()\u2010-\u2015\u2212-]+")


def share_read(truth: dict[str, Any], blocks: Sequence[Block]) -> float:
    """Share of the truth's rows of which all figures stand in one row, in order, in columns of the right number."""
    rows = [(table.columns, row) for table in blocks if isinstance(table, Table) for row in table.body]
    wanted = [tuple(row["values"]) for statement in truth["statements"] for row in statement["rows"]]
    return sum(any(_holds(row, values, columns) for columns, row in rows) for values in wanted) / len(wanted)


def _holds(row: Row, values: tuple[float | None, ...], columns: int) -> bool:
    found = {cell.first: size for cell in row.cells if (size := _size(cell.text)) is not None}
    if columns == len(values):
        return all(value is None or found.get(place) == abs(value) for place, value in enumerate(values, 1))
    return [found[place] for place in sorted(found)] == [abs(value) for value in values if value is not None]


def _size(text: str) -> float | None:
    """The figure without its sign."""
    match = NUMBER.search(text)
    if match:
        return float(match[0].replace(",", ""))
    return 0.0 if NOTHING.fullmatch(text) else None

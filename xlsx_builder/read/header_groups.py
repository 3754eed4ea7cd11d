"""Headings over groups of columns, told by the headings below them, which come again in each group."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from xlsx_builder.model.document import Cell
from xlsx_builder.read.chunks import PERIOD
from xlsx_builder.read.figures import is_date

Contents = tuple[str, tuple[Cell, ...]]
"""Label and cells of a line."""


def over_groups(header: Sequence[Contents], columns: int) -> list[Contents]:
    """The lines of a header, periods over a part of each group made to stand over the whole of it.

    Args:
        header: Label and cells of each line, from top to bottom.
        columns: How many figure columns there are.
    """
    size = group_size(header, columns)
    return [(label, widened(cells, size, columns) if size else cells) for label, cells in header]


def group_size(header: Sequence[Contents], columns: int) -> int:
    """How many columns make a group: those whose lowest headings come again beside them; 0 where none do."""
    lowest = next((cells for _, cells in reversed(header) if cells), ())
    texts = [cell.text for cell in lowest]
    if [(cell.first, cell.last) for cell in lowest] != [(place, place) for place in range(1, columns + 1)]:
        return 0
    sizes = (size for size in range(2, columns // 2 + 1) if columns % size == 0)
    return next((size for size in sizes if texts[:size] * (columns // size) == texts), 0)


def widened(cells: tuple[Cell, ...], size: int, columns: int) -> tuple[Cell, ...]:
    """The cells of a line, each over its whole group, if they are periods and there is one over each group."""
    groups = range(0, columns, size)
    if len(cells) != len(groups) or not all(map(names_period, cells)):
        return cells
    if not all(cell.first <= first + size and first < cell.last for cell, first in zip(cells, groups, strict=True)):
        return cells
    return tuple(replace(cell, first=first + 1, last=first + size) for cell, first in zip(cells, groups, strict=True))


def names_period(cell: Cell) -> bool:
    """Whether a text over columns is a period, a date or a year."""
    return bool(PERIOD.search(cell.text)) or any(map(is_date, cell.text.split()))

"""Tables set side by side in one grid, assets beside liabilities, become rows one below the other."""

from __future__ import annotations

from collections import Counter
from statistics import median_low

from msgspec.structs import replace

from xlsx_builder.model.document import Rule
from xlsx_builder.model.patterns import regex
from xlsx_builder.read.flow import GridCell, GridRow
from xlsx_builder.read.grid_affixes import is_figure, is_header_figure

SURE = 3
"""Rows with words between their figures that two tables side by side have at least."""
WORD = regex(r"[^\W\d_]{3}")
"""What a label holds, and 'n/m' and footnote marks do not."""

Rows = tuple[GridRow, ...]


def unfolded(rows: Rows) -> Rows:
    """The rows, those of tables side by side as the rows of the left one and then of the right one."""
    labels = {place: cell for place, row in enumerate(rows) if (cell := _second_label(row))}
    starts = Counter(cell.start for cell in labels.values())
    if sum(starts.values()) < SURE or len({cell.text for cell in labels.values()}) * 2 <= len(labels):
        return rows
    cut = min(start for start, times in starts.items() if times * 2 >= max(starts.values()))
    first = min(labels)
    while first and _heads_both(rows[first - 1], cut):
        first -= 1
    both = rows[first:]
    if any(cell.start < cut < cell.end for row in both for cell in row.cells):
        return rows
    left, right = _half(both, 0, cut), _half(both, cut, float("inf"))
    if _widest(left) != _widest(right):
        return rows
    return (*rows[:first], *left, *_headed_once(left, _moved(right, left)))


def _second_label(row: GridRow) -> GridCell | None:
    """A text with figures before and behind it."""
    places = [place for place, cell in enumerate(row.cells) if is_figure(cell.text)]
    inside = row.cells[places[0] : places[-1]] if places else ()
    return next((cell for cell in inside if not is_figure(cell.text) and WORD.search(cell.text)), None)


def _heads_both(row: GridRow, cut: float) -> bool:
    """Whether a row stands over both tables, each with words of its own."""
    return any(cell.end <= cut for cell in row.cells) and any(cell.start >= cut for cell in row.cells)


def _half(rows: Rows, start: float, end: float) -> Rows:
    """The rows with their cells in an interval, those that have none left out."""
    made = []
    for row in rows:
        cells = tuple(cell for cell in row.cells if start <= cell.start and cell.end <= end)
        if cells:
            figures = any(is_figure(cell.text) for cell in cells)
            above, below = (row.rule_above, row.rule_below) if figures else (Rule.NONE, Rule.NONE)
            made.append(replace(row, cells=cells, rule_above=above, rule_below=below))
    return tuple(made)


def _figures(row: GridRow) -> list[GridCell]:
    return [cell for cell in row.cells if is_figure(cell.text) and not is_header_figure(cell.text)]


def _widest(rows: Rows) -> int:
    return max((len(_figures(row)) for row in rows), default=0)


def _moved(rows: Rows, beside: Rows) -> Rows:
    """The rows set to the left, so that their last figures stand under those beside them, and their labels too."""
    ends = [median_low([found[-1].core_end for row in half if (found := _figures(row))]) for half in (rows, beside)]
    by = ends[0] - ends[1]
    inmost = [min(row.cells[0].indent for row in half) for half in (rows, beside)]
    return tuple(
        replace(row, cells=tuple(_shifted(cell, by, inmost[0] - inmost[1]) for cell in row.cells)) for row in rows
    )


def _shifted(cell: GridCell, by: float, indent: int) -> GridCell:
    start, end = max(cell.start - by, 0), max(cell.end - by, 1)
    return replace(
        cell,
        start=start,
        end=end,
        core_start=max(cell.core_start - by, start),
        core_end=min(max(cell.core_end - by, 1), end),
        indent=max(cell.indent - indent, 0),
    )


def _headed_once(left: Rows, right: Rows) -> Rows:
    """The right rows without the column headings that the left ones have too."""
    start, end = (next(place for place, row in enumerate(half) if _figures(row)) for half in (right, left))
    said = {cell.text for row in left[:end] for cell in row.cells}
    kept = [replace(row, cells=tuple(cell for cell in row.cells if cell.text not in said)) for row in right[:start]]
    return (*(row for row in kept if row.cells), *right[start:])

"""A table of HTML as a grid: spans resolved, ruled rows made rules; or, where it is mere lay-out, its text."""

from __future__ import annotations

from msgspec.structs import replace

from xlsx_builder.model.document import Rule
from xlsx_builder.model.patterns import regex
from xlsx_builder.read.flow import Grid, GridCell, GridRow, Item, TextLine
from xlsx_builder.read.grid_affixes import is_figure
from xlsx_builder.read.grid_columns import looks_financial
from xlsx_builder.read.grid_split import prepared
from xlsx_builder.read.html_events import RawCell, RawTable
from xlsx_builder.read.html_text import SMALL, Line
from xlsx_builder.read.numbers import american, closed, prints_decimal_commas, prints_spaces

INDENT_COLUMN = 10
"""Points that an empty grid column left of a label counts for."""
RULER = regex(r"[-_\u2014\u2500\s]{3,}|[=\u2550\s]{3,}")
"""A cell that holds nothing but a ruled line."""
ONE_LINE = 80
"""Cells of lay-out that are no longer than this are put on one line with their neighbours."""

Placed = tuple[int, RawCell]
"""A cell and the grid column where it begins."""


def finish_table(table: RawTable) -> list[Line | Item]:
    """What a table is: a grid of figures, or the text and tables inside its cells."""
    if not any(isinstance(item, Grid) for row in table.rows for raw in row for item in raw.items):
        grid = grid_of(table)
        if looks_financial(grid):
            return [grid]
    return [item for row in table.rows for item in _layout(row)]


def _layout(row: list[RawCell]) -> list[Line | Item]:
    """The text of a row of lay-out: short cells side by side make one line, others follow each other."""
    filled = [raw.items for raw in row if raw.items]
    lines = [items[0] for items in filled if len(items) == 1 and isinstance(items[0], Line)]
    if len(lines) == len(filled) > 1 and all(len(line.text) <= ONE_LINE for line in lines[:-1]):
        joined = " ".join(line.text for line in lines)
        return [replace(lines[0], text=joined, bold=all(line.bold for line in lines))]
    return [item for items in filled for item in items]


def grid_of(table: RawTable) -> Grid:
    """The grid: empty rows and ruled rows become marks of the rows around them."""
    rows: list[GridRow] = []
    gap, above = False, Rule.NONE
    for placed in (part for row in _place(table) for part in _by_line(row)):
        filled = [(column, raw) for column, raw in placed if raw.items]
        largest = max((_size(raw) for _, raw in filled), default=0.0)
        cells = tuple(cell for column, raw in filled if (cell := _cell(column, raw, largest)))
        top, bottom = _rules(placed)
        if cells:
            rows.append(GridRow(cells, _heavier(above, top), bottom, gap))
            gap, above = False, Rule.NONE
        elif top is Rule.NONE and bottom is Rule.NONE:
            gap = gap or bool(placed)
        else:
            above = _heavier(top, bottom)
            if rows:
                rows[-1] = replace(rows[-1], rule_below=_heavier(rows[-1].rule_below, above))
    return Grid(prepared(tuple(_agreed(_with_points(rows)))))


def _with_points(rows: list[GridRow]) -> list[GridRow]:
    """The rows, figures of a table that has decimal commas or spaces in them with points and commas."""
    texts = [cell.text for row in rows for cell in row.cells if not cell.raised]
    rewritten = american if prints_decimal_commas(texts) else closed if prints_spaces(texts) else None
    if rewritten is None:
        return rows
    return [replace(row, cells=tuple(replace(cell, text=rewritten(cell.text)) for cell in row.cells)) for row in rows]


def _by_line(placed: list[Placed]) -> list[list[Placed]]:
    """A row for each line, where line breaks inside the cells set figures under one another beside their labels."""
    filled = [(column, raw) for column, raw in placed if raw.items]
    counts = {len(raw.items) for _, raw in filled}
    if len(counts) != 1 or counts == {1} or len(filled) < 2:
        return [placed]
    lines = [item for _, raw in filled[1:] for item in raw.items]
    if not all(isinstance(item, Line) and is_figure(item.text) for item in lines):
        return [placed]
    return [
        [(column, replace(raw, items=[raw.items[number]])) for column, raw in filled] for number in range(counts.pop())
    ]


def _agreed(rows: list[GridRow]) -> list[GridRow]:
    """A line under a row is the line over the next, and the other way round."""
    for upper, lower in zip(range(len(rows)), range(1, len(rows)), strict=False):
        between = _heavier(rows[upper].rule_below, rows[lower].rule_above)
        rows[upper] = replace(rows[upper], rule_below=between)
        rows[lower] = replace(rows[lower], rule_above=between)
    return rows


def _heavier(one: Rule, other: Rule) -> Rule:
    if one is other or other is Rule.NONE:
        return one
    return other if one is Rule.NONE else Rule.DOUBLE


def _place(table: RawTable) -> list[list[Placed]]:
    """Each row's cells with their grid columns; a cell of several rows keeps its place free in those below."""
    busy: dict[int, int] = {}
    placed: list[list[Placed]] = []
    for row in table.rows:
        column = 0
        line: list[Placed] = []
        taken = {place for place, rows in busy.items() if rows > 0}
        busy = {place: rows - 1 for place, rows in busy.items() if rows > 1}
        for raw in row:
            while column in taken:
                column += 1
            line.append((column, raw))
            if raw.rows > 1:
                busy |= dict.fromkeys(range(column, column + raw.columns), raw.rows - 1)
            column += raw.columns
        placed.append(line)
    return placed


def _size(raw: RawCell) -> float:
    return max((item.size for item in raw.items if isinstance(item, Line)), default=0.0)


def _cell(column: int, raw: RawCell, largest: float) -> GridCell | None:
    """One cell, of a row with letters that high; None where it is empty or holds a ruled line."""
    lines = [item for item in raw.items if isinstance(item, Line | TextLine)]
    text = " ".join(line.text for line in lines)
    if not text or _ruler(text):
        return None
    first = lines[0]
    indent = first.indent if isinstance(first, Line) else 0
    return GridCell(
        text,
        column,
        column + raw.columns,
        column,
        column + raw.columns,
        round(indent) + INDENT_COLUMN * column,
        bold=all(line.bold for line in lines),
        centred=first.centred,
        raised=_size(raw) <= SMALL * largest or all(isinstance(line, Line) and line.raised for line in lines),
    )


def _ruler(text: str) -> Rule | None:
    """What a text of nothing but strokes draws; a dash or two are a figure."""
    if not RULER.fullmatch(text):
        return None
    return Rule.DOUBLE if "=" in text or "\u2550" in text else Rule.SINGLE


def _rules(placed: list[Placed]) -> tuple[Rule, Rule]:
    """Lines over and under the figures of a row: those of the cells beyond the first."""
    above = below = Rule.NONE
    for column, raw in placed:
        if column or len(placed) == 1:
            above = _heavier(above, raw.rule_above)
            below = _heavier(below, raw.rule_below)
            if raw.items:
                text = "".join(item.text for item in raw.items if isinstance(item, Line))
                below = _heavier(below, _ruler(text) or Rule.NONE)
    return above, below

"""A grid of figures -> tables: labels, figure columns, header and body, one table for each layout of columns."""

from __future__ import annotations

from msgspec.structs import replace

from xlsx_builder.model.document import Cell, Paragraph, Row, Rule, Table
from xlsx_builder.read.flow import Grid, GridCell, GridRow
from xlsx_builder.read.grid_affixes import MARK, is_figure, is_header_figure
from xlsx_builder.read.grid_parts import (
    Columns,
    Numbered,
    Rows,
    columns_of,
    first_figures,
    has_figures,
    heads,
    parts_of,
    runs_over,
)

RULED_SHARE = 0.7
"""Where more rows than this are ruled the same way, the lines are a pattern and say nothing of totals."""


def row_text(row: GridRow) -> str:
    """A row as one source line."""
    return " | ".join(cell.text for cell in row.cells)


def tables_of(grid: Grid, first_line: int) -> tuple[Paragraph | Table, ...]:
    """The tables of a grid whose first row is on `first_line`; title rows become paragraphs above them."""
    rows = tuple(Numbered(first_line + place, row) for place, row in enumerate(grid.rows))
    return tuple(block for part in parts_of(rows) for block in _table(part))


def _table(rows: Rows) -> list[Paragraph | Table]:
    """One table with the paragraphs that its first rows are."""
    columns = columns_of(rows)
    if columns is None:
        return [_paragraph(numbered) for numbered in rows]
    start = first_figures(rows)
    titles = _titles_end(rows[:start], columns)
    head = _header_end(rows[titles:start], columns) + titles
    again = _headed_again(rows, columns)
    drawn = [_row(numbered, columns, heading=n < head or n in again) for n, numbered in enumerate(rows)]
    table = Table(
        line=rows[titles].line,
        caption=(),
        header=tuple(drawn[titles:head]),
        body=_plain(_unruled_top(drawn[titles:head], drawn[head:])),
        columns=len(columns.bands),
        page=rows[titles].row.page,
    )
    return [*(_paragraph(numbered) for numbered in rows[:titles]), table]


def _headed_again(rows: Rows, columns: Columns) -> set[int]:
    """Where titles stand in the body with column headings below them."""
    found: set[int] = set()
    below = False
    for place in range(len(rows) - 1, -1, -1):
        row = rows[place].row
        below = not has_figures(row) and (heads(row, columns) or (below and runs_over(row, columns)))
        if below:
            found.add(place)
    return found


def _titles_end(rows: Rows, columns: Columns) -> int:
    """How many of the rows above the first figures title the table: single texts above column headings."""
    single = next(
        (n for n, r in enumerate(rows) if len(r.row.cells) > 1 or r.row.cells[0].start >= columns.stub), len(rows)
    )
    over = [n for n in range(single) if runs_over(rows[n].row, columns)]
    if over and single < len(rows):
        return over[-1] + 1
    return max((n + 1 for n in over if rows[n].row.cells[0].centred), default=0)


def _unruled_top(header: list[Row], body: list[Row]) -> list[Row]:
    """The body without the line under the header, which says nothing of its first row."""
    return [replace(body[0], rule_above=Rule.NONE), *body[1:]] if header and body else body


def _header_end(rows: Rows, columns: Columns) -> int:
    """How many of the rows above the first figures head the columns; headings of the first lines do not."""
    over = [place for place, numbered in enumerate(rows) if heads(numbered.row, columns)]
    end = over[-1] + 1 if over else 0
    while end < len(rows) and rows[end].row.cells[0].text.startswith("("):
        end += 1
    return end


def _paragraph(numbered: Numbered) -> Paragraph:
    cells = numbered.row.cells
    return Paragraph(
        numbered.line,
        (" ".join(cell.text for cell in cells),),
        bold=all(cell.bold for cell in cells),
        centred=all(cell.centred for cell in cells),
    )


def _row(numbered: Numbered, columns: Columns, *, heading: bool) -> Row:
    """A row with its label and its cells in figure columns."""
    row = numbered.row
    stub = [cell for cell in row.cells if _is_label(cell, row, columns, heading=heading)]
    rest = [cell for cell in row.cells if cell not in stub]
    return Row(
        line=numbered.line,
        label=" ".join(cell.text for cell in stub),
        indent=stub[0].indent if stub else 0,
        cells=_cells(rest, columns),
        rule_above=row.rule_above,
        rule_below=row.rule_below,
        gap_above=row.gap_above,
        bold=all(cell.bold for cell in stub or rest),
    )


def _is_label(cell: GridCell, row: GridRow, columns: Columns, *, heading: bool) -> bool:
    """Whether a cell stands over the labels alone, or is a heading that runs over the columns."""
    if cell.start >= columns.stub:
        return cell.end <= columns.left and not heading
    if cell.end <= columns.left:
        return True
    return not heading and cell is row.cells[0]


def _cells(cells: list[GridCell], columns: Columns) -> tuple[Cell, ...]:
    """Cells over figure columns; each figure in one column of its own."""
    made: list[Cell] = []
    taken = 0
    for cell in cells:
        if _over_none(cell, cells, columns):
            continue
        first, last = _span(cell, columns)
        if is_figure(cell.text) and not (is_header_figure(cell.text) and first < last):
            beside = all(band.overlap(cell.core_start, cell.core_end) <= 0 for band in columns.bands)
            if MARK.fullmatch(cell.text) and beside:
                continue
            first = last = min(max(_column(cell, columns), taken + 1), len(columns.bands))
            taken = last
        made.append(Cell(cell.text, first, last))
    return tuple(made)


def _over_none(cell: GridCell, cells: list[GridCell], columns: Columns) -> bool:
    """Whether a heading stands over an empty column, and the nearest one has a heading of its own beside it."""
    if any(start < cell.end and cell.start < end for start, end in columns.filled):
        return False
    nearest = columns.bands[_column(cell, columns) - 1]
    return any(nearest.overlap(other.start, other.end) > 0 for other in cells if other is not cell)


def _column(cell: GridCell, columns: Columns) -> int:
    """The figure column that a figure stands in, from 1: the one it shares most with, else the nearest."""
    shared = [band.overlap(cell.core_start, cell.core_end) for band in columns.bands]
    best = max(shared)
    return len(shared) - shared[::-1].index(best)


def _span(cell: GridCell, columns: Columns) -> tuple[int, int]:
    """First and last figure column that a text stands over."""
    under = [place for place, band in enumerate(columns.bands, 1) if band.overlap(cell.start, cell.end) > 0]
    if not under:
        under = [_column(cell, columns)]
    return (0 if cell.start < columns.stub else under[0]), under[-1]


def _plain(rows: list[Row]) -> tuple[Row, ...]:
    """The body without lines that are drawn under nearly every row."""
    figures = [row for row in rows if row.cells]
    ruled = sum(row.rule_below is Rule.SINGLE for row in figures)
    if len(figures) < 4 or ruled <= RULED_SHARE * len(figures):
        return tuple(rows)
    single = {Rule.SINGLE: Rule.NONE}
    return tuple(
        replace(
            row,
            rule_above=single.get(row.rule_above, row.rule_above),
            rule_below=single.get(row.rule_below, row.rule_below),
        )
        for row in rows
    )

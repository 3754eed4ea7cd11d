"""A grid of figures -> tables: labels, figure columns, header and body, one table for each layout of columns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from xlsx_builder.model.document import Cell, Paragraph, Row, Rule, Table
from xlsx_builder.read.captions import may_be_title
from xlsx_builder.read.flow import Grid, GridCell, GridRow
from xlsx_builder.read.grid_affixes import MARK, is_figure, is_header_figure
from xlsx_builder.read.grid_columns import Band, bands_of

RULED_SHARE = 0.7
"""Where more rows than this are ruled the same way, the lines are a pattern and say nothing of totals."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A row and the number of its source line."""

    line: int
    row: GridRow


@dataclass(frozen=True, slots=True)
class Columns:
    """How rows of one layout divide: the labels' side and the figure columns."""

    bands: tuple[Band, ...]
    stub: float
    """Where the labels end."""
    measured: bool


def row_text(row: GridRow) -> str:
    """A row as one source line."""
    return " | ".join(cell.text for cell in row.cells)


def tables_of(grid: Grid, first_line: int) -> tuple[Paragraph | Table, ...]:
    """The tables of a grid whose first row is on `first_line`; title rows become captions."""
    rows = tuple(Numbered(first_line + place, row) for place, row in enumerate(grid.rows))
    made: list[Paragraph | Table] = []
    for part in _parts(rows):
        made += _table(part, measured=grid.measured)
    return tuple(made)


def _parts(rows: tuple[Numbered, ...]) -> list[tuple[Numbered, ...]]:
    """The rows divided where column headings come again over other columns, or under a title of their own."""
    bands = bands_of(tuple(numbered.row for numbered in rows))
    left = bands[0].start if bands else 0.0
    parts: list[tuple[Numbered, ...]] = []
    begin = 0
    cuts = _cuts(rows, left)
    for cut, end in pairwise([*cuts, len(rows)]):
        if _new(rows[begin:cut], rows[cut:end], left):
            parts.append(rows[begin:cut])
            begin = cut
    parts.append(rows[begin:])
    return [part for part in parts if part]


def _new(above: tuple[Numbered, ...], below: tuple[Numbered, ...], left: float) -> bool:
    """Whether a part with column headings is another table: a new title, or other headings over other columns."""
    other = _heading_texts(above, left) != _heading_texts(below, left)
    if _runs_over(below[0].row, left):
        return other or not _titles(below, left) <= _titles(above, left)
    return other and _differ(above, below)


def _titles(rows: tuple[Numbered, ...], left: float) -> set[str]:
    """The titles above the first figures."""
    start = next((place for place, numbered in enumerate(rows) if _has_figures(numbered.row)), 0)
    return {numbered.row.cells[0].text for numbered in rows[:start] if _runs_over(numbered.row, left)}


def _cuts(rows: tuple[Numbered, ...], left: float) -> list[int]:
    """Where, below figures, rows of titles and column headings begin with figures after them."""
    cuts: list[int] = []
    seen, candidate = False, -1
    for place, numbered in enumerate(rows):
        if _has_figures(numbered.row):
            if candidate >= 0 and any(_heads(rows[k].row, left) for k in range(candidate, place)):
                cuts.append(candidate)
            seen, candidate = True, -1
        elif seen and candidate < 0 and (_heads(numbered.row, left) or _runs_over(numbered.row, left)):
            candidate = place
    return cuts


def _has_figures(row: GridRow) -> bool:
    return any(is_figure(cell.text) and not is_header_figure(cell.text) for cell in row.cells)


def _heads(row: GridRow, left: float) -> bool:
    """Whether a row without figures has text over figure columns."""
    return any(cell.start >= left or (cell.centred and cell.end > left) for cell in row.cells)


def _runs_over(row: GridRow, left: float) -> bool:
    """Whether a row is one title that runs from the labels over figure columns."""
    cell = row.cells[0]
    return len(row.cells) == 1 and cell.start == 0 < left < cell.end and may_be_title(cell.text)


def _heading_texts(rows: tuple[Numbered, ...], left: float) -> list[str]:
    """The column headings above the first figures."""
    start = next((place for place, numbered in enumerate(rows) if _has_figures(numbered.row)), 0)
    return [cell.text for numbered in rows[:start] for cell in numbered.row.cells if cell.start >= left]


def _differ(above: tuple[Numbered, ...], below: tuple[Numbered, ...]) -> bool:
    """Whether two runs of rows have figures in different columns."""
    one, other = (bands_of(tuple(numbered.row for numbered in rows)) for rows in (above, below))
    if not one or not other:
        return False
    return len(one) != len(other) or any(a.overlap(b.start, b.end) <= 0 for a, b in zip(one, other, strict=True))


def _table(rows: tuple[Numbered, ...], *, measured: bool) -> list[Paragraph | Table]:
    """One table with the paragraphs that its first rows are."""
    bands = bands_of(tuple(numbered.row for numbered in rows))
    if not bands:
        return [_paragraph(numbered) for numbered in rows]
    columns = Columns(bands, _stub_end(rows, bands), measured)
    start = next(place for place, numbered in enumerate(rows) if _has_figures(numbered.row))
    titles = _titles_end(rows[:start], bands[0].start)
    head = _header_end(rows[titles:start], bands[0].start) + titles
    drawn = [_row(numbered, columns, heading=place < head) for place, numbered in enumerate(rows)]
    table = Table(
        line=rows[titles].line,
        caption=(),
        header=tuple(drawn[titles:head]),
        body=_plain(_unruled_top(drawn[titles:head], drawn[head:])),
        columns=len(bands),
        page=rows[titles].row.page,
    )
    return [*(_paragraph(numbered) for numbered in rows[:titles]), table]


def _titles_end(rows: tuple[Numbered, ...], left: float) -> int:
    """How many of the rows above the first figures title the table: single texts above column headings."""
    single = next((n for n, r in enumerate(rows) if len(r.row.cells) > 1 or r.row.cells[0].start > 0), len(rows))
    over = [n for n in range(single) if rows[n].row.cells[0].end > left]
    if not over:
        return 0
    if single < len(rows):
        return over[-1] + 1
    return max((n + 1 for n in over if rows[n].row.cells[0].centred), default=0)


def _unruled_top(header: list[Row], body: list[Row]) -> list[Row]:
    """The body without the line under the header, which says nothing of its first row."""
    return [replace(body[0], rule_above=Rule.NONE), *body[1:]] if header and body else body


def _header_end(rows: tuple[Numbered, ...], left: float) -> int:
    """How many of the rows above the first figures head the columns; headings of the first lines do not."""
    over = [place for place, numbered in enumerate(rows) if any(cell.end > left for cell in numbered.row.cells)]
    end = over[-1] + 1 if over else 0
    while end < len(rows) and rows[end].row.cells[0].text.startswith("("):
        end += 1
    return end


def _stub_end(rows: tuple[Numbered, ...], bands: tuple[Band, ...]) -> float:
    """Where labels beside figures end, most often."""
    ends = Counter(
        numbered.row.cells[0].end
        for numbered in rows
        if _has_figures(numbered.row) and numbered.row.cells[0].end <= bands[0].start
    )
    return ends.most_common(1)[0][0] if ends else bands[0].start


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
        return cell.end <= columns.bands[0].start and not heading
    if cell.end <= columns.bands[0].start:
        return True
    return not heading and cell is row.cells[0] and not (cell.centred and len(row.cells) == 1)


def _cells(cells: list[GridCell], columns: Columns) -> tuple[Cell, ...]:
    """Cells over figure columns; each figure in one column of its own."""
    made: list[Cell] = []
    taken = 0
    for cell in cells:
        first, last = _span(cell, columns)
        if is_figure(cell.text) and not (is_header_figure(cell.text) and first < last):
            beside = all(band.overlap(cell.core_start, cell.core_end) <= 0 for band in columns.bands)
            if MARK.fullmatch(cell.text) and beside:
                continue
            first = last = min(max(_column(cell, columns), taken + 1), len(columns.bands))
            taken = last
        made.append(Cell(cell.text, first, last))
    return tuple(made)


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

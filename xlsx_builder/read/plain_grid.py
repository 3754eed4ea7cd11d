"""Rows of fields without spans or positions, as in CSV and in a sheet, as grids and lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from xlsx_builder.read.flow import Grid, GridCell, GridRow, Item, TextLine
from xlsx_builder.read.grid_affixes import is_body_figure
from xlsx_builder.read.grid_columns import looks_financial
from xlsx_builder.read.grid_parts import has_figures
from xlsx_builder.read.grid_split import prepared
from xlsx_builder.read.regions import TIMELY, WORD


class Field(Struct, frozen=True):
    """One field of a row."""

    text: str
    bold: bool = False
    indent: int = 0


def items_of_rows(rows: Sequence[Sequence[Field]]) -> list[Item]:
    """Tables and the lines above and below them, in order."""
    items: list[Item] = []
    for number, part in enumerate(_parts(rows)):
        grid = _grid(part)
        if looks_financial(grid):
            wide = [place for place, row in enumerate(grid.rows) if len(row.cells) > 1]
            first = next((place for place in wide if not _titles(grid.rows[place:])), wide[0])
            last = wide[-1] + 1
            while last < len(grid.rows) and not grid.rows[last].gap_above:
                last += 1
            items += _lines(grid.rows[:first], number)
            items.append(Grid(_spread(grid.rows[first:last])))
            items += _lines(grid.rows[last:], number)
        else:
            items += _lines(grid.rows, number)
    return items


def _titles(rows: Sequence[GridRow]) -> bool:
    """Whether the first row is a title over several fields: words that tell no period, and more of it below."""
    cells = rows[0].cells
    alone = len(rows) > 1 and len(rows[1].cells) == 1 and not rows[1].cells[0].start
    words = [set(WORD.findall(cell.text.lower())) - TIMELY for cell in cells]
    return alone and not cells[0].start and all(words) and not any(map(str.isdigit, "".join(c.text for c in cells)))


def _parts(rows: Sequence[Sequence[Field]]) -> list[list[Sequence[Field]]]:
    """The rows divided at empty ones after which a title or the head of columns follows and figures go on."""
    parts: list[list[Sequence[Field]]] = [[]]
    figures = False
    for place, row in enumerate(rows):
        fresh = place > 0 and not _filled(rows[place - 1]) and _filled(row) and figures
        if fresh and not _has_figure(row) and _heads_follow(rows[place:]):
            parts.append([])
            figures = False
        figures = figures or _has_figure(row)
        parts[-1].append(row)
    return [part for part in parts if any(_filled(row) for row in part)]


def _heads_follow(rows: Sequence[Sequence[Field]]) -> bool:
    """Whether column headings stand before the next figures."""
    for row in rows:
        if _has_figure(row):
            return False
        if len(_filled(row)) > 1:
            return True
    return False


def _filled(row: Iterable[Field]) -> list[Field]:
    return [field for field in row if field.text.strip()]


def _has_figure(row: Sequence[Field]) -> bool:
    texts = [field.text.strip() for field in row[1:]]
    return any(is_body_figure(text) for text in texts)


def _grid(rows: Sequence[Sequence[Field]]) -> Grid:
    made: list[GridRow] = []
    gap = False
    for row in rows:
        cells = tuple(_cell(field, column) for column, field in enumerate(row) if field.text.strip())
        if cells:
            made.append(GridRow(cells, gap_above=gap))
        gap = not cells
    return Grid(prepared(tuple(made)))


def _cell(field: Field, column: int) -> GridCell:
    lead = len(field.text) - len(field.text.lstrip())
    text = " ".join(field.text.split())
    indent = field.indent + lead + 2 * column
    return GridCell(text, column, column + 1, column, column + 1, indent, field.bold)


def _spread(rows: tuple[GridRow, ...]) -> tuple[GridRow, ...]:
    """Headings above others stand over the empty fields right of them, as a merged cell would."""
    first = next((n for n, row in enumerate(rows) if has_figures(row)), len(rows))
    width = max(cell.end for row in rows for cell in row.cells)
    heads = [n for n in range(first) if len(rows[n].cells) > 1 or rows[n].cells[0].start > 0]
    spread = set(heads[:-1])
    return tuple(_widened(row, width) if n in spread else row for n, row in enumerate(rows))


def _widened(row: GridRow, width: float) -> GridRow:
    ends = [*(cell.start for cell in row.cells[1:]), width]
    return replace(
        row,
        cells=tuple(replace(cell, end=end) if cell.start else cell for cell, end in zip(row.cells, ends, strict=True)),
    )


def _lines(rows: Sequence[GridRow], block: int) -> list[Item]:
    """Rows that are no table as lines of text, each a paragraph of its own."""
    return [
        TextLine(" ".join(cell.text for cell in row.cells), block=(block << 20) + place, bold=row.cells[0].bold)
        for place, row in enumerate(rows)
    ]
